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

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.ResponseProgress;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The events of one answer, from the buffers of its body. It asks for buffers as events
 * are asked for, gives the answer up at its {@link Deadlines}, and after the last event
 * reads what little is left of the body, so that the connection can be used again.
 */
final class ReplyFlux extends Flux<StreamEvent> {

	private static final long DRAIN_MILLIS = 1000;

	/**
	 * How many buffers may be on the way if all events are asked for. They only pile up
	 * where the thread that handles them is not the one that reads.
	 */
	private static final int PREFETCH = 32;

	private final Publisher<DataBuffer> body;

	private final Reply reply;

	private final KeptSize kept;

	private final ReplyReader reader;

	private final Deadlines deadlines;

	private final CallTimer timer;

	ReplyFlux(Publisher<DataBuffer> body, Reply reply, KeptSize kept, ReplyReader reader, Deadlines deadlines,
			CallTimer timer) {
		this.body = body;
		this.reply = reply;
		this.kept = kept;
		this.reader = reader;
		this.deadlines = deadlines;
		this.timer = timer;
	}

	@Override
	public void subscribe(CoreSubscriber<? super StreamEvent> actual) {
		this.body.subscribe(new ReplySubscriber(actual, this));
	}

	/**
	 * Everything that happens is noted and then handled in {@link #drain()}, which one
	 * thread at a time runs; so only the notes need care with threads.
	 */
	private static final class ReplySubscriber implements CoreSubscriber<DataBuffer>, Subscription {

		private static final AtomicIntegerFieldUpdater<ReplySubscriber> WORK = AtomicIntegerFieldUpdater
			.newUpdater(ReplySubscriber.class, "work");

		private static final AtomicLongFieldUpdater<ReplySubscriber> REQUESTED = AtomicLongFieldUpdater
			.newUpdater(ReplySubscriber.class, "requested");

		private final CoreSubscriber<? super StreamEvent> actual;

		private final Reply reply;

		private final Deadlines deadlines;

		private final CallTimer timer;

		private final ReplyReader reader;

		private final ReplyDecoder decoder;

		private final @Nullable ResponseProgress progress;

		private final Queue<DataBuffer> buffers = Queues.<DataBuffer>unbounded(16).get();

		private final ArrayDeque<StreamEvent> events = new ArrayDeque<>();

		private volatile int work;

		private volatile long requested;

		private volatile boolean cancelled;

		private volatile boolean bodyEnded;

		private volatile boolean timerFired;

		private volatile boolean terminated;

		private @Nullable Throwable bodyFailure;

		private @Nullable Throwable failure;

		private boolean eventSeen;

		private long lastEvent;

		private int outstanding;

		private boolean paused = true;

		private boolean signalled;

		private Subscription upstream = Operators.emptySubscription();

		private Disposable drainTimer = Disposables.disposed();

		ReplySubscriber(CoreSubscriber<? super StreamEvent> actual, ReplyFlux source) {
			this.actual = actual;
			this.reply = source.reply;
			this.deadlines = source.deadlines;
			this.timer = source.timer;
			this.reader = source.reader;
			this.decoder = new ReplyDecoder(source.reply, source.kept, source.reader, this.events);
			this.progress = ResponseProgress.from(actual.currentContext());
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription upstream) {
			this.upstream = upstream;
			this.timer.onFire(this::onTimer);
			this.actual.onSubscribe(this);
			// The time counts even if nothing is asked for
			drain();
		}

		@Override
		public void onNext(DataBuffer buffer) {
			this.buffers.offer(buffer);
			drain();
		}

		@Override
		public void onError(Throwable failure) {
			this.bodyFailure = failure;
			this.bodyEnded = true;
			drain();
		}

		@Override
		public void onComplete() {
			this.bodyEnded = true;
			drain();
		}

		@Override
		public void request(long count) {
			if (Operators.validate(count)) {
				Operators.addCap(REQUESTED, this, count);
				drain();
			}
		}

		@Override
		public void cancel() {
			this.cancelled = true;
			drain();
		}

		private void onTimer() {
			this.timerFired = true;
			drain();
		}

		private void drain() {
			if (WORK.getAndIncrement(this) != 0) {
				return;
			}
			int missed = 1;
			do {
				if (this.cancelled && !this.terminated) {
					terminate(null);
				}
				run();
				missed = WORK.addAndGet(this, -missed);
			}
			while (missed != 0);
		}

		private void run() {
			while (true) {
				emit();
				if (this.terminated) {
					endOfBody();
					return;
				}
				// Read before the queue, so that no buffer is overlooked
				boolean ended = this.bodyEnded;
				boolean fired = this.timerFired;
				DataBuffer buffer = this.buffers.poll();
				if (buffer != null) {
					decode(buffer);
				}
				else if (ended) {
					end();
				}
				if (fired && !this.terminated) {
					// Not only once there are no buffers: some servers never stop
					this.timerFired = false;
					checkDeadlines();
				}
				else if (buffer == null && !ended) {
					requestBuffers();
					return;
				}
			}
		}

