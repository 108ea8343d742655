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

package io.routekit;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentException;
import io.routekit.agent.AgentLimits;
import io.routekit.agent.AgentRequest;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.AgentRun;
import io.routekit.agent.ApprovalDecision;
import io.routekit.agent.ToolContext;
import io.routekit.agent.ToolResult;
import io.routekit.agent.ToolStep;
import io.routekit.completions.CompletionsDialect;
import io.routekit.completions.CompletionsProperties;
import io.routekit.cost.Deployments;
import io.routekit.cost.PricedCall;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.http.ServerAddress;
import io.routekit.observation.CallFailure;
import io.routekit.resilience.ModelHealth;
import io.routekit.resilience.RetryPolicy;
import io.routekit.responses.ApiChoice;
import io.routekit.responses.ResponsesDialect;
import io.routekit.secret.SecretRedactor;
import io.routekit.trace.RequestDifference;
import io.routekit.trace.RequestedCall;
import io.routekit.trace.SpanIds;
import io.routekit.trace.analysis.BrokenLine;
import io.routekit.trace.analysis.TraceQuery;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.JsonRange;
import io.routekit.wire.ModelTokens;
import io.routekit.wire.RateLimit;
import io.routekit.wire.RateLimitHeaders;
import io.routekit.wire.Reply;
import io.routekit.wire.UnreadObject;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A sample of each type of value, for tests that hold for all of them. Whatever can be
 * part of a prompt or an answer is, or contains, a text.
 */
final class Samples {

	private static final ModelException FAILURE = ModelException.of(ModelException.Kind.SERVER, "It failed");

	private static final Instant TIME = Instant.parse("2026-11-30T12:00:00Z");

	private static final Model MODEL = FakeModel.of("ok");

	private static final SecretRedactor SECRETS = new SecretRedactor();

	private static final Map<Class<?>, Function<String, Object>> WITH_CONTENT = new LinkedHashMap<>();

	private static final Map<Class<?>, Supplier<Object>> WITHOUT_CONTENT = new LinkedHashMap<>();

