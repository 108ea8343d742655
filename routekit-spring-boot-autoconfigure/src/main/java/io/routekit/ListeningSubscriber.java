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

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Passes all signals through, and tells a {@link ListenedCall} about them before. A
 * single operator in place of several {@code doOn…} ones keeps the cost of an event low.
 *
 * @param <T> the type of the elements: the response, or the events of a stream
 */
final class ListeningSubscriber<T> implements CoreSubscriber<T>, Subscription {

	private final CoreSubscriber<? super T> actual;

	private final ListenedCall call;

	private final Context context;

	private @Nullable Subscription upstream;

	ListeningSubscriber(CoreSubscriber<? super T> actual, ListenedCall call, Context context) {
		this.actual = actual;
		this.call = call;
		this.context = context;
	}

	@Override
	public Context currentContext() {
		return this.context;
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
		if (element instanceof StreamEvent event) {
			this.call.event(event);
		}
		else if (element instanceof ModelResponse response) {
			this.call.succeed(response);
		}
		this.actual.onNext(element);
	}

	@Override
	public void onError(Throwable failure) {
		this.call.fail(failure);
		this.actual.onError(failure);
	}

	@Override
	public void onComplete() {
		this.call.succeed(null);
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
		this.call.cancel(this::cancelUpstream);
	}

	private void cancelUpstream() {
		if (this.upstream != null) {
			this.upstream.cancel();
		}
	}

}