		private void emit() {
			long limit = this.requested;
			long emitted = 0;
			while (emitted != limit && !this.cancelled) {
				StreamEvent event = this.events.poll();
				if (event == null) {
					break;
				}
				this.actual.onNext(event);
				emitted++;
			}
			if (emitted != 0) {
				Operators.produced(REQUESTED, this, emitted);
				// The time of the subscriber is not the server's
				this.lastEvent = System.nanoTime();
			}
			if (this.cancelled && !this.terminated) {
				terminate(null);
			}
			if (this.terminated && this.events.isEmpty() && !this.signalled && !this.cancelled) {
				this.signalled = true;
				if (this.failure != null) {
					this.actual.onError(this.failure);
				}
				else {
					this.actual.onComplete();
				}
			}
		}

		private void decode(DataBuffer buffer) {
			this.outstanding--;
			try {
				boolean finishedBefore = this.decoder.isFinished();
				if (this.decoder.decode(buffer)) {
					this.lastEvent = System.nanoTime();
					if (!this.eventSeen || this.decoder.isFinished() != finishedBefore) {
						this.eventSeen = true;
						armTimer(deadlineOfServer());
					}
				}
			}
			catch (Throwable ex) {
				tellProgress();
				fail(ex);
			}
			finally {
				DataBufferUtils.release(buffer);
			}
			if (this.terminated) {
				return;
			}
			tellProgress();
			if (this.decoder.isDone()) {
				complete();
			}
		}

		private void tellProgress() {
			if (this.progress == null) {
				return;
			}
			ModelResponse response = this.reader.progress();
			if (response != null) {
				this.progress.update(response);
			}
		}

		private void complete() {
			try {
				this.decoder.end();
				terminate(null);
			}
			catch (Throwable ex) {
				tellProgress();
				fail(ex);
			}
		}

		private void fail(Throwable ex) {
			Exceptions.throwIfJvmFatal(ex);
			terminate((ex instanceof ModelException) ? ex : TransportErrors.ofDefect(this.reply, ex));
		}

		private void end() {
			Throwable bodyFailure = this.bodyFailure;
			if (bodyFailure == null) {
				complete();
			}
			else {
				completeOr(TransportErrors.ofBody(this.reply, bodyFailure));
			}
		}

		// What has arrived may be all there is
		private void completeOr(ModelException failure) {
			boolean whole;
			try {
				whole = this.decoder.isWhole();
			}
			catch (Throwable ex) {
				tellProgress();
				fail(ex);
				return;
			}
			if (whole) {
				complete();
			}
			else {
				tellProgress();
				terminate(failure);
			}
		}

		// Decide the outcome. A whole answer leaves the rest of the body to be read, for
		// a short while; otherwise the connection is closed.
		private void terminate(@Nullable Throwable failure) {
			this.terminated = true;
			this.failure = failure;
			this.timer.dispose();
			if (failure != null || !this.decoder.isDone()) {
				this.upstream.cancel();
				if (this.cancelled) {
					this.events.clear();
				}
				return;
			}
			if (!this.bodyEnded) {
				this.drainTimer = Schedulers.parallel()
					.schedule(this.upstream::cancel, DRAIN_MILLIS, TimeUnit.MILLISECONDS);
				this.upstream.request(Long.MAX_VALUE);
			}
		}

		private void endOfBody() {
			DataBuffer buffer;
			while ((buffer = this.buffers.poll()) != null) {
				DataBufferUtils.release(buffer);
			}
			if (this.bodyEnded) {
				this.drainTimer.dispose();
			}
			if (this.cancelled) {
				this.events.clear();
			}
		}

		private void checkDeadlines() {
			Deadlines.Deadline deadline = nextDeadline();
			if (deadline == null || deadline.remaining() > 0) {
				armTimer(deadline);
			}
			else {
				completeOr(TransportErrors.ofTimeout(this.reply, deadline));
			}
		}

		private void armTimer(Deadlines.@Nullable Deadline deadline) {
			if (deadline != null) {
				this.timer.arm(deadline);
			}
		}

		private Deadlines.@Nullable Deadline nextDeadline() {
			return (this.outstanding > 0) ? deadlineOfServer() : this.deadlines.total();
		}

		private Deadlines.@Nullable Deadline deadlineOfServer() {
			if (this.decoder.isFinished()) {
				return this.deadlines.afterFinish(this.lastEvent);
			}
			return this.eventSeen ? this.deadlines.afterEvent(this.lastEvent) : this.deadlines.beforeEvent();
		}

		// Ask for more of the body if more events are asked for. The time in which none
		// are asked for is not the server's.
		private void requestBuffers() {
			boolean all = this.requested == Long.MAX_VALUE;
			if (this.outstanding > (all ? PREFETCH / 2 : 0)) {
				return;
			}
			if (this.requested == 0) {
				this.paused = true;
				if (!this.timer.isArmed()) {
					armTimer(this.deadlines.total());
				}
				return;
			}
			int count = all ? PREFETCH - this.outstanding : 1;
			this.outstanding += count;
			if (this.paused) {
				this.paused = false;
				this.lastEvent = System.nanoTime();
			}
			// It is not armed if it fired while nothing was asked for
			if (!this.timer.isArmed()) {
				armTimer(deadlineOfServer());
			}
			this.upstream.request(count);
		}

	}

}
