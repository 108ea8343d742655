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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.routekit.CallGuard;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyDecoder;
import io.routekit.wire.ReplyReader;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ResponseEntity;

/**
 * The subscription to the events of one answer. Everything that happens is noted and then
 * handled in {@link #drain()}, which one thread at a time runs; so only the notes need
 * care with threads, and whatever comes first, be it the head, a deadline or the caller's
 * leaving, decides alone what becomes of the connection and the buffers. Whatever is
 * thrown meanwhile ends the answer before it is thrown on.
 */
final class ReplySubscriber implements Subscription {

	private static final AtomicIntegerFieldUpdater<ReplySubscriber> WORK = AtomicIntegerFieldUpdater
		.newUpdater(ReplySubscriber.class, "work");

	private static final AtomicLongFieldUpdater<ReplySubscriber> REQUESTED = AtomicLongFieldUpdater
		.newUpdater(ReplySubscriber.class, "requested");

	private static final long DRAIN_MILLIS = 1000;

	/**
	 * How many buffers may be on the way if all events are asked for. They only pile up
	 * where the thread that handles them is not the one that reads.
	 */
	private static final int PREFETCH = 32;

	private final CoreSubscriber<? super StreamEvent> actual;

	private final ReplyOpener opener;

	private final CallConnection connection;

	private final Deadlines deadlines;

	private final @Nullable ModelCall call;

	private final CallTimer timer = new CallTimer(this::onTimer);

	private final ReplyHead head;

	private final ReplyBody body;

	private final ArrayDeque<StreamEvent> events = new ArrayDeque<>();

	// Nothing is handled before the subscriber has its subscription
	private volatile int work = 1;

	private volatile long requested;

	private volatile boolean cancelled;

	private volatile boolean timerFired;

	private Reply reply;

	private @Nullable KeptSize kept;

	private @Nullable ReplyReader reader;

	private @Nullable ReplyDecoder decoder;

	private @Nullable Throwable failure;

	private @Nullable Throwable thrown;

	private boolean opened;

	private boolean terminated;

	private boolean signalled;

	private boolean eventSeen;

	private long lastEvent;

	private boolean paused;

	private Disposable drainTimer = Disposables.disposed();

	ReplySubscriber(CoreSubscriber<? super StreamEvent> actual, ReplyOpener opener, CallConnection connection,
			Deadlines deadlines) {
		this.actual = actual;
		this.opener = opener;
		this.connection = connection;
		this.deadlines = deadlines;
		this.reply = opener.noReply();
		this.call = ModelCall.from(actual.currentContext());
		this.head = new ReplyHead(connection, actual.currentContext(), this::drain);
		this.body = new ReplyBody(actual.currentContext(), this::drain);
	}

	void start(Mono<ResponseEntity<Flux<DataBuffer>>> head) {
		Throwable thrown = null;
		try {
			this.actual.onSubscribe(this);
			if (!this.cancelled) {
				// The time counts even if nothing is asked for
				armTimer(this.deadlines.beforeHead(false));
				head.subscribe(this.head);
			}
		}
		catch (Throwable ex) {
			thrown = ex;
			abort(ex);
		}
		handle(thrown);
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
		if (WORK.getAndIncrement(this) == 0) {
			handle(null);
		}
	}

	private void handle(@Nullable Throwable thrownBefore) {
		Throwable thrown = thrownBefore;
		int missed = 1;
		do {
			try {
				handleNotes();
			}
			catch (Throwable ex) {
				abort(ex);
				this.thrown = ex;
			}
			thrown = (thrown != null) ? thrown : this.thrown;
			this.thrown = null;
			missed = WORK.addAndGet(this, -missed);
		}
		while (missed != 0);
		if (thrown != null) {
			CallGuard.throwIfFatal(thrown);
		}
	}

	private void handleNotes() {
		if (this.cancelled && !this.terminated) {
			terminate(null);
		}
		boolean more;
		do {
			emit();
			if (this.terminated) {
				awaitSubscriber();
				cleanUp();
				return;
			}
			ReplyDecoder decoder = this.decoder;
			more = (decoder != null) ? handleBody(decoder) : handleHead();
		}
		while (more);
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
		if (this.terminated && !this.signalled && !this.cancelled && isAllEmitted()) {
			this.signalled = true;
			releaseMemory();
			if (this.failure != null) {
				this.actual.onError(this.failure);
			}
			else {
				this.actual.onComplete();
			}
		}
	}

	// An error that is about to be thrown waits for nobody
	private boolean isAllEmitted() {
		return this.events.isEmpty() || this.thrown != null;
	}

