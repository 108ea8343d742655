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

package io.routekit.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.ReasoningPart;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An answer of a {@link FakeModel}: text, reasoning and tool calls in the order in which
 * they are added, or a failure, right away or after the rest. Immutable, so that an
 * answer can be given any number of times.
 *
 * @since 0.1.0
 */
public final class FakeResponse {

	static final String FAILURE_MESSAGE = "The fake model fails as scripted";

	private static final FakeResponse EMPTY = new FakeResponse(Collections.emptyList(), null, Collections.emptyList(),
			new Pace(Duration.ZERO, null), new End(null, Integer.MAX_VALUE));

	private final List<IntFunction<AssistantPart>> parts;

	private final @Nullable ModelResponse base;

	private final List<Consumer<ModelResponse.Builder>> customizers;

	private final Pace pace;

	private final End end;

	private FakeResponse(List<IntFunction<AssistantPart>> parts, @Nullable ModelResponse base,
			List<Consumer<ModelResponse.Builder>> customizers, Pace pace, End end) {
		this.parts = parts;
		this.base = base;
		this.customizers = customizers;
		this.pace = pace;
		this.end = end;
	}

	static FakeResponse empty() {
		return EMPTY;
	}

	/**
	 * Answer with a text.
	 * @param text the text, given exactly as it is
	 * @return the answer
	 */
	public static FakeResponse text(String text) {
		return EMPTY.thenText(text);
	}

	/**
	 * Reason, usually to answer afterwards.
	 * @param text the reasoning
	 * @return the answer
	 */
	public static FakeResponse reasoning(String text) {
		return EMPTY.thenReasoning(text);
	}

	/**
	 * Answer with a tool call.
	 * @param name the name of the tool
	 * @param arguments the arguments as JSON text; not checked, so that a test can see
	 * what happens when a model writes nonsense
	 * @return the answer
	 */
	public static FakeResponse toolCall(String name, String arguments) {
		return EMPTY.thenToolCall(name, arguments);
	}

	/**
	 * Fail instead of answering.
	 * @param kind the kind of failure
	 * @return the answer
	 */
	public static FakeResponse failure(Kind kind) {
		return failure(failureOf(kind, FAILURE_MESSAGE).build());
	}

	/**
	 * Start a failure as a server reports it, with the status that all providers have for
	 * its kind.
	 * @param kind the kind of failure
	 * @param message what went wrong
	 * @return a builder to add what else is known, such as when to try again
	 */
	public static ModelException.Builder failureOf(Kind kind, String message) {
		return ModelException.builder(kind, message).provider(FakeModel.PROVIDER).status(statusOf(kind));
	}

	static @Nullable Integer statusOf(Kind kind) {
		return switch (kind) {
			case AUTHENTICATION -> 401;
			case PERMISSION -> 403;
			case NOT_FOUND -> 404;
			case INVALID_REQUEST, CONTEXT_LENGTH, CONTENT_FILTERED -> 400;
			case RATE_LIMIT, QUOTA -> 429;
			case SERVER -> 500;
			// Overload is 503 or 529, and others come without a status
			default -> null;
		};
	}

	/**
	 * Refuse to answer.
	 * @param explanation what the model says about it
	 * @return the answer, whose finish reason is {@link FinishReason#REFUSAL}
	 */
	public static FakeResponse refusal(String explanation) {
		Assert.hasText(explanation, "'explanation' must not be empty");
		return EMPTY.with(new Refusal(explanation));
	}

	/**
	 * Fail instead of answering.
	 * @param failure the failure
	 * @return the answer
	 */
	public static FakeResponse failure(ModelException failure) {
		return EMPTY.thenFail(failure);
	}

	/**
	 * Answer with a whole response, exactly as it is: nothing is estimated or filled in.
	 * @param response the response
	 * @return the answer
	 */
	public static FakeResponse of(ModelResponse response) {
		Assert.notNull(response, "'response' must not be null");
		return new FakeResponse(Collections.emptyList(), response, EMPTY.customizers, EMPTY.pace, EMPTY.end);
	}

	/**
	 * Return a copy that goes on with a text.
	 * @param text the text, given exactly as it is
	 * @return the copy
	 */
	public FakeResponse thenText(String text) {
		return then(new TextPart(text));
	}

	/**
	 * Return a copy that goes on with reasoning.
	 * @param text the reasoning
	 * @return the copy
	 */
	public FakeResponse thenReasoning(String text) {
		return then(new ReasoningPart(text, null));
	}

