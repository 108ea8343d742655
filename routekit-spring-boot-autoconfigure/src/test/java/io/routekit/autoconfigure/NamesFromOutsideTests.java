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

package io.routekit.autoconfigure;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.OneLine;
import io.routekit.ProviderFacts;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import io.routekit.actuate.autoconfigure.RouteKitEndpointAutoConfiguration;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.observation.CallLedger;
import io.routekit.observation.DefaultModelObservationConvention;
import io.routekit.observation.ModelObservationContext;
import io.routekit.observation.ModelObservationConvention;
import io.routekit.observation.ModelTotals;
import io.routekit.observation.RateLimitMetrics;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.resilience.ResilienceMetrics;
import io.routekit.wire.RateLimit;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for names that callers and servers send in any number and of any length, in all
 * that adds calls up: the meters of RouteKit and of Spring Boot, the endpoint's sums,
 * spans and logs.
 */
@ExtendWith(OutputCaptureExtension.class)
class NamesFromOutsideTests {

	private static final int JUNK = 10_000;

	private static final String CONFIGURED = "my-own/model";

	private static final String CATALOGUED = "gpt-5-mini";

	private static final String SNAPSHOT = "gpt-5-mini-2031-01-01";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitCostAutoConfiguration.class,
				RouteKitObservationAutoConfiguration.class, RouteKitEndpointAutoConfiguration.class,
				ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class))
		.withPropertyValues("management.endpoints.jmx.exposure.include=routekit", "spring.jmx.enabled=true",
				"routekit.observations.tags=tenant", "routekit.models.own.type=fake",
				"routekit.models.own.model=" + CONFIGURED)
		.withBean("echo", Echo.class)
		.withBean(Spans.class);

	@ParameterizedTest
	@MethodSource("hostileNames")
	void hostileNameIsOtherInMetersAndInOneLineElsewhere(String name, CapturedOutput output) {
		this.runner.run((context) -> {
			for (Call call : Call.values()) {
				for (ChatRequest request : List.of(request(name, "a", "a"), request("a", name, "a"),
						request("a", "a", name))) {
					call.make(context, request);

					assertThat(context.getBean(Spans.class).values).contains(OneLine.ofName(name))
						.allSatisfy(NamesFromOutsideTests::isInOneLine);
				}
			}
			for (String key : List.of("gen_ai.request.model", "routekit.tag.tenant")) {
				assertThat(values(context, key)).contains("_OTHER").allSatisfy(NamesFromOutsideTests::isFit);
			}
			// A response has names of one line only
			assertThat(values(context, "gen_ai.response.model")).containsAnyOf("_OTHER", OneLine.ofName(name))
				.allSatisfy(NamesFromOutsideTests::isFit);
			assertThat(scrape(context)).isLessThan(50_000);
			assertThat(names(context)).contains("_OTHER").allSatisfy(NamesFromOutsideTests::isFit);
			assertThat(output.toString().lines().filter((line) -> line.contains("There is no price"))).hasSize(2)
				.allSatisfy(NamesFromOutsideTests::isInOneLine);
		});
	}

	static Stream<Named<String>> hostileNames() {
		return Stream.of(Named.of("2 MB", "x".repeat(2_000_000)), Named.of("300 characters", "y".repeat(300)),
				Named.of("line break", "a\nb"), Named.of("escape sequence", "a\u001B[31m"), Named.of("NUL", "a\u0000b"),
				Named.of("C1 control", "a\u009B31m"), Named.of("direction of writing", "a\u202Eb"),
				Named.of("half of a pair", "a\uD83Db"));
	}

	@ParameterizedTest
	@EnumSource
	void knownNamesAreKeptAfterJunkInAllPlaces(Call call) {
		this.runner.run((context) -> {
			for (int i = 0; i < JUNK; i++) {
				call.make(context, request("junk-" + i, "answer-" + i, "tenant-" + i));
			}
			assertThat(count(context)).isLessThan(20_000);

			call.make(context, request(CONFIGURED, SNAPSHOT, "tenant-0"));
			call.make(context, request(CATALOGUED, CONFIGURED, "tenant-0"));
			call.make(context, request("echo-1", CATALOGUED, "tenant-0"));

			assertThat(values(context, "gen_ai.request.model")).contains(CONFIGURED, CATALOGUED, "echo-1", "_OTHER");
			assertThat(values(context, "gen_ai.response.model")).contains(CONFIGURED, CATALOGUED, SNAPSHOT, "_OTHER");
			assertThat(context.getBean(CallLedger.class).totals()).extracting(ModelTotals::requestModel)
				.contains(CONFIGURED, CATALOGUED, "echo-1", "_OTHER");
			assertThat(context.getBean(CallLedger.class).totals()).extracting(ModelTotals::responseModel)
				.contains(CONFIGURED, CATALOGUED, SNAPSHOT, "_OTHER");
		});
	}

	@Test
	void productOfTagsIsBounded(CapturedOutput output) {
		this.runner.run((context) -> {
			for (int i = 0; i < JUNK; i++) {
				Call.values()[i % 2].make(context, request("r" + i % 97, "a" + i % 98, "t" + i % 95));
			}
			assertThat(count(context)).isLessThan(15_000);
			assertThat(scrape(context)).isLessThan(12_000_000);
			assertThat(context.getBean(CallLedger.class).totals()).hasSizeLessThanOrEqualTo(1001);
			assertThat(output).containsOnlyOnce("There are more than 1000 sets of tags");

			Call.CHAT.make(context, request(CONFIGURED, CATALOGUED, "t1"));

			assertThat(context.getBean(MeterRegistry.class)
				.get("gen_ai.client.operation.duration")
				.tag("gen_ai.request.model", CONFIGURED)
				.tag("gen_ai.response.model", CATALOGUED)
				.tag("routekit.tag.tenant", "_OTHER")
				.timer()
				.count()).isOne();
		});
	}

	@Test
	void productOfTagsIsBoundedByTheProperty(CapturedOutput output) {
		this.runner.withPropertyValues("routekit.observations.max-tag-sets=20").run((context) -> {
			for (int i = 0; i < JUNK; i++) {
				Call.CHAT.make(context, request("r" + i % 97, "a" + i % 98, "t" + i % 95));
			}

			assertThat(count(context)).isLessThan(400);
			assertThat(output).containsOnlyOnce("There are more than 20 sets of tags");
		});
	}

	@Test
	void numberOfTagSetsMustBePositive() {
		this.runner.withPropertyValues("routekit.observations.max-tag-sets=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'routekit.observations.max-tag-sets' must be positive but is 0"));
	}

	@Test
	void conventionOfTheApplicationIsBounded() {
		this.runner.withBean(ModelObservationConvention.class, OwnConvention::new)
			.run(NamesFromOutsideTests::junkIsBounded);
	}

	@Test
	void globalConventionIsBounded() {
		this.runner.withBean(GlobalOwnConvention.class).run(NamesFromOutsideTests::junkIsBounded);
	}

	@Test
	void keyValuesOfFiltersAreBounded() {
		this.runner.withBean(ObservationFilter.class, () -> (context) -> {
			if (context instanceof ModelObservationContext call) {
				call.addLowCardinalityKeyValue(KeyValue.of("own", call.getRequestModel() + "!"));
			}
			return context;
		}).run(NamesFromOutsideTests::junkIsBounded);
	}

	private static void junkIsBounded(ApplicationContext context) {
		for (int i = 0; i < 2000; i++) {
			Call.values()[i % 2].make(context, request("junk-" + i, "answer-" + i, "tenant-" + i));
		}
		Call.CHAT.make(context, request("x".repeat(2_000_000), "a\nb", "t"));
		assertThat(tagValues(context)).contains("_OTHER").allSatisfy(NamesFromOutsideTests::isFit);
		assertThat(values(context, "own")).hasSize(101);
		assertThat(count(context)).isLessThan(20_000);
	}

	@Test
	void metersOfRetriesFallbacksAndRateLimitsAreBounded() {
		this.runner.run((context) -> {
			ResilienceMetrics resilience = context.getBean(ResilienceMetrics.class);
			RateLimitMetrics rateLimits = context.getBean(RateLimitMetrics.class);
			ModelException failure = ModelException.builder(ModelException.Kind.SERVER, "Failed").build();
			Model model = context.getBean("own", Model.class);
			for (int i = 0; i < JUNK; i++) {
				resilience.onRetry("junk-" + i, model, failure);
				resilience.onFallback("junk-" + i, "other-" + i, failure);
				rateLimits.onRateLimits("junk-" + i, ProviderFacts.of("openai"),
						List.of(new RateLimit("requests", 10L, 5L, null)));
			}
			resilience.onRetry("x".repeat(2_000_000), model, failure);
			resilience.onFallback("own", "own", failure);
			rateLimits.onRateLimits("own", ProviderFacts.of("openai"),
					List.of(new RateLimit("requests", 10L, 7L, null)));

			assertThat(count(context)).isLessThan(1000);
			assertThat(tagValues(context)).contains("_OTHER").allSatisfy(NamesFromOutsideTests::isFit);
			assertThat(values(context, "routekit.fallback.model")).contains("own");
			assertThat(context.getBean(MeterRegistry.class)
				.get("routekit.ratelimit.remaining")
				.tag("routekit.model", "own")
				.gauge()
				.value()).isEqualTo(7);
		});
	}

	@Test
	void warningsOfMissingPricesAreBoundedButTellOfTheModelsOwnName(CapturedOutput output) {
		this.runner.run((context) -> {
			for (int i = 0; i < JUNK; i++) {
				Call.CHAT.make(context, request("junk-" + i, "junk-" + i, "t"));
			}
			Call.CHAT.make(context, request("echo-1", "echo-1", "t"));

			List<String> warnings = output.toString().lines().filter((line) -> line.contains("no price")).toList();
			assertThat(warnings).hasSize(101).last().asString().contains("'echo-1'");
		});
	}

	private static ChatRequest request(String model, String answer, String tenant) {
		return ChatRequest.builder()
			.messages(Message.user("Hi"))
			.options((options) -> options.model(model).extra("answer", answer))
			.tag("tenant", tenant)
			.build();
	}

	private static Collection<String> tagValues(ApplicationContext context) {
		return context.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.flatMap((meter) -> meter.getId().getTags().stream())
			.map(Tag::getValue)
			.distinct()
			.toList();
	}

	private static Collection<String> values(ApplicationContext context, String key) {
		return context.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.map(Meter::getId)
			.flatMap((id) -> Stream.ofNullable(id.getTag(key)))
			.distinct()
			.toList();
	}

	private static int count(ApplicationContext context) {
		return context.getBean(MeterRegistry.class).getMeters().size();
	}

	private static int scrape(ApplicationContext context) {
		return context.getBean(PrometheusMeterRegistry.class).scrape().getBytes(StandardCharsets.UTF_8).length;
	}

	private static List<String> names(ApplicationContext context) {
		return context.getBean(CallLedger.class)
			.totals()
			.stream()
			.flatMap((totals) -> Stream.of(totals.requestModel(), String.valueOf(totals.responseModel())))
			.toList();
	}

	private static void isFit(String value) {
		assertThat(value).hasSizeLessThanOrEqualTo(256);
		isInOneLine(value);
	}

	private static void isInOneLine(String value) {
		assertThat(value).hasSizeLessThan(500).isEqualTo(OneLine.of(value, 500));
	}

	enum Call {

		CHAT((model, request) -> model.chat(request).then()),

		STREAM((model, request) -> model.stream(request).then());

		private final BiFunction<Model, ChatRequest, Mono<Void>> call;

		Call(BiFunction<Model, ChatRequest, Mono<Void>> call) {
			this.call = call;
		}

		void make(ApplicationContext context, ChatRequest request) {
			this.call.apply(context.getBean("echo", Model.class), request).block(LIMIT);
		}

	}

	/**
	 * A model that answers by the name it is asked to have.
	 */
	static class Echo implements Model {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			return Mono.just(ModelResponse.builder()
				.provider("openai")
				.model(String.valueOf(request.options().extra().get("answer")))
				.usage(Usage.of(10, 5))
				.build());
		}

		@Override
		public Flux<StreamEvent> stream(ChatRequest request) {
			return chat(request)
				.flatMapMany((response) -> Flux.just(new StreamEvent.Text("Hi"), new StreamEvent.Completed(response)));
		}

		@Override
		public String name() {
			return "echo-1";
		}

		@Override
		public String provider() {
			return "openai";
		}

		@Override
		public URI endpoint() {
			return URI.create("https://llm.example.com/v1");
		}

	}

	/**
	 * Keeps what spans get of the last call.
	 */
	static class Spans implements ObservationHandler<ModelObservationContext> {

		private List<String> values = Collections.emptyList();

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ModelObservationContext;
		}

		@Override
		public void onStop(ModelObservationContext context) {
			List<String> values = new ArrayList<>(context.getAllKeyValues().stream().map(KeyValue::getValue).toList());
			values.add(String.valueOf(context.getContextualName()));
			this.values = values;
		}

	}

	static class OwnConvention extends DefaultModelObservationConvention {

		@Override
		public KeyValues getLowCardinalityKeyValues(ModelObservationContext context) {
			return super.getLowCardinalityKeyValues(context).and(KeyValues.of("own", context.getRequestModel(),
					"tenant", context.getRequest().tags().get("tenant")));
		}

		@Override
		public String getContextualName(ModelObservationContext context) {
			return "own " + context.getRequestModel();
		}

	}

	static class GlobalOwnConvention extends OwnConvention
			implements GlobalObservationConvention<ModelObservationContext> {

	}

}
