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

import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.core.Ordered;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Something that surrounds the calls of a {@link Model}: it may change the request, the
 * answer, answer itself, or call the next model any number of times. It covers both kinds
 * of call; {@link #ofRequest(UnaryOperator)}, {@link #ofResponse(UnaryOperator)} and
 * {@link #ofListener(CallListener.Factory)} make the filters that do one thing to both.
 * <p>
 * Beans of this type are put around every model, in their order: the lowest is the
 * outermost. RouteKit's own filters have the orders {@link #DEFAULTS_ORDER},
 * {@link #METERING_ORDER}, {@link #TRACE_ORDER}, {@link #PRICING_ORDER},
 * {@link #RECORDING_ORDER}, {@link #HEALTH_ORDER}, {@link #RETRY_ORDER},
 * {@link #CONCURRENCY_LIMIT_ORDER}, {@link #CIRCUIT_BREAKER_ORDER} and
 * {@link #REQUEST_LIMIT_ORDER}, from the outside to the model. A filter without an order
 * has {@value #DEFAULT_ORDER}: it gets requests that are complete, and all the others are
 * inside, so that what it makes of a request is what is metered and traced, and what it
 * answers itself is not. The fallback to other models is outside of all: each of them has
 * its own filters. {@link org.springframework.core.annotation.Order @Order} on the bean
 * takes the place of {@link #getOrder()}.
 * <p>
 * A filter is asked anew for each subscription. Whatever it throws, at once or later, is
 * a failure of the call. It finds the {@link ModelCall} that it surrounds in the context.
 *
 * @since 0.1.0
 * @see Model#filter(ModelFilter)
 */
public interface ModelFilter extends Ordered {

	/**
	 * The order of the filter that completes requests by the configured options.
	 */
	int DEFAULTS_ORDER = -1000;

	/**
	 * The order of a filter that says nothing else.
	 */
	int DEFAULT_ORDER = 0;

	/**
	 * The order of the filter that observes calls, which gives meters and spans.
	 */
	int METERING_ORDER = 1000;

	/**
	 * The order of the filter that writes the trace. It knows the span and the cost.
	 */
	int TRACE_ORDER = 2000;

	/**
	 * The order of the filter that adds what a call cost.
	 */
	int PRICING_ORDER = 3000;

	/**
	 * The order of the filter that records and replays calls. What it replays is metered,
	 * traced and priced like what it records.
	 */
	int RECORDING_ORDER = 4000;

	/**
	 * The order of the filter that learns the health of a model.
	 */
	int HEALTH_ORDER = 5000;

	/**
	 * The order of the filter that tries calls again. A filter inside sees each attempt.
	 */
	int RETRY_ORDER = 6000;

	/**
	 * The order of the filter that limits how many calls are under way.
	 */
	int CONCURRENCY_LIMIT_ORDER = 7000;

	/**
	 * The order of the filter that breaks the circuit.
	 */
	int CIRCUIT_BREAKER_ORDER = 8000;

	/**
	 * The order of the filter that refuses requests which hold too much. A filter inside
	 * changes what nobody checks any more.
	 */
	int REQUEST_LIMIT_ORDER = 9000;

	/**
	 * Filter a call for a whole answer.
	 * @param request the request
	 * @param next the rest of the chain
	 * @return the answer
	 */
	Mono<ModelResponse> chat(ChatRequest request, Model next);

	/**
	 * Filter a call for a stream of events.
	 * @param request the request
	 * @param next the rest of the chain
	 * @return the events; the last one must be {@link StreamEvent.Completed}
	 */
	Flux<StreamEvent> stream(ChatRequest request, Model next);

	/**
	 * Return the place of the filter among others.
	 * @return the order, {@value #DEFAULT_ORDER} by default; the lowest is the outermost
	 */
	@Override
	default int getOrder() {
		return DEFAULT_ORDER;
	}

	/**
	 * Return the name by which people are shown the filter, as by the actuator endpoint.
	 * @return the name, by default that of the class without its package
	 */
	default String name() {
		return ClassUtils.getShortName(getClass());
	}

	/**
	 * Return this filter at another place.
	 * @param order the order
	 * @return the filter
	 */
	default ModelFilter withOrder(int order) {
		return new OrderedFilter(this, order);
	}

	/**
	 * Return a filter that changes each request.
	 * @param mapper returns the request to go on with
	 * @return the filter
	 */
	static ModelFilter ofRequest(UnaryOperator<ChatRequest> mapper) {
		Assert.notNull(mapper, "'mapper' must not be null");
		return new RequestFilter((request, context) -> mapper.apply(request));
	}

	/**
	 * Return a filter that changes each request by what the subscriber's context holds,
	 * such as the {@link ModelCall}.
	 * @param mapper returns the request to go on with
	 * @return the filter
	 */
	static ModelFilter ofRequest(BiFunction<ChatRequest, ContextView, ChatRequest> mapper) {
		return new RequestFilter(mapper);
	}

	/**
	 * Return a filter that changes each response, for a stream that of its last event.
	 * @param mapper returns the response to go on with
	 * @return the filter
	 */
	static ModelFilter ofResponse(UnaryOperator<ModelResponse> mapper) {
		return new ResponseFilter(mapper);
	}

	/**
	 * Return a filter that follows each call and changes nothing.
	 * @param factory makes the listeners
	 * @return the filter
	 */
	static ModelFilter ofListener(CallListener.Factory factory) {
		return new ListeningFilter(factory);
	}

}