	private boolean handleHead() {
		// Read before the head, so that it is not overlooked
		boolean ended = this.head.isEnded();
		boolean fired = this.timerFired;
		ResponseEntity<Flux<DataBuffer>> head = this.head.take();
		if (head != null) {
			open(head);
			return true;
		}
		if (ended) {
			failToOpen(this.head.failure());
			return true;
		}
		if (fired) {
			this.timerFired = false;
			checkDeadlines();
		}
		return this.terminated;
	}

	private void failToOpen(@Nullable Throwable failure) {
		Reply noReply = this.opener.noReply();
		terminate((failure != null) ? TransportErrors.ofRequest(noReply, failure) : TransportErrors.ofNothing(noReply));
	}

	private void open(ResponseEntity<Flux<DataBuffer>> head) {
		this.opened = true;
		this.lastEvent = System.nanoTime();
		try {
			this.reply = this.opener.reply(head);
			KeptSize kept = new KeptSize(this.reply, this.opener.inFlight());
			this.kept = kept;
			ReplyReader reader = this.opener.read(this.reply, kept);
			this.reader = reader;
			this.decoder = new ReplyDecoder(this.reply, kept, reader, this.events);
		}
		catch (Throwable ex) {
			failReading(ex);
		}
		subscribeTo(head.getBody());
	}

	private void subscribeTo(@Nullable Flux<DataBuffer> body) {
		((body != null) ? body : Flux.<DataBuffer>empty()).subscribe(this.body);
	}

	private boolean handleBody(ReplyDecoder decoder) {
		// Read before the queue, so that no buffer is overlooked
		boolean ended = this.body.isEnded();
		boolean fired = this.timerFired;
		DataBuffer buffer = this.body.take();
		if (buffer != null) {
			decode(buffer, decoder);
		}
		else if (ended) {
			end(decoder);
		}
		if (fired && !this.terminated) {
			// Not only once there are no buffers: some servers never stop
			this.timerFired = false;
			checkDeadlines();
			return true;
		}
		if (buffer == null && !ended) {
			requestBuffers();
			return false;
		}
		return true;
	}

