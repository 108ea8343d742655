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

package io.routekit.test.server;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.routekit.ChatRequest;
import io.routekit.FilePart;
import io.routekit.FinishReason;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelProvider;
import io.routekit.ModelResponse;
import io.routekit.ModelSettings;
import io.routekit.ResponseFormat;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.Timeouts;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import io.routekit.Usage;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelServer} with all providers: what the fake says arrives, as do the
 * requests at the fake.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "routekit.provider.type=fake")
class ModelServerContractTests {

	private static final Duration WAIT = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(200);

	private static final ChatRequest REQUEST = ChatRequest.builder()
		.messages(Message.user("Hi"))
		.options((options) -> options.model("m"))
		.build();

	@Autowired
	private List<ModelProvider> providers;

	@AutoClose
	private final ModelServer server = ModelServer.start();

	private Model model(WireProvider provider) {
		return model(provider, provider.settings(this.server));
	}

	private Model model(WireProvider provider, ModelSettings.Builder settings) {
		return this.providers.stream()
			.filter((candidate) -> candidate.type().equals(provider.type()))
			.findFirst()
			.orElseThrow()
			.create(settings.build());
	}

	static Stream<Arguments> answers() {
		return providersWith(Named.of("text", FakeResponse.text("A short summary.\n")),
				Named.of("no ASCII", FakeResponse.text("Grüße 🚀 – “quoted” \\ \u0000")),
				Named.of("reasoning", FakeResponse.reasoning("Let me think. Yes.").thenText("42")),
				Named.of("tool call", FakeResponse.toolCall("get_weather", "{\"city\":\"Oslo\"}")),
				Named.of("text and tool calls",
						FakeResponse.text("I look it up")
							.thenToolCall("get_weather", "{\"city\":\"Oslo\"}")
							.then(ToolCall.of("id-2", "get_time", "{}"))),
				Named.of("cut text", FakeResponse.text("I was about").withFinishReason(FinishReason.LENGTH)),
				Named.of("refusal",
						FakeResponse.text("")
							.with((response) -> response.refusal("I will not").finishReason(FinishReason.REFUSAL))),
				Named.of("other reason", FakeResponse.text("Hm").withFinishReason(FinishReason.OTHER)),
				Named.of("all of a usage",
						FakeResponse.text("Hi")
							.withUsage(Usage.builder()
								.promptTokens(100L)
								.completionTokens(20L)
								.totalTokens(120L)
								.cachedTokens(40L)
								.cacheWriteTokens(10L)
								.reasoningTokens(5L)
								.build())),
				Named.of("little of a usage", FakeResponse.text("Hi").withUsage(Usage.of(7, 2))),
				Named.of("no usage", FakeResponse.text("Hi").withUsage(null)),
				Named.of("names",
						FakeResponse.text("Hi")
							.with((response) -> response.id("id-1").model("gpt-5-mini-2025-08-07").requestId("req-1"))),
				Named.of("tier",
						FakeResponse.text("Hi").with((response) -> response.metadata("service_tier", "flex"))));
	}

	private static Stream<Arguments> providersWith(Named<?>... values) {
		return Arrays.stream(WireProvider.values())
			.flatMap((provider) -> Arrays.stream(values).map((value) -> Arguments.of(provider, value)));
	}

	@ParameterizedTest
	@MethodSource("answers")
	void answerArrives(WireProvider provider, FakeResponse answer) {
		this.server.model().respondWith(answer);

		assertSame(model(provider).chat(REQUEST).block(WAIT), expected(answer));
	}

	@ParameterizedTest
	@MethodSource("answers")
	void streamArrives(WireProvider provider, FakeResponse answer) {
		this.server.model().respondWith(answer);
		ModelResponse expected = expected(answer);
		List<StreamEvent> events = model(provider).stream(REQUEST).collectList().block(WAIT);

		assertSame(((StreamEvent.Completed) events.get(events.size() - 1)).response(), expected);
		assertThat(events.stream()
			.map((event) -> (event instanceof StreamEvent.Text text) ? text.text() : "")
			.reduce("", String::concat)).isEqualTo(expected.content());
	}