	static {
		content(TextPart.class, (text) -> new TextPart(text, state(text)));
		content(SystemMessage.class, SystemMessage::new);
		content(UserMessage.class, Message::user);
		content(ToolMessage.class, (text) -> Message.tool("call_1", text));
		content(AssistantMessage.class, (text) -> Message.assistant(new TextPart(text), toolCall(text)));
		content(ImagePart.class, (text) -> ImagePart.ofUrl("https://example.org/" + text).withDetail("low"));
		content(FilePart.class, (text) -> FilePart.ofBytes(text, bytes(text), "text/plain"));
		content(ReasoningPart.class, (text) -> new ReasoningPart(text, state(text)));
		content(OpaquePart.class, (text) -> new OpaquePart(state(text)));
		content(ProviderState.class, Samples::state);
		content(ToolCall.class, Samples::toolCall);
		content(Tool.class, (text) -> Tool.of("find", text, schema(text)));
		content(ResponseFormat.class, (text) -> ResponseFormat.jsonSchema("answer", json(text)));
		content(ChatOptions.class, Samples::options);
		content(ChatRequest.class, Samples::request);
		content(ModelResponse.class, Samples::response);
		content(Usage.class, Samples::usage);
		content(StreamEvent.Text.class, StreamEvent.Text::new);
		content(StreamEvent.Reasoning.class, StreamEvent.Reasoning::new);
		content(StreamEvent.ToolCallArguments.class, (text) -> new StreamEvent.ToolCallArguments(0, text));
		content(StreamEvent.ToolCallComplete.class, (text) -> new StreamEvent.ToolCallComplete(0, toolCall(text)));
		content(StreamEvent.Completed.class, (text) -> new StreamEvent.Completed(response(text)));
		content(CallEnd.class, (text) -> new CallEnd(Outcome.SUCCESS, response(text), null, true));
		content(FakeResponse.class,
				(text) -> FakeResponse.reasoning(text)
					.thenText(text)
					.thenToolCall("find", json(text))
					.thenFail(FAILURE)
					.withUsage(usage(text))
					.withFinishReason(FinishReason.STOP)
					.withDelay(Duration.ofSeconds(1)));
		content(RequestedCall.class, (text) -> new RequestedCall("openai", "m", false, request(text)));
		content(RequestDifference.class, (text) -> new RequestDifference("messages[0]", text, text));
		content(JsonRange.class, (text) -> JsonRange.of(json(text)));
		content(UnreadObject.class, (text) -> new UnreadObject(Map.of("tokens", JsonRange.of(json(text)))));
		content(PricedCall.class,
				(text) -> PricedCall.builder("openai", "m", values(text)).time(TIME).serviceTier("flex").build());
		content(ModelSettings.class,
				(text) -> ModelSettings.builder()
					.apiKey(text)
					.baseUrl(URI.create("https://" + text + ".example.org"))
					.headers(Map.of("x-key", text))
					.options(options(text))
					.build());
		content(ToolResult.class, ToolResult::of);
		content(ToolStep.class, Samples::step);
		content(ToolContext.class, (text) -> new ToolContext(toolCall(text), run(text), 1));
		content(ApprovalDecision.class, (text) -> ApprovalDecision.refuse("call_1", text));
		content(AgentRequest.class, Samples::agentRequest);
		content(AgentRun.class, Samples::run);
		content(AgentResponse.class, Samples::agentResponse);
		content(AgentException.Progress.class, (text) -> new AgentException.Progress("run_1",
				List.of(Message.user(text)), List.of(step(text)), 1, usage(text)));
		content(AgentEvent.ModelEvent.class, (text) -> new AgentEvent.ModelEvent(1, new StreamEvent.Text(text)));
		content(AgentEvent.ToolStarted.class, (text) -> new AgentEvent.ToolStarted(1, toolCall(text)));
		content(AgentEvent.ToolFinished.class, (text) -> new AgentEvent.ToolFinished(step(text)));
		content(AgentEvent.RoundFinished.class, (text) -> new AgentEvent.RoundFinished(1, response(text)));
		content(AgentEvent.Completed.class, (text) -> new AgentEvent.Completed(agentResponse(text)));
		plain(AgentLimits.class, () -> new AgentLimits(1, 1, BigDecimal.ONE, Duration.ofSeconds(1)));
		plain(StreamEvent.ToolCallStart.class, () -> new StreamEvent.ToolCallStart(0, "call_1", "find"));
		plain(ModelTokens.class, () -> new ModelTokens("m", Map.of(TokenClass.INPUT, 1L)));
		plain(ToolChoice.class, () -> ToolChoice.tool("find"));
		plain(Reasoning.class, () -> Reasoning.effort("low"));
		plain(Cost.class, () -> new Cost(BigDecimal.ONE, Cost.USD, Cost.Source.CATALOGUE));
		plain(AgentRound.class, () -> new AgentRound("run-1", "desk", 1));
		plain(Timeouts.class, () -> Timeouts.builder().connect(Duration.ofSeconds(1)).build());
		plain(Limits.class, () -> Limits.builder().tools(1).build());
		plain(RetryPolicy.class, () -> RetryPolicy.builder().maxRetries(1).build());
		plain(CompletionsDialect.class, () -> CompletionsDialect.of(URI.create("https://example.org"), null,
				new CompletionsDialect.Deployment("d", "m", true), new CompletionsProperties()));
		plain(ResponsesDialect.class, () -> ResponsesDialect.of(URI.create("https://example.org"), null,
				new CompletionsDialect.Deployment("d", "m", true), new CompletionsProperties()));
		plain(ApiChoice.class, () -> ApiChoice.of(URI.create("https://example.org"), null,
				new CompletionsDialect.Deployment("d", "m", true), new CompletionsProperties(), true));
		plain(CompletionsDialect.Deployment.class, () -> new CompletionsDialect.Deployment("d", "m", true));
		plain(Deployments.class, () -> new Deployments("global",
				new LinkedHashMap<>(Map.of("d", new Deployments.Deployment("m", null)))));
		plain(Deployments.Deployment.class, () -> new Deployments.Deployment("m", null));
		plain(RateLimitHeaders.class, () -> RateLimitHeaders.of("x-{type}-{value}", "tokens"));
		plain(RateLimit.class, () -> new RateLimit("tokens", 1L, 1L, Duration.ofSeconds(1)));
		plain(ServerAddress.class, () -> new ServerAddress("https", "example.org", 443));
		plain(ErrorWords.class,
				() -> new ErrorWords(new LinkedHashMap<>(Map.of("slow_down", ModelException.Kind.RATE_LIMIT)),
						new LinkedHashMap<>(Map.of("slow down", ModelException.Kind.RATE_LIMIT))));
		plain(ProviderFacts.class,
				() -> ProviderFacts.builder("custom").telemetryName("custom.ai").priceProvider("openai").build());
		plain(ProviderSecrets.class, () -> ProviderSecrets.of("custom.client-secret"));
		plain(Reply.class,
				() -> new Reply("openai", "m", HttpStatus.OK, HttpHeaders.EMPTY, SECRETS, Limits.defaults()));
		plain(CallFailure.class, () -> new CallFailure(TIME, "m", ModelException.Kind.SERVER, 500, "req_1", true));
		plain(ModelHealth.class, () -> new ModelHealth(true, 5, 5, "server", TIME));
		plain(SpanIds.class, () -> new SpanIds("trace", "span"));
		plain(TraceQuery.class,
				() -> TraceQuery.builder().tags(new LinkedHashMap<>(Map.of("tenant", "acme"))).top(10).build());
		plain(BrokenLine.class, () -> new BrokenLine("trace.jsonl", 1, "no JSON"));
	}

