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

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.routekit.Bystander;
import io.routekit.CallDeadline;
import io.routekit.CallEnd;
import io.routekit.CallGuard;
import io.routekit.CallListener;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * Limits how many calls of a model are under way at once, as its {@link Bulkhead} says.
 * Further calls wait for their turn, in the order in which they came, without a thread
 * and no longer than until their {@link CallDeadline}. A stream is under way until its
 * last event.
 * <p>
 * The queue is one of its own: Resilience4j's operator for Reactor refuses calls at once,
 * and its bulkheads wait for a permit only by blocking a thread, in no order.
 *
 * @since 0.1.0
 */
public final class ConcurrencyLimitFilter implements ModelFilter {

	private final Bulkhead bulkhead;

	private final Duration maxWait;

	private final String property;

	private final Set<Permit> queue = new LinkedHashSet<>();

	private final Object permits = new Object();

	private final AtomicInteger wakeups = new AtomicInteger();

	private final Bystander bystander = new Bystander("What a bulkhead tells of calls");

	/**
	 * Create a new {@link ConcurrencyLimitFilter} instance.
	 * @param bulkhead holds the permits, of which nobody else takes any; it must not wait
	 * for them itself
	 * @param maxWait how long a call waits for a permit, zero if it does not
	 * @param property the name of the property that configures the limit, for messages
	 */
	public ConcurrencyLimitFilter(Bulkhead bulkhead, Duration maxWait, String property) {
		Assert.notNull(bulkhead, "'bulkhead' must not be null");
		Assert.isTrue(bulkhead.getBulkheadConfig().getMaxWaitDuration().isZero(),
				"'bulkhead' must have a 'maxWaitDuration' of zero");
		Assert.notNull(maxWait, "'maxWait' must not be null");
		Assert.isTrue(!maxWait.isNegative(), "'maxWait' must not be negative");
		Assert.hasText(property, "'property' must not be empty");
		this.bulkhead = bulkhead;
		this.maxWait = maxWait;
		this.property = property;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return Mono.deferContextual((context) -> {
			Permit permit = new Permit(next, maxWait(context));
			Mono<ModelResponse> call = ModelFilter.ofListener((start) -> permit).chat(request, next);
			return permit.takeAtOnce() ? call
					: permit.await()
						.then(CallGuard.mono((turn) -> permit.use() ? call : Mono.empty()))
						.doOnCancel(permit::abandon);
		});
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return Flux.deferContextual((context) -> {
			Permit permit = new Permit(next, maxWait(context));
			Flux<StreamEvent> call = ModelFilter.ofListener((start) -> permit).stream(request, next);
			return permit.takeAtOnce() ? call
					: permit.await()
						.thenMany(CallGuard.flux((turn) -> permit.use() ? call : Flux.empty()))
						.doOnCancel(permit::abandon);
		});
	}

	@Override
	public int getOrder() {
		return CONCURRENCY_LIMIT_ORDER;
	}

	/**
	 * Return how many calls wait for their turn.
	 * @return the number of calls
	 */
	public int waiting() {
		synchronized (this.queue) {
			return this.queue.size();
		}
	}

	private Duration maxWait(ContextView context) {
		ModelCall call = ModelCall.from(context);
		CallDeadline deadline = (call != null) ? call.deadline() : null;
		Duration remaining = (deadline != null) ? deadline.remaining() : this.maxWait;
		return (remaining.compareTo(this.maxWait) < 0) ? remaining : this.maxWait;
	}

	private boolean isPermitFree() {
		return freePermits() > 0;
	}

	private int freePermits() {
		return this.bulkhead.getMetrics().getAvailableConcurrentCalls();
	}

