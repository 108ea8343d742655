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

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * A stream that ends once, whatever is thrown.
 *
 * @param <T> the type of the events
 */
final class GuardedFlux<T> extends Flux<T> implements TransparentPublisher {

	private final Function<? super ContextView, ? extends Flux<T>> call;

	private final @Nullable Function<? super ContextView, ModelCall> beginning;

	/**
	 * Create a new {@link GuardedFlux} instance.
	 * @param call makes what is subscribed to
	 * @param beginning begins a call with each subscription, or {@code null} if they
	 * belong to calls that have begun
	 */
	GuardedFlux(Function<? super ContextView, ? extends Flux<T>> call,
			@Nullable Function<? super ContextView, ModelCall> beginning) {
		this.call = call;
		this.beginning = beginning;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		CallGuard.subscribe(this.call, this.beginning, actual);
	}

}