	private Samples() {
	}

	private static <T> void content(Class<T> type, Function<String, ? extends T> sample) {
		WITH_CONTENT.put(type, sample::apply);
	}

	private static <T> void plain(Class<T> type, Supplier<? extends T> sample) {
		WITHOUT_CONTENT.put(type, sample::get);
	}

	static Set<Class<?>> types() {
		Set<Class<?>> types = new LinkedHashSet<>(WITH_CONTENT.keySet());
		types.addAll(WITHOUT_CONTENT.keySet());
		return types;
	}

	static Set<Class<?>> typesWithContent() {
		return WITH_CONTENT.keySet();
	}

	static Object of(Class<?> type, String text) {
		return WITH_CONTENT.containsKey(type) ? WITH_CONTENT.get(type).apply(text) : WITHOUT_CONTENT.get(type).get();
	}

	static @Nullable Object orNull(Class<?> type) {
		return types().contains(type) ? of(type, "text") : null;
	}

	private static ChatRequest request(String text) {
		return ChatRequest.builder()
			.messages(Message.system(text), Message.user(text), Message.assistant(toolCall(text)),
					Message.tool("call_1", text))
			.tools(Tool.of("find", text, schema(text)))
			.options(options(text))
			.tag("tenant", "acme")
			.build();
	}

	private static ChatOptions options(String text) {
		return ChatOptions.builder()
			.model("m")
			.stop(text)
			.user(text)
			.responseFormat(ResponseFormat.jsonSchema("answer", json(text)))
			.extra(values(text))
			.timeouts(Timeouts.builder().idle(Duration.ofSeconds(1)).build())
			.build();
	}

	private static ModelResponse response(String text) {
		return ModelResponse.builder()
			.part(new ReasoningPart(text, state(text)))
			.part(new TextPart(text))
			.part(toolCall(text))
			.refusal(text)
			.finishReason(FinishReason.REFUSAL, "refusal")
			.usage(usage(text))
			.model("m")
			.metadata("values", values(text))
			.build();
	}

	private static AgentRequest agentRequest(String text) {
		return AgentRequest.builder()
			.messages(List.of(Message.user(text)))
			.options(options(text))
			.tag("tenant", "acme")
			.attribute("user", text)
			.decisions(List.of(ApprovalDecision.refuse("call_1", text)))
			.build();
	}

	private static AgentRun run(String text) {
		return new AgentRun("run_1", "desk", MODEL, agentRequest(text), List.of(Tool.of("find", text, schema(text))));
	}

	private static ToolStep step(String text) {
		return new ToolStep(1, toolCall(text), ToolResult.of(text), Duration.ofMillis(3));
	}

	private static AgentResponse agentResponse(String text) {
		return new AgentResponse("run_1", response(text), List.of(Message.user(text)), List.of(step(text)), 1,
				usage(text), AgentResponse.Stop.APPROVAL, List.of(toolCall(text)));
	}

	private static Usage usage(String text) {
		return Usage.builder().promptTokens(12L).completionTokens(8L).raw(values(text)).build();
	}

	private static ToolCall toolCall(String text) {
		return ToolCall.of("call_1", "find", json(text), state(text));
	}

	private static ProviderState state(String text) {
		return new ProviderState("openai", json(text));
	}

	private static Map<String, ?> schema(String text) {
		return Map.of("type", "object", "description", text);
	}

	static Map<String, Object> values(String text) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("text", text);
		values.put("object", new LinkedHashMap<>(Map.of("list", new ArrayList<>(List.of(text)))));
		return values;
	}

	private static String json(String text) {
		return "{\"text\":\"" + text + "\"}";
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