	private void decode(DataBuffer buffer, ReplyDecoder decoder) {
		try {
			boolean finishedBefore = decoder.isFinished();
			if (decoder.decode(buffer)) {
				this.lastEvent = System.nanoTime();
				if (!this.eventSeen || decoder.isFinished() != finishedBefore) {
					this.eventSeen = true;
					armTimer(deadlineOfServer());
				}
			}
			tellProgress();
		}
		catch (Throwable ex) {
			failReading(ex);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
		if (!this.terminated && decoder.isDone()) {
			complete(decoder);
		}
	}

	private void tellProgress() {
		if (this.call == null || this.reader == null) {
			return;
		}
		ModelResponse response = this.reader.progress();
		if (response != null) {
			this.call.update(response);
		}
	}

	private void tellLastProgress(Throwable failure) {
		try {
			tellProgress();
		}
		catch (Throwable ex) {
			if (ex != failure) {
				failure.addSuppressed(ex);
			}
		}
	}

	private void complete(ReplyDecoder decoder) {
		try {
			decoder.end();
			terminate(null);
		}
		catch (Throwable ex) {
			failReading(ex);
		}
	}

	private void failReading(Throwable ex) {
		if (Exceptions.isFatal(ex)) {
			this.thrown = ex;
		}
		tellLastProgress(ex);
		terminate((ex instanceof ModelException answered) ? answered : TransportErrors.ofDefect(this.reply, ex));
	}

	private void end(ReplyDecoder decoder) {
		Throwable bodyFailure = this.body.failure();
		if (bodyFailure == null) {
			complete(decoder);
		}
		else {
			completeOr(TransportErrors.ofBody(this.reply, bodyFailure));
		}
	}

	// What has arrived may be all there is
	private void completeOr(ModelException failure) {
		ReplyDecoder decoder = this.decoder;
		boolean whole;
		try {
			whole = decoder != null && decoder.isWhole();
		}
		catch (Throwable ex) {
			failReading(ex);
			return;
		}
		if (whole && decoder != null) {
			complete(decoder);
		}
		else {
			tellLastProgress(failure);
			terminate(failure);
		}
	}

	// Decide the outcome. A whole answer leaves the rest of the body to be read, for a
	// short while; otherwise the connection is closed.
	private void terminate(@Nullable ModelException failure) {
		this.terminated = true;
		this.failure = (failure != null) ? this.opener.complete(failure, this.reply) : null;
		this.timer.dispose();
		if (this.cancelled) {
			this.events.clear();
		}
		if (failure != null || this.decoder == null || !this.decoder.isDone()) {
			close();
		}
		else if (!this.body.isEnded()) {
			this.drainTimer = Schedulers.parallel().schedule(this::closeBody, DRAIN_MILLIS, TimeUnit.MILLISECONDS);
			this.body.requestRest();
		}
	}

	// What is left of an ended answer takes memory until somebody asks for it
	private void awaitSubscriber() {
		if (this.signalled || this.cancelled || !this.deadlines.isSubscriberBound()) {
			return;
		}
		this.timerFired = false;
		Deadlines.Deadline deadline = this.deadlines.ofSubscriber(this.lastEvent);
		if (deadline == null || deadline.remaining() > 0) {
			armTimer(deadline);
			return;
		}
		this.events.clear();
		if (this.failure == null) {
			this.failure = this.opener.complete(TransportErrors.ofTimeout(this.reply, deadline), this.reply);
		}
		close();
		emit();
	}

	private void close() {
		if (this.opened) {
			closeBody();
		}
		else {
			this.head.giveUp();
		}
	}

	// Not every HTTP client closes the connection of a body that is cancelled
	private void closeBody() {
		if (!this.body.isEnded()) {
			this.body.cancel();
			this.connection.close();
		}
	}

	// Also of what arrives after the end, from whichever thread
	private void cleanUp() {
		if (this.signalled || this.cancelled) {
			this.timer.dispose();
			releaseMemory();
		}
		ResponseEntity<Flux<DataBuffer>> late = this.head.take();
		if (late != null) {
			// Its buffers are released by who brings them, once somebody cancels
			this.opened = true;
			this.body.cancel();
			subscribeTo(late.getBody());
		}
		this.body.release();
		if (this.body.isEnded()) {
			this.drainTimer.dispose();
		}
		if (this.signalled || this.cancelled) {
			this.events.clear();
		}
	}

	private void releaseMemory() {
		if (this.kept != null) {
			this.kept.release();
		}
	}

	// Something has thrown that must not: the subscriber, the HTTP client, the machine
	private void abort(Throwable thrown) {
		this.terminated = true;
		Throwable failure = (this.failure != null) ? this.failure : thrown;
		boolean missed = !this.signalled;
		this.signalled = true;
		try {
			this.timer.dispose();
			this.drainTimer.dispose();
			close();
			cleanUp();
		}
		catch (Throwable ex) {
			if (ex != thrown) {
				thrown.addSuppressed(ex);
			}
		}
		if (missed) {
			CallGuard.fail(this.actual, failure);
		}
	}

	private void checkDeadlines() {
		Deadlines.Deadline deadline = nextDeadline();
		if (deadline == null || deadline.remaining() > 0) {
			armTimer(deadline);
		}
		else if (this.opened) {
			completeOr(TransportErrors.ofTimeout(this.reply, deadline));
		}
		else {
			terminate(TransportErrors.ofNoHead(this.opener.noReply(), deadline));
		}
	}

	private void armTimer(Deadlines.@Nullable Deadline deadline) {
		if (deadline != null) {
			this.timer.arm(deadline);
		}
	}

	private Deadlines.@Nullable Deadline nextDeadline() {
		if (!this.opened) {
			return this.deadlines.beforeHead(this.head.isConnected());
		}
		boolean serverIsAsked = this.body.outstanding() > 0 || !this.body.isOpen();
		if (serverIsAsked) {
			return deadlineOfServer();
		}
		return (this.requested == 0) ? this.deadlines.whileUnasked(this.lastEvent) : this.deadlines.total();
	}

	private Deadlines.@Nullable Deadline deadlineOfServer() {
		if (this.decoder != null && this.decoder.isFinished()) {
			return this.deadlines.afterFinish(this.lastEvent);
		}
		return this.eventSeen ? this.deadlines.afterEvent(this.lastEvent) : this.deadlines.beforeEvent();
	}

	// Ask for more of the body if more events are asked for. The time in which none are
	// asked for is not the server's.
	private void requestBuffers() {
		boolean all = this.requested == Long.MAX_VALUE;
		if (!this.body.isOpen() || this.body.outstanding() > (all ? PREFETCH / 2 : 0)) {
			return;
		}
		if (this.requested == 0) {
			this.paused = true;
			if (!this.timer.isArmed() || this.deadlines.isSubscriberBound()) {
				armTimer(this.deadlines.whileUnasked(this.lastEvent));
			}
			return;
		}
		if (this.paused) {
			this.paused = false;
			this.lastEvent = System.nanoTime();
		}
		int count = all ? PREFETCH - this.body.outstanding() : 1;
		// It is not armed if it fired while nothing was asked for
		if (!this.timer.isArmed()) {
			armTimer(deadlineOfServer());
		}
		this.body.request(count);
	}

}