	private static ModelResponse expected(FakeResponse answer) {
		return FakeModel.builder().respondWith(answer).build().chat(REQUEST).block(WAIT);
	}

	private static void assertSame(ModelResponse actual, ModelResponse expected) {
		assertThat(facts(actual)).isEqualTo(facts(expected));
		assertThat(actual.requestId()).isEqualTo((expected.requestId() != null) ? expected.requestId() : "req_1");
		assertThat(actual.metadata()).containsAllEntriesOf(expected.metadata());
	}

	private static List<Object> facts(ModelResponse response) {
		Usage usage = response.usage();
		return Arrays.asList(response.content(), response.reasoning(),
				response.toolCalls().stream().map(ModelServerContractTests::withoutState).toList(), response.refusal(),
				response.finishReason(), response.model(), response.id(),
				(usage != null) ? Arrays.asList(usage.promptTokens(), usage.completionTokens(), usage.totalTokens(),
						usage.cachedTokens(), usage.cacheWriteTokens(), usage.reasoningTokens()) : null);
	}

	private static ToolCall withoutState(ToolCall call) {
		return new ToolCall(call.id(), call.name(), call.arguments(), call.complete(), null);
	}

	@ParameterizedTest
	@EnumSource
	void requestArrivesAtTheFake(WireProvider provider) {
		ChatRequest request = ChatRequest.builder()
			.messages(Message.system("Be brief."),
					Message.user(new TextPart("What is this?"), ImagePart.ofBytes(new byte[] { 1, 2 }, "image/png"),
							ImagePart.ofUrl("https://example.com/a.png"),
							FilePart.ofBytes("a.pdf", new byte[] { 3 }, "application/pdf")),
					Message.assistant(new TextPart("A map"),
							ToolCall.of("call_1", "get_weather", "{\"city\":\"Oslo\"}")),
					Message.tool("call_1", "4 °C"), Message.user("And now?"))
			.tools(new Tool("get_weather", "Tells the weather", "{\"type\":\"object\",\"properties\":{}}", true))
			.options((options) -> options.model("m")
				.temperature(0.5)
				.topP(0.9)
				.maxTokens(100)
				.stop(provider.isResponses() ? null : List.of("END"))
				.toolChoice(ToolChoice.tool("get_weather"))
				.parallelToolCalls(false)
				.responseFormat(ResponseFormat.jsonSchema("response", "{\"type\":\"object\"}"))
				.serviceTier("auto")
				.user("u-1")
				.extra("custom", Map.of("a", 1)))
			.build();
		model(provider).chat(request).block(WAIT);
		ChatRequest received = this.server.model().lastRequest();

		assertThat(received.messages()).isEqualTo(request.messages());
		assertThat(received.tools()).isEqualTo(request.tools());
		assertThat(received.options()).usingRecursiveComparison().isEqualTo(request.options());
		assertThat(this.server.lastRequest().headers().getFirst(provider.keyHeader())).contains(WireProvider.KEY);
		assertThat(this.server.lastRequest()).asString().doesNotContain(WireProvider.KEY);
	}

