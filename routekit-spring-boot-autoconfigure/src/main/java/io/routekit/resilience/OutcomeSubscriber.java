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

import java.util.concurrent.atomic.AtomicBoolean;

import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Passes all signals through and tells a {@link CallOutcome} before the last one, so that
 * who makes the next call on that signal finds this one ended. The last event of an
 * answer is such a signal as well.
 *
 * @param <T> the type of the elements
 */
final class OutcomeSubscriber<T> implements CoreSubscriber<T>, Subscription {

	private final CoreSubscriber<? super T> actual;

	private final CallOutcome outcome;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile boolean answering;

	private @Nullable Subscription upstream;

	private OutcomeSubscriber(CoreSubscriber<? super T> actual, CallOutcome outcome) {
		this.actual = actual;
		this.outcome = outcome;
	}

	static <T> Mono<T> observe(Mono<T> call, CallOutcome outcome) {
		return call.transform(Operators.<T, T>lift((source, actual) -> new OutcomeSubscriber<>(actual, outcome)));
	}

	static <T> Flux<T> observe(Flux<T> call, CallOutcome outcome) {
		return call.transform(Operators.<T, T>lift((source, actual) -> new OutcomeSubscriber<>(actual, outcome)));
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.validate(this.upstream, subscription)) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
		}
	}

	@Override
	public void onNext(T element) {
		this.answering = true;
		boolean last = element instanceof ModelResponse || element instanceof StreamEvent.Completed;
		if (last && end()) {
			this.outcome.succeeded();
		}
		this.actual.onNext(element);
	}

	@Override
	public void onError(Throwable failure) {
		if (end()) {
			this.outcome.failed(failure);
		}
		this.actual.onError(failure);
	}

	@Override
	public void onComplete() {
		if (end()) {
			this.outcome.succeeded();
		}
		this.actual.onComplete();
	}

	@Override
	public void request(long n) {
		if (this.upstream != null) {
			this.upstream.request(n);
		}
	}

	@Override
	public void cancel() {
		// What the model makes of it is no outcome any more
		boolean first = end();
		try {
			if (this.upstream != null) {
				this.upstream.cancel();
			}
		}
		finally {
			if (first) {
				this.outcome.cancelled(this.answering);
			}
		}
	}

	private boolean end() {
		return this.ended.compareAndSet(false, true);
	}

}
