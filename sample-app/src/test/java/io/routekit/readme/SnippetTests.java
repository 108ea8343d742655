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

package io.routekit.readme;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.routekit.CallListener;
import io.routekit.CallStart;
import io.routekit.ChatRequest;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.ModelSettingsCustomizer;
import io.routekit.Outcome;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.Usage;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.observation.ContentRedactor;
import io.routekit.observation.DefaultModelObservationConvention;
import io.routekit.observation.ModelObservationContext;
import io.routekit.observation.ModelObservationConvention;
import io.routekit.observation.autoconfigure.ObservationProperties;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.test.server.ModelServer;
import io.routekit.trace.RecordingMatcher;
import io.routekit.trace.RequestedCall;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;

import static io.routekit.test.RouteKitAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the snippets of the README and the documentation that need no application of their
 * own.
 */
class SnippetTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class));

	@Test
	void theFakeModelIsScripted() {
		// @formatter:off
		FakeModel model = FakeModel.builder()
			.when((request) -> request.messages().size() > 10)
			.respondWith("We have talked a lot.")
			.respondWith(FakeResponse.toolCall("get_weather", "{\"city\":\"Oslo\"}"))
			.respondWith(FakeResponse.text("It is 4 °C").thenFail(ModelException.of(Kind.NETWORK, "Connection reset")))
			.build();
		// @formatter:on
		assertThat(model.chat("Weather?").block(LIMIT).toolCalls()).hasSize(1);
		StepVerifier.create(model.stream("Weather?").transform(StreamEvent::text).reduce("", String::concat))
			.expectErrorMessage("Connection reset")
			.verify(LIMIT);
	}

	@Test
	void anAnswerIsAValue() {
		FakeModel model = FakeModel.of("{\"product\":\"Bicycle\",\"price\":99,\"extras\":[\"bell\"]}",
				"{\"value\":[]}");
		ChatRequest request = ChatRequest.of("Offer me something");
		// @formatter:off
		Mono<Offer> offer = model.chat("Offer me a bicycle", Offer.class);
		Mono<List<Offer>> offers = model.chat(request, new ParameterizedTypeReference<>() {
		});
		// @formatter:on
		assertThat(offer.block(LIMIT)).isEqualTo(new Offer("Bicycle", new BigDecimal(99), List.of("bell")));
		assertThat(offers.block(LIMIT)).isEmpty();
	}

	@Test
	void theFakeAnswersItsScriptToTheEnd() {
		// @formatter:off
		FakeModel weather = FakeModel.builder()
			.when((request) -> request.messages().get(0).text().contains("weather"))
			.respondWith(FakeResponse.toolCall("get_weather", "{\"city\":\"Oslo\"}"))
			.respondWith(FakeResponse.reasoning("The user greets me.")
				.thenText("Good morning!")
				.withUsage(Usage.of(12, 7))
				.withDelay(Duration.ofSeconds(2)))
			.respondWith(FakeResponse.failure(
					FakeResponse.failureOf(Kind.RATE_LIMIT, "Slow down").retryAfter(Duration.ofSeconds(3)).build()))
			.respondWith(FakeResponse.text("Cut in the middle of it").cutAfter(3))
			.respondWith((request) -> FakeResponse.text("You said: " + request.messages().get(0).text()))
			.build();
		// @formatter:on
		assertThat(weather.chat("How is the weather?").block(LIMIT).toolCalls()).hasSize(1);
		StepVerifier.withVirtualTime(() -> weather.chat("Hi").map(ModelResponse::reasoning))
			.thenAwait(Duration.ofSeconds(2))
			.expectNext("The user greets me.")
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(weather.chat("Hi")).expectErrorMessage("Slow down").verify(LIMIT);
		StepVerifier.create(weather.stream("Hi").transform(StreamEvent::text))
			.expectNext("Cut", " in", " the")
			.expectError(ModelException.class)
			.verify(LIMIT);
		assertThat(weather.chat("Hi").block(LIMIT).content()).isEqualTo("You said: Hi");
		assertThat(weather.chat("Ho").block(LIMIT).content()).isEqualTo("You said: Ho");
	}

	@Test
	void theRequestIsAsserted() {
		FakeModel model = FakeModel.of("A short summary.");
		new Summarizer(model).summarize("A long text").block(LIMIT);
		// @formatter:off
		assertThat(model).hasReceived(1)
			.lastRequest()
			.hasSystemText("Summarize in one sentence.")
			.hasUserTextContaining("long text")
			.hasTools()
			.hasOptionsSatisfying((options) -> assertThat(options.temperature()).isNull());
		assertThat(model).hasNoUnusedResponses();
		// @formatter:on
	}

	@Test
	void theOptionsAndTheEventsAreAsTold() {
		FakeModel model = FakeModel.builder()
			.respondWith(FakeResponse.text("A cat.").thenToolCall("feed", "{}"))
			.build();
		Pictures pictures = new Pictures(model);
		pictures.look(new byte[] { 1 }, "{\"type\":\"object\"}");
		assertThat(pictures.seen).contains("A", " cat.", "feed").last().isEqualTo("accounted");
		assertThat(model.lastRequest().options().extra()).containsEntry("verbosity", "low");
	}

	@Test
	void theFilterSurroundsTheCalls() {
		this.context.withUserConfiguration(Filters.class)
			.withPropertyValues("routekit.provider.type=fake")
			.run((context) -> {
				List<Message> german = List.of(Message.system("Answer in German."), Message.user("Hi"));
				context.getBean("model", Model.class).chat("Hi").block(LIMIT);
				assertThat(context.getBean(FakeModel.class).lastRequest().messages()).isEqualTo(german);
				context.getBean("model", Model.class).stream("Hi").blockLast(LIMIT);
				assertThat(context.getBean(FakeModel.class).lastRequest().messages()).isEqualTo(german);
			});
	}

	@Test
	void theFilterKnowsWhichModelItSurrounds() {
		this.context.withUserConfiguration(GermanSupport.class)
			.withPropertyValues("routekit.provider.type=fake", "routekit.models.support.model=fake-2")
			.run((context) -> {
				for (String name : List.of("support", "model")) {
					Model model = context.getBean(name, Model.class);
					model.chat("Hi").block(LIMIT);
					assertThat(model.unwrap(FakeModel.class).lastRequest().messages())
						.hasSize(name.equals("support") ? 2 : 1);
				}
			});
	}

	@Test
	void theListenersFollowCallsAndAttempts() {
		this.context.withUserConfiguration(Stopwatches.class)
			.withPropertyValues("routekit.provider.type=fake")
			.run((context) -> {
				context.getBean("model", Model.class).chat("Hi").block(LIMIT);
				context.getBean("model", Model.class).stream("Hi").blockLast(LIMIT);
				assertThat(context.getBean(Stopwatches.class).lines).containsExactly("attempt", "model SUCCESS",
						"attempt", "model SUCCESS");
			});
	}

	@Test
	void theResponseIsChanged() {
		this.context.withUserConfiguration(LoudResponses.class)
			.withPropertyValues("routekit.provider.type=fake")
			.run((context) -> {
				Model model = context.getBean("model", Model.class);
				assertThat(model.chat("Hi").block(LIMIT).metadata()).containsEntry("loud", true);
				assertThat(model.stream("Hi").blockLast(LIMIT)).isInstanceOfSatisfying(StreamEvent.Completed.class,
						(completed) -> assertThat(completed.response().metadata()).containsEntry("loud", true));
			});
	}

	@Test
	void theRequestAndTheFilterHaveTags() {
		this.context.withUserConfiguration(Tenants.class)
			.withPropertyValues("routekit.provider.type=fake")
			.run((context) -> {
				Model model = context.getBean("model", Model.class);
				model.chat(Tenants.tagged()).contextWrite((view) -> view.put("tenant", "umbrella")).block(LIMIT);
				assertThat(context.getBean(FakeModel.class).lastRequest().tags())
					.isEqualTo(Map.of("feature", "search", "tenant", "umbrella"));
				model.stream("Hi").blockLast(LIMIT);
				assertThat(context.getBean(FakeModel.class).lastRequest().tags()).isEqualTo(Map.of("tenant", "nobody"));
			});
	}

	@Test
	void theConventionOfOnesOwnHasTheTags() {
		this.context
			.withConfiguration(AutoConfigurations.of(RouteKitObservationAutoConfiguration.class,
					ObservationAutoConfiguration.class))
			.withUserConfiguration(Conventions.class)
			.withBean(ContextHandler.class)
			.withPropertyValues("routekit.provider.type=fake", "routekit.observations.tags=feature")
			.run((context) -> {
				context.getBean("model", Model.class).chat(Tenants.tagged()).block(LIMIT);
				assertThat(context.getBean(ContextHandler.class).stopped.getContextualName()).startsWith("ask ");
				assertThat(context.getBean(ContextHandler.class).stopped.getLowCardinalityKeyValues())
					.contains(KeyValue.of("routekit.tag.feature", "search"));
			});
	}

	@Test
	void theMatcherIgnoresTheUser() {
		RecordingMatcher matcher = new Matchers().ignoringTheUser();
		ChatRequest request = ChatRequest.of("Hi");
		ChatRequest ofUser = request.mutate().options((options) -> options.user("jane")).build();
		assertThat(matcher.difference(call(request), call(ofUser))).isNull();
		assertThat(matcher.difference(call(request), call(ChatRequest.of("Ho")))).isNotNull();
	}

	private static RequestedCall call(ChatRequest request) {
		return new RequestedCall("openai", "gpt-5-mini", false, request);
	}

	@Test
	void theRedactorTakesOutNumbersOfCards() {
		assertThat(new Redactors().cardNumbers().redact("Card 4111111111111111, order 42"))
			.isEqualTo("Card [card], order 42");
	}

	@Test
	void theModelOfOnesOwnAnswers() {
		this.context.withUserConfiguration(Models.class)
			.run((context) -> assertThat(context.getBean(Model.class).chat("Hi").block(LIMIT).content())
				.isEqualTo("You said: Hi"));
	}

	@Test
	void theProviderTellsItsSecrets() {
		assertThat(new AcmeProvider().secrets().contains("acme.client-secret")).isTrue();
		assertThat(new AcmeProvider().secrets().isKey("acme.access-token")).isTrue();
		assertThat(new AcmeProvider().secrets().contains("acme.region")).isFalse();
	}

	@Test
	void theProviderOfOnesOwnIsConfigured() {
		this.context.withBean(EchoProvider.class)
			.withPropertyValues("routekit.provider.type=echo", "routekit.provider.model=parrot")
			.run((context) -> assertThat(context.getBean(Model.class).chat("Hi").block(LIMIT).content())
				.isEqualTo("parrot: Hi"));
	}

	@Test
	void aProviderOfOnesOwnHandsOnToAnother() {
		try (ModelServer server = ModelServer.start()) {
			server.model().respondWith("From afar");
			this.context.withBean(GatewayProvider.class)
				.withPropertyValues("routekit.provider.type=gateway", "routekit.provider.base-url=" + server.url())
				.run((context) -> assertThat(context.getBean(Model.class).chat("Hi").block(LIMIT).content())
					.isEqualTo("From afar"));
			assertThat(server.lastRequest().headers().getFirst("X-Team")).isEqualTo("search");
		}
	}

	@Test
	void settingsAreCustomized() {
		try (ModelServer server = ModelServer.start()) {
			this.context.withUserConfiguration(CustomizerConfiguration.class)
				.withPropertyValues("routekit.provider.type=openai", "routekit.provider.base-url=" + server.url())
				.run((context) -> context.getBean(Model.class).chat("Hi").block(LIMIT));
			assertThat(server.lastRequest().headers().getFirst("X-Model")).isEqualTo("model");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizerConfiguration {

		@Bean
		ModelSettingsCustomizer modelHeader() {
			return (name, settings) -> settings.header("X-Model", name);
		}

	}

	private static final class Pictures {

		private final Model model;

		private final List<String> seen = new ArrayList<>();

		Pictures(Model model) {
			this.model = model;
		}

		void look(byte[] png, String schema) {
			// @formatter:off
			ChatRequest request = ChatRequest.builder()
				.messages(Message.user(new TextPart("What is on this picture?"), ImagePart.ofBytes(png, "image/png")))
				.options((options) -> options.maxTokens(200)
					.reasoning(Reasoning.effort("low"))
					.responseFormat(ResponseFormat.jsonSchema("picture", schema))
					.extra("verbosity", "low"))
				.build();
			// @formatter:on
			this.model.stream(request).subscribe((event) -> {
				if (event instanceof StreamEvent.Text text) {
					show(text.text());
				}
				else if (event instanceof StreamEvent.ToolCallComplete call) {
					execute(call.toolCall());
				}
				else if (event instanceof StreamEvent.Completed completed) {
					account(completed.response().usage());
				}
			});
		}

		private void show(String text) {
			this.seen.add(text);
		}

		private void execute(ToolCall toolCall) {
			this.seen.add(toolCall.name());
		}

		private void account(Usage usage) {
			this.seen.add((usage != null) ? "accounted" : "unknown");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Filters {

		@Bean
		ModelFilter german() {
			return ModelFilter
				.ofRequest((request) -> request.mutate().firstMessages(Message.system("Answer in German.")).build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GermanSupport {

		@Bean
		ModelFilter german() {
			return ModelFilter.ofRequest((request, context) -> ModelCall.from(context).name().equals("support")
					? request.mutate().firstMessages(Message.system("Answer in German.")).build() : request);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Stopwatches {

		private final List<String> lines = new ArrayList<>();

		@Bean
		ModelFilter stopwatch() {
			return ModelFilter.ofListener((start) -> {
				long begin = System.nanoTime();
				return (end) -> log(start.call().name(), end.outcome(), Duration.ofNanos(System.nanoTime() - begin));
			});
		}

		@Bean
		ModelFilter eachAttempt() {
			return ModelFilter.ofListener(this::attempt).withOrder(ModelFilter.RETRY_ORDER + 1);
		}

		private CallListener attempt(CallStart start) {
			this.lines.add("attempt");
			return (end) -> {
			};
		}

		private void log(String model, Outcome outcome, Duration duration) {
			assertThat(duration).isPositive();
			this.lines.add(model + " " + outcome);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LoudResponses {

		@Bean
		ModelFilter loud() {
			return ModelFilter.ofResponse((response) -> response.mutate().metadata("loud", true).build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Models {

		@Bean
		Model echo() {
			return (request) -> Mono.just(ModelResponse.of("You said: " + request.messages().get(0).text()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Tenants {

		static ChatRequest tagged() {
			// @formatter:off
			ChatRequest request = ChatRequest.builder()
				.messages(Message.user("Which invoices are due?"))
				.tag("feature", "search")
				.tag("tenant", "acme")
				.build();
			// @formatter:on
			return request;
		}

		@Bean
		ModelFilter tenant() {
			return ModelFilter.ofRequest((request,
					context) -> request.mutate().tag("tenant", context.getOrDefault("tenant", "nobody")).build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Conventions {

		@Bean
		ModelObservationConvention convention(ObservationProperties properties) {
			return new DefaultModelObservationConvention(properties.getTags()) {

				@Override
				public String getContextualName(ModelObservationContext context) {
					return "ask " + context.getRequestModel();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Matchers {

		@Bean
		RecordingMatcher ignoringTheUser() {
			return (recorded, actual) -> RecordingMatcher.byContent()
				.difference(withoutUser(recorded), withoutUser(actual));
		}

		private RequestedCall withoutUser(RequestedCall call) {
			ChatRequest request = call.request().mutate().options((options) -> options.user(null)).build();
			return new RequestedCall(call.provider(), call.model(), call.stream(), request);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Redactors {

		@Bean
		ContentRedactor cardNumbers() {
			Pattern cardNumber = Pattern.compile("\\b\\d{13,19}\\b");
			return (content) -> cardNumber.matcher(content).replaceAll("[card]");
		}

	}

	static class ContextHandler implements ObservationHandler<ModelObservationContext> {

		private ModelObservationContext stopped;

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ModelObservationContext;
		}

		@Override
		public void onStop(ModelObservationContext context) {
			this.stopped = context;
		}

	}

	record Offer(String product, BigDecimal price, List<String> extras) {
	}

}
