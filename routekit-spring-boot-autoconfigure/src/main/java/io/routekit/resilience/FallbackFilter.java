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

package io.routekit.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.routekit.CallDeadline;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.Models;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.util.Assert;

/**
 * Asks other models, one after the other, when a model fails by what another one may not
 * fail by. A stream goes on with another model as long as none of its events was handed
 * over. Each attempt is a call of its model with all that surrounds it, except that a
 * call which another model fell back to does not fall back itself.
 * <p>
 * An answer of another model has the failed attempts in its metadata, as
 * {@value #METADATA}. If all fail, the failure is that of the first model, and tells of
 * the others.
 *
 * @since 0.1.0
 */
public final class FallbackFilter implements ModelFilter {

	/**
	 * The name of the failed attempts in the metadata of a response and in the details of
	 * a failure: a list of maps with {@code model}, {@code provider}, {@code error} (as
	 * {@link Kind#errorType()}) and {@code status}.
	 */
	public static final String METADATA = "fallback";

	/**
	 * The kinds of failure that another model is asked after by default.
	 */
	public static final Set<Kind> DEFAULT_KINDS = Collections.unmodifiableSet(EnumSet.of(Kind.RATE_LIMIT,
			Kind.OVERLOADED, Kind.SERVER, Kind.TIMEOUT, Kind.NETWORK, Kind.CIRCUIT_OPEN, Kind.CONCURRENCY_LIMIT));

	private static final Log logger = LogFactory.getLog(FallbackFilter.class);

	private final String name;

	private final List<Candidate> others;

	private final Set<Kind> kinds;

	private final ResilienceListener listener;

	/**
	 * Create a new {@link FallbackFilter} instance.
	 * @param name the name of the model
	 * @param others the names of the models to ask when it fails, in their order
	 * @param kinds the kinds of failure to ask them after
	 * @param models the models by name
	 * @param listener is told of each fallback
	 */
	public FallbackFilter(String name, List<String> others, Set<Kind> kinds, Models models,
			ResilienceListener listener) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(models, "'models' must not be null");
		Assert.notNull(listener, "'listener' must not be null");
		this.name = name;
		this.others = others.stream().map((other) -> new Candidate(other, () -> models.get(other))).toList();
		this.kinds = Set.copyOf(kinds);
		this.listener = listener;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		// Another thread subscribes to the next model, which must find its parents
		return Mono.deferContextual(
				(context) -> context.hasKey(FallbackFilter.class) ? next.chat(request) : new Call(request, next).chat())
			.contextCapture();
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return Flux.deferContextual((context) -> context.hasKey(FallbackFilter.class) ? next.stream(request)
				: new Call(request, next).stream())
			.contextCapture();
	}

	/**
	 * The attempts for one subscription.
	 */
	private final class Call {

		private final ChatRequest request;

		private final @Nullable CallDeadline deadline;

		private final Model first;

		private final List<FailedAttempt> failed = new ArrayList<>();

		private boolean eventSeen;

		Call(ChatRequest request, Model first) {
			this.request = request;
			this.first = first;
			Timeouts timeouts = request.options().timeouts();
			Duration total = (timeouts != null) ? timeouts.total() : null;
			this.deadline = (total != null) ? CallDeadline.after(total) : null;
		}

		Mono<ModelResponse> chat() {
			return Mono.defer(() -> this.first.chat(this.request))
				.onErrorResume(ModelException.class, (ex) -> chatWithNext(this.first, ex))
				.contextWrite(this::withDeadline);
		}

		private Mono<ModelResponse> chatWithNext(Model model, ModelException failure) {
			Candidate next = next(model, failure);
			if (next == null) {
				return Mono.error(story(failure));
			}
			Model other = next.model().get();
			return Mono.defer(() -> other.chat(next.translate(this.request, this.first)))
				.map(this::withStory)
				.contextWrite(Context.of(FallbackFilter.class, true))
				.onErrorResume(ModelException.class, (ex) -> chatWithNext(other, ex));
		}

		Flux<StreamEvent> stream() {
			return Flux.defer(() -> this.first.stream(this.request))
				.doOnNext((event) -> this.eventSeen = true)
				.onErrorResume(ModelException.class, (ex) -> streamWithNext(this.first, ex))
				.contextWrite(this::withDeadline);
		}

		private Flux<StreamEvent> streamWithNext(Model model, ModelException failure) {
			if (this.eventSeen) {
				return Flux.error(failure);
			}
			Candidate next = next(model, failure);
			if (next == null) {
				return Flux.error(story(failure));
			}
			Model other = next.model().get();
			return Flux.defer(() -> other.stream(next.translate(this.request, this.first))).map((event) -> {
				this.eventSeen = true;
				return (event instanceof StreamEvent.Completed completed)
						? new StreamEvent.Completed(withStory(completed.response())) : event;
			})
				.contextWrite(Context.of(FallbackFilter.class, true))
				.onErrorResume(ModelException.class, (ex) -> streamWithNext(other, ex));
		}

		private Context withDeadline(Context context) {
			return (this.deadline != null) ? this.deadline.addTo(context) : context;
		}

		private @Nullable Candidate next(Model model, ModelException failure) {
			List<Candidate> others = FallbackFilter.this.others;
			int attempt = this.failed.size();
			String name = (attempt == 0) ? FallbackFilter.this.name : others.get(attempt - 1).name();
			this.failed.add(new FailedAttempt(name, model, failure));
			boolean late = this.deadline != null && this.deadline.remaining().isZero();
			if (attempt == others.size() || late || !isPassing(failure)) {
				return null;
			}
			Candidate next = others.get(attempt);
			if (logger.isDebugEnabled()) {
				logger
					.debug("Model '%s' failed (%s), asking model '%s'".formatted(name, failure.getKind(), next.name()));
			}
			FallbackFilter.this.listener.onFallback(name, next.name(), failure);
			return next;
		}

		private boolean isPassing(ModelException failure) {
			return FallbackFilter.this.kinds.contains(failure.getKind());
		}

		private ModelResponse withStory(ModelResponse response) {
			return response.mutate().metadata(METADATA, descriptions()).build();
		}

		private List<?> descriptions() {
			return this.failed.stream().map(FailedAttempt::describe).toList();
		}

		private ModelException story(ModelException failure) {
			if (this.failed.size() == 1) {
				return failure;
			}
			ModelException first = this.failed.get(0).failure();
			String attempts = this.failed.stream().map(FailedAttempt::toString).collect(Collectors.joining("; "));
			ModelException story = ModelException
				.builder(first.getKind(), "All %s models failed: %s".formatted(this.failed.size(), attempts))
				.cause(first)
				.provider(first.getProvider())
				.model(first.getModel())
				.status(first.getStatus())
				.requestId(first.getRequestId())
				.retryAfter(soonest())
				.retryable(this.failed.stream().anyMatch((attempt) -> attempt.failure().isRetryable()))
				.detail(METADATA, descriptions())
				.build();
			this.failed.stream().skip(1).map(FailedAttempt::failure).forEach(story::addSuppressed);
			return story;
		}

		private @Nullable Duration soonest() {
			return this.failed.stream()
				.map((attempt) -> attempt.failure().getRetryAfter())
				.filter(Objects::nonNull)
				.min(Duration::compareTo)
				.orElse(null);
		}

	}

}
