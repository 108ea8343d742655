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

package io.routekit.agent;

import java.util.function.Function;

import io.routekit.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * Follows one subscription to a run or to the call of a tool, for an {@link AgentFilter}.
 * It is told of each element, and once of the end, before the subscriber gets them; of a
 * cancellation, after what is cancelled has got it. So those that follow what a run is
 * made of learn of an end from the inside out. What a listener throws fails the run.
 *
 * @param <T> the type of the elements
 * @since 0.1.0
 */
public interface AgentListener<T> {

	/**
	 * Take notice of an element.
	 * @param element the element
	 * @return whether it is the last one, with which the subscription has succeeded
	 */
	boolean onNext(T element);

	/**
	 * Take notice of the end.
	 * @param outcome how it ended
	 * @param failure why it failed, {@code null} if it did not
	 */
	void onEnd(Outcome outcome, @Nullable Throwable failure);

	/**
	 * Start. For a listener that makes something the current one of the thread meanwhile.
	 * @param subscription subscribes, to be run once
	 */
	default void subscribe(Runnable subscription) {
		subscription.run();
	}

	/**
	 * Return the context for what is followed.
	 * @param context the context of the subscriber
	 * @return the context
	 */
	default Context addToContext(Context context) {
		return context;
	}

	/**
	 * Let a listener follow each subscription.
	 * @param <T> the type of the elements
	 * @param source what to follow
	 * @param factory makes the listener of a subscription from the context of the
	 * subscriber
	 * @return the same elements
	 */
	static <T> Flux<T> follow(Publisher<T> source, Function<ContextView, AgentListener<T>> factory) {
		Assert.notNull(source, "'source' must not be null");
		Assert.notNull(factory, "'factory' must not be null");
		return Flux.deferContextual((context) -> new FollowedSubscription<>(factory.apply(context)).follow(source));
	}

}