	/**
	 * Return a copy that goes on with a tool call. Its id is {@code call_1},
	 * {@code call_2} and so on, counted over the whole conversation.
	 * @param name the name of the tool
	 * @param arguments the arguments as JSON text; not checked
	 * @return the copy
	 */
	public FakeResponse thenToolCall(String name, String arguments) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(arguments, "'arguments' must not be null");
		return then(new NumberedCall(name, arguments));
	}

	/**
	 * Return a copy that goes on with any part.
	 * @param part the part, for example a tool call with an id
	 * @return the copy
	 */
	public FakeResponse then(AssistantPart part) {
		Assert.notNull(part, "'part' must not be null");
		return then(new Given(part));
	}

	private FakeResponse then(IntFunction<AssistantPart> part) {
		List<IntFunction<AssistantPart>> parts = new ArrayList<>(this.parts);
		parts.add(part);
		return new FakeResponse(List.copyOf(parts), this.base, this.customizers, this.pace, this.end);
	}

	/**
	 * Return a copy that fails at the end: a stream gives all the pieces first, a whole
	 * answer only fails.
	 * @param failure the failure
	 * @return the copy
	 */
	public FakeResponse thenFail(ModelException failure) {
		return failAfter(Integer.MAX_VALUE, failure);
	}

	/**
	 * Return a copy that fails in the middle: a stream gives some events first, a whole
	 * answer only fails.
	 * @param events the number of events before the failure
	 * @param failure the failure
	 * @return the copy
	 */
	public FakeResponse failAfter(int events, ModelException failure) {
		Assert.isTrue(events >= 0, "'events' must not be negative");
		Assert.notNull(failure, "'failure' must not be null");
		return new FakeResponse(this.parts, this.base, this.customizers, this.pace, new End(failure, events));
	}

	/**
	 * Return a copy whose connection breaks in the middle.
	 * @param events the number of events of a stream before that
	 * @return the copy
	 */
	public FakeResponse cutAfter(int events) {
		return failAfter(events, failureOf(Kind.NETWORK, "The connection broke as scripted").build());
	}

	/**
	 * Return a copy with a usage, instead of the estimate of four characters a token.
	 * @param usage the usage, or {@code null} for a provider that reports none
	 * @return the copy
	 */
	public FakeResponse withUsage(@Nullable Usage usage) {
		return with(new UsageChange(usage));
	}

	/**
	 * Return a copy with a finish reason, instead of the one that follows from the parts.
	 * @param finishReason the reason
	 * @return the copy
	 */
	public FakeResponse withFinishReason(FinishReason finishReason) {
		Assert.notNull(finishReason, "'finishReason' must not be null");
		return with(new FinishReasonChange(finishReason));
	}

	/**
	 * Return a copy with anything else that a response has: its id, a refusal, metadata.
	 * @param customizer changes the builder of the response
	 * @return the copy
	 */
	public FakeResponse with(Consumer<ModelResponse.Builder> customizer) {
		Assert.notNull(customizer, "'customizer' must not be null");
		List<Consumer<ModelResponse.Builder>> customizers = new ArrayList<>(this.customizers);
		customizers.add(customizer);
		return new FakeResponse(this.parts, this.base, List.copyOf(customizers), this.pace, this.end);
	}

	/**
	 * Return a copy that comes later.
	 * @param delay the time until the first sign of the answer, be it a failure
	 * @return the copy
	 */
	public FakeResponse withDelay(Duration delay) {
		Assert.notNull(delay, "'delay' must not be null");
		Assert.isTrue(!delay.isNegative(), "'delay' must not be negative");
		return new FakeResponse(this.parts, this.base, this.customizers, new Pace(delay, this.pace.eventDelay()),
				this.end);
	}

	/**
	 * Return a copy whose stream has another pace than that of the model.
	 * @param delay the time before each piece of the stream
	 * @return the copy
	 */
	public FakeResponse withEventDelay(Duration delay) {
		Assert.notNull(delay, "'delay' must not be null");
		Assert.isTrue(!delay.isNegative(), "'delay' must not be negative");
		return new FakeResponse(this.parts, this.base, this.customizers, new Pace(this.pace.delay(), delay), this.end);
	}

	Duration delay() {
		return this.pace.delay();
	}

	Duration eventDelay(Duration delayOfModel) {
		return (this.pace.eventDelay() != null) ? this.pace.eventDelay() : delayOfModel;
	}

	@Nullable ModelException failure() {
		return this.end.failure();
	}

	int failAfter() {
		return this.end.events();
	}

	Function<ChatRequest, FakeResponse> asAnswer() {
		return (request) -> this;
	}

	ModelResponse create(ChatRequest request, String model, long number) {
		List<AssistantPart> parts = createParts(request);
		ModelResponse.Builder builder;
		if (this.base != null) {
			builder = this.base.mutate().parts(parts);
		}
		else {
			boolean calls = parts.stream().anyMatch(ToolCall.class::isInstance);
			builder = ModelResponse.builder()
				.parts(parts)
				.finishReason(calls ? FinishReason.TOOL_CALLS : FinishReason.STOP)
				.usage(TokenEstimate.usage(request, parts))
				.provider(FakeModel.PROVIDER)
				.model(model)
				.id("fake-" + number);
		}
		this.customizers.forEach((customizer) -> customizer.accept(builder));
		return builder.build();
	}

	private List<AssistantPart> createParts(ChatRequest request) {
		// Counting over the conversation keeps the ids of its calls apart
		int number = request.messages()
			.stream()
			.mapToInt((message) -> (message instanceof AssistantMessage assistant) ? assistant.toolCalls().size() : 0)
			.sum() + 1;
		List<AssistantPart> parts = new ArrayList<>();
		for (IntFunction<AssistantPart> part : this.parts) {
			AssistantPart created = part.apply(number);
			parts.add(created);
			number += (created instanceof ToolCall) ? 1 : 0;
		}
		return parts;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof FakeResponse other && this.parts.equals(other.parts)
				&& Objects.equals(this.base, other.base) && this.customizers.equals(other.customizers)
				&& this.pace.equals(other.pace) && this.end.equals(other.end);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.parts, this.base, this.customizers, this.pace, this.end);
	}

	@Override
	public String toString() {
		ModelException failure = this.end.failure();
		return "FakeResponse[%d parts, failure=%s]".formatted(this.parts.size(),
				(failure != null) ? failure.getKind() : null);
	}

	/**
	 * A part that is given as it is.
	 *
	 * @param part the part
	 */
	private record Given(AssistantPart part) implements IntFunction<AssistantPart> {

		@Override
		public AssistantPart apply(int number) {
			return this.part;
		}

	}

	/**
	 * A tool call whose id is its number.
	 *
	 * @param name the name of the tool
	 * @param arguments the arguments as JSON text
	 */
	private record NumberedCall(String name, String arguments) implements IntFunction<AssistantPart> {

		@Override
		public AssistantPart apply(int number) {
			return ToolCall.of("call_" + number, this.name, this.arguments);
		}

		@Override
		public String toString() {
			return "NumberedCall[name=%s, %d characters]".formatted(this.name, this.arguments.length());
		}

	}

	/**
	 * Sets a usage.
	 *
	 * @param usage the usage
	 */
	private record UsageChange(@Nullable Usage usage) implements Consumer<ModelResponse.Builder> {

		@Override
		public void accept(ModelResponse.Builder builder) {
			builder.usage(this.usage);
		}

	}

	/**
	 * Sets a finish reason.
	 *
	 * @param reason the reason
	 */
	private record FinishReasonChange(FinishReason reason) implements Consumer<ModelResponse.Builder> {

		@Override
		public void accept(ModelResponse.Builder builder) {
			builder.finishReason(this.reason);
		}

	}

	/**
	 * Refuses to answer.
	 *
	 * @param explanation what the model says about it
	 */
	private record Refusal(String explanation) implements Consumer<ModelResponse.Builder> {

		@Override
		public void accept(ModelResponse.Builder builder) {
			builder.refusal(this.explanation).finishReason(FinishReason.REFUSAL);
		}

		@Override
		public String toString() {
			return "Refusal[%d characters]".formatted(this.explanation.length());
		}

	}

	/**
	 * How fast an answer comes.
	 *
	 * @param delay the time until the first sign of it
	 * @param eventDelay the time before each piece of a stream, or {@code null} for that
	 * of the model
	 */
	private record Pace(Duration delay, @Nullable Duration eventDelay) {

	}

	/**
	 * How an answer ends.
	 *
	 * @param failure the failure, or {@code null} if it is complete
	 * @param events the number of events of a stream before the failure
	 */
	private record End(@Nullable ModelException failure, int events) {

	}

}
