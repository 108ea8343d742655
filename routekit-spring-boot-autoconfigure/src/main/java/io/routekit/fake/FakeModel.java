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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.routekit.CallGuard;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * A model that answers from a script and remembers what it was asked, for tests without
 * network and key. An answer comes from the first of these that has one:
 * <ol>
 * <li>what {@link #respondWith(String...)} inserted at run time, each answer once,
 * <li>the {@linkplain #when(Predicate) rules}, those added at run time first,
 * <li>the script, and after its end what {@link WhenExhausted} says.
 * </ol>
 * A model without a script improvises: it refers to the text of the user, calls a tool
 * when the user names it, and reports the results of tools.
 * <p>
 * A subscription is a call: it is recorded then, and takes its answer then. A stream
 * gives the text word by word, at the pace of its subscriber. Options such as a
 * temperature have no effect. The model may be used by any number of threads.
 *
 * @since 0.1.0
 * @see FakeResponse
 */
public class FakeModel implements Model {

	static final String PROVIDER = "fake";

	static final String DEFAULT_NAME = "fake-model";

	private final String name;

	private final ChatOptions options;

	private final FakeScript script;

	private final List<FakeRule.Rule> rules;

	private final List<FakeRule.Rule> addedRules = new CopyOnWriteArrayList<>();

	private final Duration delay;

	private final FakePieces pieces;

	private final FakeRequests requests = new FakeRequests();

	/**
	 * Create a new {@link FakeModel} instance.
	 * @param builder the builder to take the script and the settings from
	 */
	protected FakeModel(Builder builder) {
		this.name = builder.name;
		this.options = builder.options;
		// A function can answer any number of calls
		boolean repeat = builder.endsWithFunction && builder.whenExhausted == null;
		this.script = new FakeScript(builder.answers, repeat ? WhenExhausted.REPEAT_LAST : builder.whenExhausted);
		this.rules = List.copyOf(builder.rules);
		this.delay = builder.delay;
		this.pieces = new FakePieces(builder.chunkSize);
	}

	/**
	 * Create a model that answers with the given texts in their order, and then fails.
	 * @param texts the texts; without any the model improvises
	 * @return the model
	 */
	public static FakeModel of(String... texts) {
		Assert.notNull(texts, "'texts' must not be null");
		return builder().respondWith(texts).build();
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		return CallGuard.mono((context) -> {
			Call call = call(request);
			ModelException failure = call.answer().failure();
			Duration delay = call.answer().delay();
			Mono<ModelResponse> answer = (failure != null) ? Mono.error(failure) : Mono.just(call.response());
			return delay.isZero() ? answer : Mono.delay(delay).then(answer);
		});
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request) {
		return CallGuard.flux((context) -> {
			Call call = call(request);
			Flux<StreamEvent> events = Flux.fromIterable(events(call))
				.doFirst(() -> tellPrompt(call.response(), ModelCall.from(context)));
			Duration eventDelay = call.answer().eventDelay(this.delay);
			if (!eventDelay.isZero()) {
				events = events.delayElements(eventDelay);
			}
			// The end is added after the delays: an error would overtake delayed pieces
			ModelException failure = call.answer().failure();
			events = events.concatWith(
					(failure != null) ? Mono.error(failure) : Mono.just(new StreamEvent.Completed(call.response())));
			Duration delay = call.answer().delay();
			return delay.isZero() ? events : Mono.delay(delay).thenMany(events);
		});
	}

	private List<StreamEvent> events(Call call) {
		List<StreamEvent> events = this.pieces.events(call.response());
		return events.subList(0, Math.min(events.size(), call.answer().failAfter()));
	}

	// Before an answer begins, all but its tokens is known, and of these the prompt's
	private static void tellPrompt(ModelResponse response, @Nullable ModelCall call) {
		if (call != null) {
			Usage usage = response.usage();
			call.update(response.withUsage((usage != null) ? ofPrompt(usage) : null));
		}
	}

	private static Usage ofPrompt(Usage usage) {
		return Usage.builder()
			.promptTokens(usage.promptTokens())
			.cachedTokens(usage.cachedTokens())
			.cacheWriteTokens(usage.cacheWriteTokens())
			.build();
	}

	private Call call(ChatRequest given) {
		ChatOptions options = given.options().withDefaults(this.options);
		ChatRequest request = (options != given.options()) ? given.withOptions(options) : given;
		long number = this.requests.record(request);
		Function<ChatRequest, FakeResponse> next = next(request);
		FakeResponse answer = (next != null) ? next.apply(request) : FakeResponse.failure(noAnswer(request, number));
		String model = (options.model() != null) ? options.model() : this.name;
		return new Call(answer.create(request, model, number), answer);
	}

	private ModelException noAnswer(ChatRequest request, long number) {
		int given = this.script.given();
		String count = switch (given) {
			case 0 -> "it has none";
			case 1 -> "its only one is given";
			default -> "all its " + given + " are given";
		};
		String message = "The fake model has no answer to call %d, which asked “%s”: %s. Add an answer with "
				+ "FakeModel.respondWith or routekit.provider.fake.responses, or change "
				+ "routekit.provider.fake.when-exhausted";
		return ModelException
			.builder(Kind.INVALID_REQUEST, message.formatted(number, FakeImprovisation.quote(request), count))
			.provider(PROVIDER)
			.build();
	}

	private @Nullable Function<ChatRequest, FakeResponse> next(ChatRequest request) {
		Function<ChatRequest, FakeResponse> inserted = this.script.nextInserted();
		if (inserted != null) {
			return inserted;
		}
		return Stream.concat(this.addedRules.stream(), this.rules.stream())
			.filter((rule) -> rule.condition().test(request))
			.findFirst()
			.map((rule) -> rule.script().next())
			.orElseGet(this.script::next);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public String provider() {
		return PROVIDER;
	}

	/**
	 * Answer the next calls with the given texts, before rules and script.
	 * @param texts the texts in their order
	 * @return this model
	 */
	public FakeModel respondWith(String... texts) {
		this.script.insert(Stream.of(texts).map(FakeResponse::text).map(FakeResponse::asAnswer).toList());
		return this;
	}

	/**
	 * Answer the next calls with the given answers, before rules and script.
	 * @param responses the answers in their order
	 * @return this model
	 */
	public FakeModel respondWith(FakeResponse... responses) {
		this.script.insert(Stream.of(responses).map(FakeResponse::asAnswer).toList());
		return this;
	}

	/**
	 * Answer the next call with what a function returns, before rules and script.
	 * @param function the function, called once
	 * @return this model
	 */
	public FakeModel respondWith(Function<ChatRequest, FakeResponse> function) {
		this.script.insert(List.of(function));
		return this;
	}

	/**
	 * Add a rule, which goes before those that the model was built with.
	 * @param condition which requests to answer
	 * @return the rule, to be completed with what it answers
	 */
	public FakeRule<FakeModel> when(Predicate<ChatRequest> condition) {
		return new FakeRule<>(condition, this.addedRules::add, this);
	}

	/**
	 * Add a rule for what the model says to the result of a tool, which goes before the
	 * rules that it was built with.
	 * @param tool the name of the tool; one of the results that the request ends with is
	 * its
	 * @return the rule, to be completed with what it answers
	 */
	public FakeRule<FakeModel> whenResultOf(String tool) {
		return when(new ResultCondition(tool));
	}

	/**
	 * Return the requests that the model got, with its default options.
	 * @return the last 1,000 requests, or less if these are larger than 16 MB together,
	 * oldest first
	 */
	public List<ChatRequest> requests() {
		return this.requests.all();
	}

	/**
	 * Return the last request that the model got, with its default options.
	 * @return the request
	 * @throws IllegalStateException if there was none
	 */
	public ChatRequest lastRequest() {
		ChatRequest last = this.requests.last();
		Assert.state(last != null, "The fake model got no request");
		return last;
	}

	/**
	 * Return how many answers wait to be given: those of the script and those that were
	 * inserted at run time. Rules are not counted.
	 * @return the number
	 */
	public int remainingResponses() {
		return this.script.remaining();
	}

	/**
	 * Return to the beginning: forget the requests and all that was added since the model
	 * was built, and start its script again.
	 */
	public void reset() {
		this.requests.clear();
		this.addedRules.clear();
		this.script.reset();
		this.rules.forEach((rule) -> rule.script().reset());
	}

	/**
	 * Return a new builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * A call and its answer.
	 *
	 * @param response the response, as far as it gets if there is a failure
	 * @param answer the answer that it was made from
	 */
	private record Call(ModelResponse response, FakeResponse answer) {

	}

	/**
	 * Builder for {@link FakeModel}.
	 */
	public static final class Builder {

		private String name = DEFAULT_NAME;

		private ChatOptions options = ChatOptions.empty();

		private final List<Function<ChatRequest, FakeResponse>> answers = new ArrayList<>();

		private final List<FakeRule.Rule> rules = new ArrayList<>();

		private boolean endsWithFunction;

		private @Nullable WhenExhausted whenExhausted;

		private Duration delay = Duration.ZERO;

		private @Nullable Integer chunkSize;

		private Builder() {
		}

		/**
		 * Set the name of the model.
		 * @param name the name, {@code fake-model} by default
		 * @return this builder
		 */
		public Builder name(String name) {
			Assert.hasText(name, "'name' must not be empty");
			this.name = name;
			return this;
		}

		/**
		 * Set the options that hold where a request sets none.
		 * @param options the options
		 * @return this builder
		 */
		public Builder options(ChatOptions options) {
			Assert.notNull(options, "'options' must not be null");
			this.options = options;
			return this;
		}

		/**
		 * Add texts to the script.
		 * @param texts the texts in their order
		 * @return this builder
		 */
		public Builder respondWith(String... texts) {
			Assert.notNull(texts, "'texts' must not be null");
			Stream.of(texts).map(FakeResponse::text).forEach(this::respondWith);
			return this;
		}

		/**
		 * Add answers to the script.
		 * @param responses the answers in their order
		 * @return this builder
		 */
		public Builder respondWith(FakeResponse... responses) {
			Assert.notNull(responses, "'responses' must not be null");
			Stream.of(responses).map(FakeResponse::asAnswer).forEach(this.answers::add);
			this.endsWithFunction &= responses.length == 0;
			return this;
		}

		/**
		 * Add a function to the script. As the last answer, it answers all further calls
		 * unless the model is told otherwise.
		 * @param function the function, called once a call
		 * @return this builder
		 */
		public Builder respondWith(Function<ChatRequest, FakeResponse> function) {
			Assert.notNull(function, "'function' must not be null");
			this.answers.add(function);
			this.endsWithFunction = true;
			return this;
		}

		/**
		 * Add a rule. Rules go before the script, the first that fits answers.
		 * @param condition which requests to answer
		 * @return the rule, to be completed with what it answers
		 */
		public FakeRule<Builder> when(Predicate<ChatRequest> condition) {
			return new FakeRule<>(condition, this.rules::add, this);
		}

		/**
		 * Add a rule for what the model says to the result of a tool.
		 * @param tool the name of the tool; one of the results that the request ends with
		 * is its
		 * @return the rule, to be completed with what it answers
		 */
		public FakeRule<Builder> whenResultOf(String tool) {
			return when(new ResultCondition(tool));
		}

		/**
		 * Set what happens when all the answers of the script are given.
		 * @param whenExhausted what happens; {@code null}, which is the default, to
		 * {@linkplain WhenExhausted#FAIL fail}, but to improvise as long as there is no
		 * answer at all
		 * @return this builder
		 */
		public Builder whenExhausted(@Nullable WhenExhausted whenExhausted) {
			this.whenExhausted = whenExhausted;
			return this;
		}

		/**
		 * Set the time before each piece of a stream.
		 * @param delay the time, none by default
		 * @return this builder
		 */
		public Builder delay(Duration delay) {
			Assert.notNull(delay, "'delay' must not be null");
			Assert.isTrue(!delay.isNegative(), "'delay' must not be negative");
			this.delay = delay;
			return this;
		}

		/**
		 * Set the size of the pieces of a stream.
		 * @param chunkSize the number of characters, or {@code null} for words
		 * @return this builder
		 */
		public Builder chunkSize(@Nullable Integer chunkSize) {
			Assert.isTrue(chunkSize == null || chunkSize > 0, "'chunkSize' must be positive");
			this.chunkSize = chunkSize;
			return this;
		}

		/**
		 * Build the model.
		 * @return the model
		 */
		public FakeModel build() {
			return new FakeModel(this);
		}

	}

}
