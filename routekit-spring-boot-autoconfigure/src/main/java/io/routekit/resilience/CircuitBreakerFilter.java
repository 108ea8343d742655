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

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.routekit.Bystander;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Makes no calls of a model while its {@link CircuitBreaker} is open, and tells the
 * breaker how the calls end that are made. A failure that is the request's own says
 * nothing about the model and does not count, and neither does a call that its caller
 * cancels before the answer begins.
 *
 * @since 0.1.0
 */
public final class CircuitBreakerFilter implements ModelFilter {

	private final CircuitBreaker breaker;

	private final String property;

	private final Bystander bystander = new Bystander("What a circuit breaker tells of calls");

	/**
	 * Create a new {@link CircuitBreakerFilter} instance.
	 * @param breaker the breaker of the model
	 * @param property the name of the property that configures the breaker, for messages
	 */
	public CircuitBreakerFilter(CircuitBreaker breaker, String property) {
		Assert.notNull(breaker, "'breaker' must not be null");
		Assert.hasText(property, "'property' must not be empty");
		this.breaker = breaker;
		this.property = property;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return Mono.defer(() -> this.breaker.tryAcquirePermission()
				? OutcomeSubscriber.observe(next.chat(request), new Permission()) : Mono.error(refusal(next)));
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return Flux.defer(() -> this.breaker.tryAcquirePermission()
				? OutcomeSubscriber.observe(next.stream(request), new Permission()) : Flux.error(refusal(next)));
	}

	private ModelException refusal(Model model) {
		long wait = this.breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(1);
		return ModelException
			.builder(Kind.CIRCUIT_OPEN,
					"The circuit of the model '%s' is open after too many failures (%s)".formatted(model.name(),
							this.property))
			.provider(model.provider())
			.model(model.name())
			.retryAfter(Duration.ofMillis(wait))
			.build();
	}

	private static boolean isFailureOfModel(Throwable failure) {
		return !(failure instanceof ModelException ex) || switch (ex.getKind()) {
			case RATE_LIMIT, OVERLOADED, SERVER, TIMEOUT, NETWORK, INVALID_RESPONSE -> true;
			case AUTHENTICATION, PERMISSION, NOT_FOUND, INVALID_REQUEST, CONTEXT_LENGTH, CONTENT_FILTERED, QUOTA,
					BUDGET_EXCEEDED, CIRCUIT_OPEN, CONCURRENCY_LIMIT ->
				false;
		};
	}

	/**
	 * The breaker's permission for one call.
	 */
	private final class Permission implements CallOutcome {

		private final CircuitBreaker breaker = CircuitBreakerFilter.this.breaker;

		private final long start = this.breaker.getCurrentTimestamp();

		@Override
		public void succeeded() {
			CircuitBreakerFilter.this.bystander
				.tell(() -> this.breaker.onSuccess(duration(), this.breaker.getTimestampUnit()));
		}

		@Override
		public void failed(Throwable failure) {
			if (isFailureOfModel(failure)) {
				CircuitBreakerFilter.this.bystander
					.tell(() -> this.breaker.onError(duration(), this.breaker.getTimestampUnit(), failure));
			}
			else {
				this.breaker.releasePermission();
			}
		}

		@Override
		public void cancelled(boolean answering) {
			if (answering) {
				succeeded();
			}
			else {
				this.breaker.releasePermission();
			}
		}

		private long duration() {
			return this.breaker.getCurrentTimestamp() - this.start;
		}

	}

}
