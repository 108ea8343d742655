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

package io.routekit.http;

import io.routekit.CallGuard;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Passes the signals of an HTTP client on. If somebody throws that gets them, the call
 * ends, and the HTTP client does not notice but that it is cancelled.
 *
 * @param <T> the type of the elements
 */
final class TransportSubscriber<T> implements CoreSubscriber<T>, Subscription {

	private final CoreSubscriber<? super T> actual;

	private @Nullable Subscription upstream;

	private boolean ended;

	TransportSubscriber(CoreSubscriber<? super T> actual) {
		this.actual = actual;
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		if (Operators.validate(this.upstream, upstream)) {
			this.upstream = upstream;
			try {
				this.actual.onSubscribe(this);
			}
			catch (Throwable ex) {
				end(ex);
			}
		}
	}

	@Override
	public void onNext(T element) {
		if (this.ended) {
			if (element instanceof DataBuffer buffer) {
				DataBufferUtils.release(buffer);
			}
			return;
		}
		try {
			this.actual.onNext(element);
		}
		catch (Throwable ex) {
			end(ex);
		}
	}

	@Override
	public void onError(Throwable failure) {
		if (this.ended) {
			return;
		}
		try {
			this.actual.onError(failure);
		}
		catch (Throwable ex) {
			end(ex);
		}
	}

	@Override
	public void onComplete() {
		if (this.ended) {
			return;
		}
		try {
			this.actual.onComplete();
		}
		catch (Throwable ex) {
			end(ex);
		}
	}

	private void end(Throwable thrown) {
		this.ended = true;
		cancel();
		CallGuard.fail(this.actual, thrown);
		CallGuard.reportIfFatal(thrown);
	}

	@Override
	public void request(long count) {
		if (this.upstream != null) {
			this.upstream.request(count);
		}
	}

	@Override
	public void cancel() {
		if (this.upstream != null) {
			this.upstream.cancel();
		}
	}

}