	private boolean tryAcquire() {
		// An interrupted thread would get no permit, even if there is one
		boolean interrupted = Thread.interrupted();
		try {
			return acquire();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	// Whoever is told of a permit may throw, which says nothing of whether there was one
	private boolean acquire() {
		synchronized (this.permits) {
			int free = freePermits();
			try {
				this.bystander.tell(this.bulkhead::tryAcquirePermission);
			}
			catch (Throwable ex) {
				CallGuard.reportIfFatal(ex);
			}
			return freePermits() < free;
		}
	}

	private void release(Runnable release) {
		synchronized (this.permits) {
			release.run();
		}
	}

	private void enqueue(Permit permit) {
		synchronized (this.queue) {
			this.queue.add(permit);
		}
	}

	private void dequeue(Permit permit) {
		synchronized (this.queue) {
			this.queue.remove(permit);
		}
	}

	private @Nullable Permit poll() {
		synchronized (this.queue) {
			Iterator<Permit> permits = this.queue.iterator();
			if (!permits.hasNext()) {
				return null;
			}
			Permit permit = permits.next();
			permits.remove();
			return permit;
		}
	}

	// A call that ends while another is started only asks for one more round
	private void wakeUp() {
		if (this.wakeups.getAndIncrement() != 0) {
			return;
		}
		int served = 1;
		do {
			grantFreePermits();
			served = this.wakeups.addAndGet(-served);
		}
		while (served != 0);
	}

	private void grantFreePermits() {
		while (waiting() > 0 && isPermitFree() && tryAcquire()) {
			Permit permit = poll();
			if (permit == null || !permit.grant()) {
				release(this.bulkhead::releasePermission);
			}
		}
	}

	/**
	 * Where a call stands.
	 */
	private enum State {

		WAITING, REFUSED, HELD, USED, ENDED

	}

	/**
	 * The permit of one call.
	 */
	private final class Permit implements CallListener {

		private final ConcurrencyLimitFilter limit = ConcurrencyLimitFilter.this;

		private final Model model;

		private final Duration maxWait;

		private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

		private @Nullable MonoSink<Void> turn;

		private @Nullable Disposable timer;

		Permit(Model model, Duration maxWait) {
			this.model = model;
			this.maxWait = maxWait;
		}

		/**
		 * Take the permit if no other call waits for it.
		 * @return whether the call has its permit
		 */
		boolean takeAtOnce() {
			// A bulkhead counts and tells what it refuses, which a call that waits is not
			boolean taken = this.limit.waiting() == 0 && (this.maxWait.isZero() || this.limit.isPermitFree())
					&& this.limit.tryAcquire();
			if (taken) {
				this.state.set(State.USED);
			}
			return taken;
		}

		/**
		 * Wait for the permit.
		 * @return completes when it is the call's turn
		 */
		Mono<Void> await() {
			if (this.maxWait.isZero()) {
				return Mono.error(this::refusal);
			}
			return Mono.<Void>create(this::enqueue)
				.then(Mono.defer(() -> (this.state.get() != State.REFUSED) ? Mono.empty() : Mono.error(refusal())));
		}

		private void enqueue(MonoSink<Void> turn) {
			this.turn = turn;
			this.timer = Schedulers.parallel()
				.schedule(this::refuse, TimeUnit.NANOSECONDS.convert(this.maxWait), TimeUnit.NANOSECONDS);
			this.limit.enqueue(this);
			if (this.state.get() != State.WAITING) {
				leave();
			}
			this.limit.wakeUp();
		}

		private void leave() {
			this.limit.dequeue(this);
			if (this.timer != null) {
				this.timer.dispose();
			}
		}

		private void refuse() {
			if (this.state.compareAndSet(State.WAITING, State.REFUSED)) {
				this.limit.dequeue(this);
				proceed();
			}
		}

		/**
		 * Hand the permit to the call.
		 * @return whether the call still waits for it
		 */
		boolean grant() {
			boolean granted = this.state.compareAndSet(State.WAITING, State.HELD);
			if (granted) {
				leave();
				proceed();
			}
			return granted;
		}

		/**
		 * Begin the call, whose end gives the permit back from now on.
		 * @return whether the call has its permit
		 */
		boolean use() {
			return this.state.compareAndSet(State.HELD, State.USED);
		}

		/**
		 * Do without the permit, as the caller has left before the call began.
		 */
		void abandon() {
			if (this.state.compareAndSet(State.WAITING, State.ENDED)) {
				leave();
			}
			else if (this.state.compareAndSet(State.HELD, State.ENDED)) {
				giveBack();
			}
		}

		private void proceed() {
			try {
				if (this.turn != null) {
					this.turn.success();
				}
			}
			catch (Throwable ex) {
				// The call has ended by it. It is nothing to the one whose end it
				// follows,
				// nor to the others that wait
				end();
				CallGuard.reportIfFatal(ex);
			}
		}

		private ModelException refusal() {
			int calls = this.limit.bulkhead.getBulkheadConfig().getMaxConcurrentCalls();
			String waited = this.maxWait.isZero() ? ""
					: " and none ended within %s ms".formatted(this.maxWait.toMillis());
			return ModelException
				.builder(Kind.CONCURRENCY_LIMIT,
						"The limit of %s calls of the model '%s' at once is reached%s (%s)".formatted(calls,
								this.model.name(), waited, this.limit.property))
				.provider(this.model.provider())
				.model(this.model.name())
				.build();
		}

		@Override
		public void onEnd(CallEnd end) {
			end();
		}

		private void end() {
			State last = this.state.getAndSet(State.ENDED);
			if (last == State.HELD || last == State.USED) {
				giveBack();
			}
		}

		private void giveBack() {
			try {
				this.limit.release(() -> this.limit.bystander.tell(this.limit.bulkhead::onComplete));
			}
			finally {
				this.limit.wakeUp();
			}
		}

	}

}
