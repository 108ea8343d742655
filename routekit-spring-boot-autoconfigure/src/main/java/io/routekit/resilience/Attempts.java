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
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.routekit.CallDeadline;
import io.routekit.ChatRequest;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The attempts of one subscription to get an answer from one of several models, one after
 * the other. Those that failed are told of in the metadata of the answer, or by the
 * failure if all did.
 */
final class Attempts {

	private static final Log logger = LogFactory.getLog(Attempts.class);

	private final ChatRequest request;

	private final @Nullable CallDeadline deadline;

	private final Candidate first;

	private final Iterator<Candidate> others;

	private final Set<Kind> kinds;

	private final ResilienceListener listener;

	private final List<FailedAttempt> failed = new ArrayList<>();

	private boolean eventSeen;

	/**
	 * Create a new {@link Attempts} instance.
	 * @param request the request, made for the first of the models
	 * @param deadline the deadline for all of them, or {@code null} if there is none
	 * @param candidates the models to ask, at least one
	 * @param kinds the kinds of failure to ask the next one after
	 * @param listener is told of each step from one model to the next
	 */
	Attempts(ChatRequest request, @Nullable CallDeadline deadline, Iterator<Candidate> candidates, Set<Kind> kinds,
			ResilienceListener listener) {
		this.request = request;
		this.deadline = deadline;
		this.first = candidates.next();
		this.others = candidates;
		this.kinds = kinds;
		this.listener = listener;
	}

	Mono<ModelResponse> chat() {
		// Another thread subscribes to the next model, which must find its parents
		return chatWith(this.first).contextCapture();
	}

	private Mono<ModelResponse> chatWith(Candidate candidate) {
		return candidate.model()
			.get()
			.chat(requestFor(candidate))
			.map(this::withFailedAttempts)
			.onErrorResume(ModelException.class, (ex) -> {
				Candidate next = next(candidate, ex);
				return (next != null) ? chatWith(next) : Mono.error(failure(ex));
			});
	}

	Flux<StreamEvent> stream() {
		return streamWith(this.first).contextCapture();
	}

	private Flux<StreamEvent> streamWith(Candidate candidate) {
		return candidate.model()
			.get()
			.stream(requestFor(candidate))
			.map(this::see)
			.onErrorResume(ModelException.class, (ex) -> {
				if (this.eventSeen) {
					return Flux.error(ex);
				}
				Candidate next = next(candidate, ex);
				return (next != null) ? streamWith(next) : Flux.error(failure(ex));
			});
	}

	private StreamEvent see(StreamEvent event) {
		this.eventSeen = true;
		return (event instanceof StreamEvent.Completed completed && !this.failed.isEmpty())
				? new StreamEvent.Completed(withFailedAttempts(completed.response())) : event;
	}

	private ChatRequest requestFor(Candidate candidate) {
		return (candidate == this.first) ? this.request : candidate.translate(this.request, this.first.model().get());
	}

	private @Nullable Candidate next(Candidate candidate, ModelException failure) {
		this.failed.add(new FailedAttempt(candidate.name(), candidate.model().get(), failure));
		boolean late = this.deadline != null && this.deadline.remaining().isZero();
		if (late || !this.kinds.contains(failure.getKind()) || !this.others.hasNext()) {
			return null;
		}
		Candidate next = this.others.next();
		if (logger.isDebugEnabled()) {
			logger.debug("Model '%s' failed (%s), asking model '%s'".formatted(candidate.name(), failure.getKind(),
					next.name()));
		}
		this.listener.onFallback(candidate.name(), next.name(), failure);
		return next;
	}

	private ModelResponse withFailedAttempts(ModelResponse response) {
		return this.failed.isEmpty() ? response : response.mutate().metadata(Fallback.METADATA, descriptions()).build();
	}

	private List<?> descriptions() {
		return this.failed.stream().map(FailedAttempt::describe).toList();
	}

	private ModelException failure(ModelException failure) {
		if (this.failed.size() == 1) {
			return failure;
		}
		ModelException first = this.failed.get(0).failure();
		String attempts = this.failed.stream().map(FailedAttempt::toString).collect(Collectors.joining("; "));
		ModelException combined = ModelException
			.builder(first.getKind(), "All %s models failed: %s".formatted(this.failed.size(), attempts))
			.cause(first)
			.provider(first.getProvider())
			.model(first.getModel())
			.status(first.getStatus())
			.requestId(first.getRequestId())
			.retryAfter(soonest())
			.retryable(this.failed.stream().anyMatch((attempt) -> attempt.failure().isRetryable()))
			.detail(Fallback.METADATA, descriptions())
			.build();
		this.failed.stream().skip(1).map(FailedAttempt::failure).forEach(combined::addSuppressed);
		return combined;
	}

	private @Nullable Duration soonest() {
		return this.failed.stream()
			.map((attempt) -> attempt.failure().getRetryAfter())
			.filter(Objects::nonNull)
			.min(Duration::compareTo)
			.orElse(null);
	}

}
