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
import io.routekit.CallEnd;
import io.routekit.CallListener;
import io.routekit.CallStart;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Fault;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
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

	private final ModelFilter listening = ModelFilter.ofListener(this::permit);

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
		return this.listening.chat(request, next);
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return this.listening.stream(request, next);
	}

	@Override
	public int getOrder() {
		return CIRCUIT_BREAKER_ORDER;
	}

	private CallListener permit(CallStart start) {
		if (!this.breaker.tryAcquirePermission()) {
			throw refusal(start.model());
		}
		return new Permission(this.breaker);
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

	/**
	 * The breaker's permission for one call.
	 *
	 * @param breaker the breaker
	 * @param start when the call started, in the breaker's unit
	 */
	private record Permission(CircuitBreaker breaker, long start) implements CallListener {

		Permission(CircuitBreaker breaker) {
			this(breaker, breaker.getCurrentTimestamp());
		}

		@Override
		public void onEnd(CallEnd end) {
			Throwable failure = end.failure();
			if (failure != null && isFailureOfModel(failure)) {
				this.breaker.onError(duration(), this.breaker.getTimestampUnit(), failure);
			}
			else if (end.outcome() == Outcome.SUCCESS || (end.outcome() == Outcome.CANCELLED && end.answering())) {
				this.breaker.onSuccess(duration(), this.breaker.getTimestampUnit());
			}
			else {
				this.breaker.releasePermission();
			}
		}

		private static boolean isFailureOfModel(Throwable failure) {
			return !(failure instanceof ModelException ex) || ex.getKind().fault() == Fault.MODEL;
		}

		private long duration() {
			return this.breaker.getCurrentTimestamp() - this.start;
		}

	}

}
