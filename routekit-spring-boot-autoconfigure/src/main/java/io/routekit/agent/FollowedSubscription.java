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

import java.util.concurrent.atomic.AtomicBoolean;

import io.routekit.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

/**
 * A subscription that an {@link AgentListener} follows, which is told of one end.
 *
 * @param <T> the type of the elements
 */
final class FollowedSubscription<T> {

	private final AgentListener<T> listener;

	private final AtomicBoolean ended = new AtomicBoolean();

	FollowedSubscription(AgentListener<T> listener) {
		this.listener = listener;
	}

	Flux<T> follow(Publisher<T> source) {
		// A cancellation reaches the source before the hook of the finally
		Flux<T> followed = Flux.from(source)
			.doOnNext(this::next)
			.doOnComplete(() -> end(Outcome.SUCCESS, null))
			.doOnError((failure) -> end(Outcome.ERROR, failure))
			.doFinally(this::cancelled)
			.contextWrite(this.listener::addToContext);
		return Flux.from((subscriber) -> subscribe(() -> followed.subscribe(subscriber)));
	}

	private void subscribe(Runnable subscription) {
		try {
			this.listener.subscribe(subscription);
		}
		catch (Throwable ex) {
			end(Outcome.ERROR, ex);
			throw ex;
		}
	}

	private void next(T element) {
		if (!this.ended.get() && this.listener.onNext(element)) {
			end(Outcome.SUCCESS, null);
		}
	}

	private void cancelled(SignalType signal) {
		if (signal == SignalType.CANCEL) {
			end(Outcome.CANCELLED, null);
		}
	}

	private void end(Outcome outcome, @Nullable Throwable failure) {
		if (this.ended.compareAndSet(false, true)) {
			this.listener.onEnd(outcome, failure);
		}
	}

}
