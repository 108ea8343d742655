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
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import io.routekit.CallDeadline;
import io.routekit.CallGuard;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Tries calls again that fail by what may pass, as their {@link RetryPolicy} says, until
 * their {@link CallDeadline}. A stream is tried again as long as none of its events was
 * handed over. The waits take no thread.
 *
 * @since 0.1.0
 */
public final class RetryFilter implements ModelFilter {

	private static final Log logger = LogFactory.getLog(RetryFilter.class);

	private final String name;

	private final RetryPolicy policy;

	private final ResilienceListener listener;

	private final DoubleSupplier random;

	/**
	 * Create a new {@link RetryFilter} instance.
	 * @param name the name of the model
	 * @param policy the policy where a request sets none
	 * @param listener is told of each retry
	 */
	public RetryFilter(String name, RetryPolicy policy, ResilienceListener listener) {
		this(name, policy, listener, () -> ThreadLocalRandom.current().nextDouble());
	}

	RetryFilter(String name, RetryPolicy policy, ResilienceListener listener, DoubleSupplier random) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(policy, "'policy' must not be null");
		this.name = name;
		this.policy = policy;
		this.listener = new QuietListener(listener);
		this.random = random;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return Mono.deferContextual((context) -> new Call(request, next, ModelCall.from(context)).chat());
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return Flux.deferContextual((context) -> new Call(request, next, ModelCall.from(context)).stream());
	}

	@Override
	public int getOrder() {
		return RETRY_ORDER;
	}

	/**
	 * The attempts for one subscription.
	 */
	private final class Call {

		private final ChatRequest request;

		private final Model model;

		private final @Nullable CallDeadline deadline;

		private final int maxRetries;

		private int retries;

		private boolean eventSeen;

		Call(ChatRequest request, Model model, @Nullable ModelCall call) {
			this.request = request;
			this.model = model;
			this.deadline = (call != null) ? call.deadline() : null;
			Integer maxRetries = request.options().maxRetries();
			this.maxRetries = (maxRetries != null) ? maxRetries : RetryFilter.this.policy.maxRetries();
		}

		Mono<ModelResponse> chat() {
			Mono<ModelResponse> attempt = this.model.chat(this.request);
			return (this.retries < this.maxRetries) ? attempt.onErrorResume(ModelException.class,
					(ex) -> waitAfter(ex).then(CallGuard.mono((context) -> {
						tellRetry(ex);
						return chat();
					}))) : attempt;
		}

		Flux<StreamEvent> stream() {
			Flux<StreamEvent> attempt = this.model.stream(this.request);
			return (this.retries < this.maxRetries) ? attempt.doOnNext((event) -> this.eventSeen = true)
				.onErrorResume(ModelException.class, (ex) -> waitAfter(ex).thenMany(CallGuard.flux((context) -> {
					tellRetry(ex);
					return stream();
				}))) : attempt;
		}

		private Mono<Long> waitAfter(ModelException failure) {
			Duration wait = this.eventSeen ? null : waitBeforeRetry(failure);
			if (wait == null) {
				return Mono.error(failure);
			}
			this.retries++;
			if (logger.isDebugEnabled()) {
				logger.debug("Retry %s of %s of model '%s' in %s ms: %s".formatted(this.retries, this.maxRetries,
						RetryFilter.this.name, wait.toMillis(), failure.getKind()));
			}
			return Mono.delay(wait);
		}

		private void tellRetry(ModelException failure) {
			RetryFilter.this.listener.onRetry(RetryFilter.this.name, this.model, failure);
		}

		private @Nullable Duration waitBeforeRetry(ModelException failure) {
			RetryPolicy policy = RetryFilter.this.policy;
			// A fresh token that is refused as well will not get better
			boolean refusedAgain = failure.getKind() == Kind.AUTHENTICATION && this.retries > 0;
			if (!failure.isRetryable() || refusedAgain) {
				return null;
			}
			Duration hint = failure.getRetryAfter();
			if (hint != null && hint.compareTo(policy.maxRetryAfter()) > 0) {
				return null;
			}
			Duration wait = (hint != null) ? hint
					: policy.backoff(this.retries + 1, RetryFilter.this.random.getAsDouble());
			return (this.deadline == null || wait.compareTo(this.deadline.remaining()) < 0) ? wait : null;
		}

	}

}
