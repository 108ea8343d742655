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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.scheduler.Schedulers;

/**
 * The subscriber of one call among many, be it for an answer or for a stream. It asks as
 * it is told to, and notes what it gets that it should not.
 */
final class ChaosCall implements CoreSubscriber<Object> {

	private final int number;

	private final Demand demand;

	private final Ends ends;

	private final StringBuilder text = new StringBuilder();

	private final AtomicLong asked = new AtomicLong();

	private final AtomicInteger signals = new AtomicInteger();

	private final AtomicBoolean over = new AtomicBoolean();

	private @Nullable Subscription subscription;

	private @Nullable ModelResponse answer;

	ChaosCall(int number, Demand demand, Ends ends) {
		this.number = number;
		this.demand = demand;
		this.ends = ends;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		switch (this.demand) {
			case ALL -> ask(Long.MAX_VALUE);
			case ONE_AT_A_TIME -> ask(1);
			case NONE -> Schedulers.parallel().schedule(this::cancel, 10, TimeUnit.MILLISECONDS);
		}
	}

	private void ask(long count) {
		this.asked.addAndGet(count);
		this.subscription.request(count);
	}

	private void cancel() {
		this.subscription.cancel();
		if (this.over.compareAndSet(false, true)) {
			this.ends.cancelled(this.number);
		}
	}

	@Override
	public void onNext(Object element) {
		if (this.asked.getAndDecrement() <= 0) {
			this.ends.problem(this.number, "got what it had not asked for");
		}
		if (this.signals.get() > 0) {
			this.ends.problem(this.number, "got something after the end");
		}
		if (element instanceof ModelResponse response) {
			this.answer = response;
		}
		else if (element instanceof StreamEvent.Text part) {
			this.text.append(part.text());
		}
		else if (element instanceof StreamEvent.Completed completed) {
			this.answer = completed.response();
			if (!this.text.toString().equals(this.answer.content())) {
				this.ends.problem(this.number, "had another text in its events");
			}
		}
		if (this.demand == Demand.ONE_AT_A_TIME) {
			// In a later turn of another thread
			Schedulers.parallel().schedule(() -> ask(1));
		}
	}

	@Override
	public void onError(Throwable failure) {
		end(null, failure);
	}

	@Override
	public void onComplete() {
		end(this.answer, null);
	}

	private void end(@Nullable ModelResponse response, @Nullable Throwable failure) {
		if (this.signals.incrementAndGet() > 1) {
			this.ends.problem(this.number, "ended more than once");
		}
		if (this.over.compareAndSet(false, true)) {
			this.ends.ended(this.number, response, failure);
		}
	}

	/**
	 * What a subscriber asks for.
	 */
	enum Demand {

		/**
		 * All at once.
		 */
		ALL,

		/**
		 * The next event some time after each event.
		 */
		ONE_AT_A_TIME,

		/**
		 * Nothing, until it cancels.
		 */
		NONE

	}

	/**
	 * Is told how calls end.
	 */
	interface Ends {

		/**
		 * A call has ended by itself.
		 */
		void ended(int number, @Nullable ModelResponse response, @Nullable Throwable failure);

		/**
		 * A call was cancelled.
		 */
		void cancelled(int number);

		/**
		 * A call did what it must not do.
		 */
		void problem(int number, String problem);

	}

}
