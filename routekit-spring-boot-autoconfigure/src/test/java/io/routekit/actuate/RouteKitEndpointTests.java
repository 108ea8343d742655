/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.routekit.actuate;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationRegistry;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.DescribedModel;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.Models;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import io.routekit.cost.CurrentPriceCatalogue;
import io.routekit.cost.PriceCatalogue;
import io.routekit.observation.BoundedTags;
import io.routekit.observation.CallLedger;
import io.routekit.observation.MeteringFilter;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RouteKitEndpoint}.
 */
class RouteKitEndpointTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2027-01-02T12:00:00Z"), ZoneOffset.UTC);

	private final Model model = new SecretModel();

	private final CallLedger ledger = new CallLedger();

	@Test
	void showsModelsWithoutSecrets() {
		RouteKitEndpoint endpoint = endpoint(this.model.filter(new OwnFilter()));

		assertThat(endpoint.routekit().models().get("model")).isEqualTo(new RouteKitEndpoint.ModelDescriptor("openai",
				"gpt", "https://a.example.com:8443/v1", List.of("RouteKitEndpointTests.OwnFilter"), null, null));
	}

	@Test
	void modelWithoutServerHasNoEndpoint() {
		RouteKitEndpoint endpoint = endpoint((request) -> Mono.empty());

		assertThat(endpoint.routekit().models().get("model").endpoint()).isNull();
	}

	@Test
	void modelCanBeSelected() {
		RouteKitEndpoint endpoint = endpoint(this.model);

		assertThat(endpoint.model("model")).isEqualTo(endpoint.routekit().models().get("model"));
		assertThat(endpoint.model("other")).isNull();
	}

	@Test
	void settingsAreReadable() {
		Map<String, Object> settings = new LinkedHashMap<>();
		settings.put("baseUrl", URI.create("https://user:secret@a.example.com/v1?key=secret"));
		settings.put("limit", Map.of("event", DataSize.ofMegabytes(16), "response", DataSize.ofKilobytes(3)));
		settings.put("toolArguments", DataSize.ofBytes(1025));
		settings.put("timeout", Duration.ofSeconds(90));
		settings.put("outcome", Kind.RATE_LIMIT);
		settings.put("list", List.of(1, true, "text", Kind.QUOTA));
		settings.put("nothing", null);

		assertThat(endpoint(described(settings, Collections.emptyMap())).model("model").settings())
			.isEqualTo(Map.of("baseUrl", "https://a.example.com/v1", "limit",
					Map.of("event", "16MB", "response", "3KB"), "toolArguments", "1025B", "timeout", "PT1M30S",
					"outcome", "rate-limit", "list", List.of(1, true, "text", "quota")));
	}

	@Test
	void catalogueHasItsAge() {
		CatalogueSection.CatalogueDescriptor catalogue = catalogue(PriceCatalogue.bundled());

		assertThat(catalogue.version()).isEqualTo(PriceCatalogue.bundled().version());
		assertThat(catalogue.date()).isEqualTo(PriceCatalogue.bundled().date());
		assertThat(catalogue.date().plusDays(catalogue.ageInDays())).isEqualTo("2027-01-02");
		assertThat(catalogue.models()).isEqualTo(PriceCatalogue.bundled().size());
	}

	@Test
	void catalogueWithoutVersionHasNoAge() {
		PriceCatalogue catalogue = PriceCatalogue.of(Collections.emptyList());

		assertThat(catalogue(catalogue)).isEqualTo(new CatalogueSection.CatalogueDescriptor(null, null, null, 0,
				Collections.emptyList(), null, Collections.emptyMap()));
	}

	@Test
	void showsNoCallsIfTheyAreNotObserved() {
		MeteringFilter metering = new MeteringFilter(ObservationRegistry.NOOP, null);
		RouteKitEndpoint endpoint = endpoint(this.model, new CallsSection(this.ledger, metering),
				new MetersSection(new BoundedTags(), metering));

		assertThat(endpoint.routekit().sections()).isEmpty();
	}

	@Test
	void tellsHowManySetsOfTagsThereAre() {
		BoundedTags tags = new BoundedTags(2, (name) -> false, (name) -> null);
		RouteKitEndpoint endpoint = endpoint(this.model, new MetersSection(tags, metering()));

		for (String tenant : List.of("a", "b", "c")) {
			tags.bound(KeyValues.of("routekit.tag.tenant", tenant));
		}

		assertThat(endpoint.routekit().sections())
			.isEqualTo(Map.of("meters", new MetersSection.MetersDescriptor(2, 2)));
	}

	@Test
	void showsWhatCallsTookAndTheLastErrorWithoutItsMessage() {
		Usage usage = Usage.builder()
			.promptTokens(7L)
			.completionTokens(3L)
			.cachedTokens(2L)
			.cost(new Cost(new BigDecimal("0.0010"), Cost.USD, Cost.Source.CATALOGUE))
			.build();
		observed((request) -> Mono.just(ModelResponse.builder().model("m").usage(usage).build())).chat("Hi")
			.block(TIMEOUT);
		observed((request) -> Mono
			.error(ModelException.builder(Kind.RATE_LIMIT, "the secret prompt").status(429).requestId("req-1").build()))
			.chat("Hi")
			.onErrorComplete()
			.block(TIMEOUT);

		CallsDescriptor calls = calls();

		assertThat(calls.since()).isEqualTo(this.ledger.since());
		Instant time = calls.lastErrors().get("custom").time();
		assertThat(JsonMapper.builder().build().writeValueAsString(calls)).isEqualTo("""
				{"since":"%s","models":[\
				{"provider":"custom","requestModel":"unknown","responseModel":null,\
				"calls":{"success":0,"error":1,"cancelled":0},"tokens":{},"costs":[],"unpriced":0},\
				{"provider":"custom","requestModel":"unknown","responseModel":"m",\
				"calls":{"success":1,"error":0,"cancelled":0},"tokens":{"input":5,"cache_read":2,"output":3},\
				"costs":[{"amount":"0.001","currency":"USD","source":"catalogue"}],"unpriced":0}],\
				"lastErrors":{"custom":{"time":"%s","requestModel":"unknown","kind":"RATE_LIMIT","status":429,\
				"requestId":"req-1","retryable":true}}}""".formatted(calls.since(), time));
	}

	@Test
	void exceptionThatSaysNoKindIsOther() {
		observed((request) -> Mono.error(new IllegalStateException("secret"))).chat("Hi")
			.onErrorComplete()
			.block(TIMEOUT);

		assertThat(calls().lastErrors().get("custom").kind()).isEqualTo("OTHER");
	}

	@Test
	void worksInNativeImages() {
		RuntimeHints hints = new RuntimeHints();

		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, RouteKitEndpoint.class,
				CatalogueSection.class, CallsSection.class, MetersSection.class);

		assertThat(hints)
			.matches(RuntimeHintsPredicates.reflection().onMethodInvocation(RouteKitEndpoint.class, "routekit"))
			.matches(RuntimeHintsPredicates.reflection().onMethodInvocation(RouteKitEndpoint.class, "model"))
			.matches(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(RouteKitEndpoint.ModelDescriptor.class, "settings"))
			.matches(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(CatalogueSection.CatalogueDescriptor.class, "ageInDays"))
			.matches(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(MetersSection.MetersDescriptor.class, "tagSets"))
			.matches(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(CallsDescriptor.CostDescriptor.class, "amount"))
			.matches(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(CallsDescriptor.ErrorDescriptor.class, "kind"));
	}

	@Test
	void sectionsStandBesideTheModelsAndTakeNoPlaceIfThereIsNothing() {
		RouteKitEndpoint endpoint = endpoint(this.model, section("second", 2), section("nothing", null),
				section("first", "1"));

		JsonNode json = JsonMapper.shared().valueToTree(endpoint.routekit());

		assertThat(json.propertyNames()).containsExactly("models", "second", "first");
		assertThat(json.get("second").asInt()).isEqualTo(2);
	}

	@Test
	void sectionHasANameOfItsOwn() {
		assertThatIllegalArgumentException().isThrownBy(() -> endpoint(this.model, section("a", 1), section("a", 2)));
		assertThatIllegalArgumentException().isThrownBy(() -> endpoint(this.model, section("models", 1)));
	}

	@Test
	void showsTheStateOfAModelIfThereIsAny() {
		assertThat(endpoint(described(Collections.emptyMap(), Map.of("circuitBreaker", "OPEN"))).model("model").state())
			.isEqualTo(Map.of("circuitBreaker", "OPEN"));
		assertThat(endpoint(described(Collections.emptyMap(), Collections.emptyMap())).model("model").state()).isNull();
	}

	private static RouteKitEndpoint endpoint(Model model, EndpointSection... sections) {
		return new RouteKitEndpoint(Models.of(Map.of("model", model)), List.of(sections), new SecretRedactor());
	}

	private static CatalogueSection.CatalogueDescriptor catalogue(PriceCatalogue catalogue) {
		return new CatalogueSection(
				new CurrentPriceCatalogue(() -> catalogue, null, PriceCatalogue.of(Collections.emptyList())),
				Models.of(Collections.emptyMap()), CLOCK)
			.describe();
	}

	private CallsDescriptor calls() {
		return new CallsSection(this.ledger, metering()).describe();
	}

	private MeteringFilter metering() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(this.ledger);
		return new MeteringFilter(observations, null);
	}

	private static EndpointSection section(String name, Object description) {
		return new EndpointSection() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public Object describe() {
				return description;
			}

		};
	}

	private static DescribedModel described(Map<String, Object> settings, Map<String, Object> state) {
		return new DescribedModel() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return Mono.empty();
			}

			@Override
			public Map<String, Object> settings() {
				return settings;
			}

			@Override
			public Map<String, Object> state() {
				return state;
			}

		};
	}

	private Model observed(Model model) {
		return model.filter(metering());
	}

	static class OwnFilter implements ModelFilter {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request, Model next) {
			return next.chat(request);
		}

		@Override
		public Flux<StreamEvent> stream(ChatRequest request, Model next) {
			return next.stream(request);
		}

	}

	static class SecretModel implements Model {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			return Mono.empty();
		}

		@Override
		public String name() {
			return "gpt";
		}

		@Override
		public String provider() {
			return "openai";
		}

		@Override
		public URI endpoint() {
			return URI.create("https://user:secret@a.example.com:8443/v1?key=secret#secret");
		}

	}

}
