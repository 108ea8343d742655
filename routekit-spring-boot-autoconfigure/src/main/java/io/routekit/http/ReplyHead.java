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

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The head of an answer, which is either passed on or given up, at a deadline or because
 * the caller has left, whatever comes first. Once it is passed on, a cancellation is the
 * business of whoever reads the body: the HTTP client would release the body under the
 * hands of its reader. A failure to get the head is told as one of the model.
 *
 * @param <T> the type of the head
 */
final class ReplyHead<T> extends MonoOperator<T, T> {

	private final Reply noReply;

	private final PendingConnection connection;

	private final CallTimer timer;

	private final Deadlines.@Nullable Deadline deadline;

	/**
	 * Create a new {@link ReplyHead} instance.
	 * @param source the head as the HTTP client gives it
	 * @param noReply stands in for the reply in failures
	 * @param connection the connection of the call, which the HTTP client finds in the
	 * context
	 * @param timer the timer of the call, which goes on with the body
	 * @param deadline the deadline of the head, if it has one
	 */
	ReplyHead(Mono<T> source, Reply noReply, PendingConnection connection, CallTimer timer,
			Deadlines.@Nullable Deadline deadline) {
		super(source);
		this.noReply = noReply;
		this.connection = connection;
		this.timer = timer;
		this.deadline = deadline;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.source.subscribe(new HeadSubscriber<>(actual, this));
	}

	private static final class HeadSubscriber<T> implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private final ReplyHead<T> head;

		private final Context context;

		private final AtomicBoolean decided = new AtomicBoolean();

		private Subscription upstream = Operators.emptySubscription();

		HeadSubscriber(CoreSubscriber<? super T> actual, ReplyHead<T> head) {
			this.actual = actual;
			this.head = head;
			this.context = actual.currentContext().put(PendingConnection.class, head.connection);
		}

		@Override
		public Context currentContext() {
			return this.context;
		}

		@Override
		public void onSubscribe(Subscription upstream) {
			this.upstream = upstream;
			Deadlines.Deadline deadline = this.head.deadline;
			if (deadline != null) {
				this.head.timer.onFire(() -> onTimer(deadline));
				this.head.timer.arm(deadline);
			}
			this.actual.onSubscribe(this);
		}

		private void onTimer(Deadlines.Deadline deadline) {
			if (this.decided.compareAndSet(false, true)) {
				giveUp();
				this.actual.onError(TransportErrors.ofNoHead(this.head.noReply, deadline));
			}
		}

		private void giveUp() {
			this.head.connection.cancel();
			this.upstream.cancel();
		}

		@Override
		public void onNext(T head) {
			if (this.decided.compareAndSet(false, true)) {
				this.actual.onNext(head);
				this.actual.onComplete();
			}
		}

		@Override
		public void onError(Throwable failure) {
			if (this.decided.compareAndSet(false, true)) {
				this.head.timer.dispose();
				this.actual.onError(TransportErrors.ofRequest(this.head.noReply, failure));
			}
			// Otherwise the call was cancelled, and the failure is that of its
			// cancellation
		}

		@Override
		public void onComplete() {
			if (this.decided.compareAndSet(false, true)) {
				this.head.timer.dispose();
				this.actual.onComplete();
			}
		}

		@Override
		public void request(long count) {
			this.upstream.request(count);
		}

		@Override
		public void cancel() {
			this.head.timer.dispose();
			if (this.decided.compareAndSet(false, true)) {
				giveUp();
			}
		}

	}

}
