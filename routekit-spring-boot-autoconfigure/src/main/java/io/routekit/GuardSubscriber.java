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

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Passes the signals of a call on until its end, and ends it if something throws.
 * <p>
 * The guard of a call is found in the context of all that is subscribed to for it, so
 * that the guards of the calls within know it. When the subscriber of one of these
 * throws, that is an operator between the two, of which nobody knows what it still does;
 * so the outer call ends, rather than to send one more signal through.
 *
 * @param <T> the type of the elements
 */
final class GuardSubscriber<T> implements CoreSubscriber<T>, Subscription {

	private final CoreSubscriber<? super T> actual;

	private final Context context;

	private final @Nullable GuardSubscriber<?> outer;

	private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

	private volatile @Nullable Subscription upstream;

	private volatile boolean subscribed;

	private @Nullable GuardSubscriber<?> lastInner;

	private @Nullable GuardSubscriber<?> previous;

	/**
	 * Create a new {@link GuardSubscriber} instance.
	 * @param actual the subscriber to guard
	 * @param begun the call that begins with it, or {@code null} if none does
	 */
	GuardSubscriber(CoreSubscriber<? super T> actual, @Nullable ModelCall begun) {
		this.actual = actual;
		this.outer = around(actual);
		Context context = actual.currentContext().put(GuardSubscriber.class, this);
		this.context = (begun != null) ? context.put(ModelCall.class, begun) : context;
		if (this.outer != null) {
			this.outer.adopt(this);
		}
	}

	/**
	 * Return the guard of the call that a subscriber works for.
	 * @param subscriber the subscriber
	 * @return the guard, or {@code null} if there is none
	 */
	static @Nullable GuardSubscriber<?> around(CoreSubscriber<?> subscriber) {
		return subscriber.currentContext().getOrDefault(GuardSubscriber.class, null);
	}

	void subscribeTo(Publisher<T> source) {
		try {
			source.subscribe(this);
		}
		catch (Throwable ex) {
			fail(ex);
			CallGuard.throwIfFatal(ex);
		}
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		if (this.upstream != null || this.state.get() != State.OPEN) {
			// Reactor has a second one for what throws late
			upstream.cancel();
			return;
		}
		this.upstream = upstream;
		this.subscribed = true;
		try {
			this.actual.onSubscribe(this);
		}
		catch (Throwable ex) {
			thrownBySubscriber(ex);
		}
	}

	@Override
	public void onNext(T element) {
		if (this.state.get() != State.OPEN) {
			return;
		}
		try {
			this.actual.onNext(element);
		}
		catch (Throwable ex) {
			thrownBySubscriber(ex);
		}
	}

	@Override
	public void onError(Throwable failure) {
		if (end()) {
			signal(failure);
		}
	}

	@Override
	public void onComplete() {
		if (!end()) {
			return;
		}
		try {
			ensureSubscribed();
			this.actual.onComplete();
		}
		catch (Throwable ex) {
			thrownAtTheEnd(ex);
		}
	}

	@Override
	public void request(long count) {
		Subscription upstream = this.upstream;
		try {
			if (upstream != null) {
				upstream.request(count);
			}
		}
		catch (Throwable ex) {
			// Some sources emit while they are asked to
			fail(ex);
			CallGuard.throwIfFatal(ex);
		}
	}

	@Override
	public void cancel() {
		if (this.state.compareAndSet(State.OPEN, State.CANCELLED)) {
			try {
				cancelUpstream();
			}
			catch (Throwable ex) {
				abandonInner(ex);
				throw ex;
			}
		}
	}

	/**
	 * End the call by an error.
	 * @param thrown what was thrown
	 */
	void fail(Throwable thrown) {
		if (end()) {
			giveUp(thrown);
			signal(thrown);
		}
	}

	private boolean end() {
		return this.state.compareAndSet(State.OPEN, State.ENDED);
	}

	private void thrownBySubscriber(Throwable thrown) {
		State before = this.state.getAndSet(State.ENDED);
		if (before == State.OPEN) {
			giveUp(thrown);
		}
		// Some operators cancel before they pass their last element on
		if (before != State.ENDED) {
			CallGuard.fail(this.actual, thrown);
		}
		CallGuard.throwIfFatal(thrown);
	}

	private void signal(Throwable failure) {
		try {
			ensureSubscribed();
			this.actual.onError(failure);
		}
		catch (Throwable ex) {
			addSuppressed(ex, failure);
			thrownAtTheEnd(ex);
		}
	}

	private void thrownAtTheEnd(Throwable thrown) {
		if (this.outer != null) {
			this.outer.fail(thrown);
		}
		else {
			LastSignal.afterOne(this.actual, thrown);
		}
		CallGuard.throwIfFatal(thrown);
	}

	private void ensureSubscribed() {
		if (!this.subscribed) {
			this.subscribed = true;
			this.actual.onSubscribe(Operators.emptySubscription());
		}
	}

	private void giveUp(Throwable thrown) {
		try {
			cancelUpstream();
			if (this.upstream == null) {
				abandonInner(thrown);
			}
		}
		catch (Throwable ex) {
			abandonInner(thrown);
			addSuppressed(thrown, ex);
		}
	}

	private void cancelUpstream() {
		Subscription upstream = this.upstream;
		if (upstream != null) {
			upstream.cancel();
		}
	}

	private synchronized void adopt(GuardSubscriber<?> inner) {
		GuardSubscriber<?> last = this.lastInner;
		while (last != null && last.state.get() != State.OPEN) {
			last = last.previous;
		}
		inner.previous = last;
		this.lastInner = inner;
	}

	// Cancels the calls within where the operators in between do not
	private void abandonInner(Throwable thrown) {
		GuardSubscriber<?> inner;
		synchronized (this) {
			inner = this.lastInner;
		}
		while (inner != null) {
			try {
				inner.cancel();
			}
			catch (Throwable ex) {
				addSuppressed(thrown, ex);
			}
			inner = inner.previous;
		}
	}

	private static void addSuppressed(Throwable thrown, Throwable further) {
		if (thrown != further) {
			thrown.addSuppressed(further);
		}
	}

	/**
	 * Where the call stands.
	 */
	private enum State {

		OPEN, ENDED, CANCELLED

	}

}