	static Stream<Arguments> failures() {
		return providersWith(Stream
			.of(Kind.AUTHENTICATION, Kind.PERMISSION, Kind.NOT_FOUND, Kind.INVALID_REQUEST, Kind.CONTEXT_LENGTH,
					Kind.CONTENT_FILTERED, Kind.RATE_LIMIT, Kind.QUOTA, Kind.OVERLOADED, Kind.SERVER)
			.map((kind) -> Named.of(kind.name(), kind))
			.toArray(Named[]::new))
			// Which tells such a failure in its answer
			.filter((arguments) -> !(arguments.get()[0] == WireProvider.ANTHROPIC
					&& ((Named<?>) arguments.get()[1]).getPayload() == Kind.CONTENT_FILTERED));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failureArrives(WireProvider provider, Kind kind) {
		this.server.model()
			.respondWith(FakeResponse.failure(ModelException.builder(kind, "As scripted")
				.retryAfter(Duration.ofMillis(1500))
				.requestId("req-failed")
				.build()));

		StepVerifier.create(model(provider).chat(REQUEST)).expectErrorSatisfies((ex) -> {
			ModelException failure = (ModelException) ex;
			assertThat(failure.getKind()).isEqualTo(kind);
			assertThat(failure).hasMessageContaining("As scripted");
			assertThat(failure.getStatus()).isBetween(400, 599);
			assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofMillis(1500));
			assertThat(failure.getRequestId()).isEqualTo("req-failed");
			assertThat(failure.isRetryable()).isEqualTo(kind.isRetryable());
		}).verify(WAIT);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void streamFailsBeforeItsFirstEventByStatus(WireProvider provider, Kind kind) {
		this.server.model().respondWith(FakeResponse.failure(kind));

		StepVerifier.create(model(provider).stream(REQUEST))
			.expectErrorSatisfies((ex) -> assertKind(ex, kind))
			.verify(WAIT);
	}

	@ParameterizedTest
	@EnumSource
	void statusOfTheScriptIsSent(WireProvider provider) {
		this.server.model()
			.respondWith(FakeResponse
				.failure(ModelException.builder(Kind.SERVER, "As scripted").status(502).retryable(false).build()));

		StepVerifier.create(model(provider).chat(REQUEST)).expectErrorSatisfies((ex) -> {
			assertThat(((ModelException) ex).getStatus()).isEqualTo(502);
			assertThat(((ModelException) ex).isRetryable()).isFalse();
		}).verify(WAIT);
	}

	static Stream<Arguments> failuresOfStreams() {
		return providersWith(Stream
			.of(Kind.RATE_LIMIT, Kind.OVERLOADED, Kind.SERVER, Kind.NETWORK, Kind.INVALID_RESPONSE, Kind.TIMEOUT)
			.map((kind) -> Named.of(kind.name(), kind))
			.toArray(Named[]::new));
	}

	@ParameterizedTest
	@MethodSource("failuresOfStreams")
	void streamFailsAfterItsFirstEvents(WireProvider provider, Kind kind) {
		this.server.model()
			.respondWith(FakeResponse.text("It is 4 °C").thenFail(ModelException.of(kind, "As scripted")));
		Timeouts timeouts = Timeouts.builder()
			.connect(WAIT)
			.firstEvent(WAIT)
			.idle((kind == Kind.TIMEOUT) ? SHORT : WAIT)
			.build();

		StepVerifier.create(model(provider, timeouts).stream(REQUEST).transform(StreamEvent::text))
			.expectNext("It", " is", " 4", " °C")
			.expectErrorSatisfies((ex) -> assertKind(ex, kind))
			.verify(WAIT);
	}

	@ParameterizedTest
	@MethodSource("failuresOfStreams")
	void answerFails(WireProvider provider, Kind kind) {
		this.server.model().respondWith(FakeResponse.failure(kind));
		Timeouts timeouts = Timeouts.builder()
			.connect(WAIT)
			.firstEvent(WAIT)
			.idle(WAIT)
			.total((kind == Kind.TIMEOUT) ? SHORT : WAIT)
			.build();

		StepVerifier.create(model(provider, timeouts).chat(REQUEST))
			.expectErrorSatisfies((ex) -> assertKind(ex, kind))
			.verify(WAIT);
	}

	private Model model(WireProvider provider, Timeouts timeouts) {
		return model(provider, provider.settings(this.server).timeouts(timeouts));
	}

	private static void assertKind(Throwable failure, Kind kind) {
		assertThat(failure).isInstanceOfSatisfying(ModelException.class,
				(ex) -> assertThat(ex.getKind()).isEqualTo(kind));
	}

	@ParameterizedTest
	@EnumSource
	void delayedStreamTakesItsTime(WireProvider provider) {
		try (ModelServer slow = ModelServer.start(FakeModel.builder().delay(SHORT).respondWith("one two").build())) {
			StepVerifier
				.create(model(provider, provider.settings(slow)).stream(REQUEST).transform(StreamEvent::text).timed())
				.assertNext((first) -> assertThat(first.get()).isEqualTo("one"))
				.assertNext((second) -> assertThat(second.elapsedSinceSubscription())
					.isGreaterThan(SHORT.multipliedBy(3).dividedBy(2)))
				.expectComplete()
				.verify(WAIT);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
