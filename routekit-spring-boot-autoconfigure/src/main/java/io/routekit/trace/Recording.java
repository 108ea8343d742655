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

package io.routekit.trace;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.routekit.ModelConfigurationException;
import io.routekit.OneLine;
import io.routekit.memory.MemoryBudget;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Recorded calls, each of which answers one request. Thread-safe.
 */
final class Recording implements CallSink {

	private static final Log logger = LogFactory.getLog(Recording.class);

	private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(30);

	private static final int MAX_LENGTH = 1000;

	private final RecordingFile file;

	private final RecordingMatcher matcher;

	private final RedactedCall redaction;

	private final UnusedCalls calls;

	private final AtomicLong count;

	private final MemoryBudget budget = MemoryBudget.ofHeap(TraceWriter.PARTS_OF_HEAP);

	private final CallQueue<TracedCall> queue = new CallQueue<>(Integer.MAX_VALUE, this.budget, this::write);

	// Belongs to the thread of the queue
	private boolean anew;

	private volatile @Nullable Throwable failure;

	/**
	 * Create a new {@link Recording} instance.
	 * @param file where the calls are
	 * @param calls the calls to answer with
	 * @param anew whether the file is to be written anew
	 * @param matcher tells which call answers a request
	 * @param redaction makes of a call what may be written of it
	 */
	Recording(RecordingFile file, List<TracedCall> calls, boolean anew, RecordingMatcher matcher,
			RedactedCall redaction) {
		this.file = file;
		this.matcher = matcher;
		this.redaction = redaction;
		this.calls = new UnusedCalls(calls);
		this.count = new AtomicLong(calls.size());
		this.anew = anew;
	}

	/**
	 * Take the next call that answers a request.
	 * @param request the request
	 * @return the call, or {@code null} if there is none left
	 */
	synchronized @Nullable TracedCall take(RequestedCall request) {
		// Another matcher can only be asked about each call
		return (this.matcher == ContentMatcher.INSTANCE) ? this.calls.take(request)
				: this.calls.take((call) -> this.matcher.difference(RequestedCall.of(call), request) == null);
	}

	/**
	 * Explain why nothing answers a request.
	 * @param request the request
	 * @return an exception that says how the request differs
	 */
	synchronized RecordingMismatchException mismatch(RequestedCall request) {
		TracedCall nearest = this.calls.nearest(request);
		if (nearest == null) {
			return new RecordingMismatchException("""
					The recording '%s' has no call left to answer with: %s of %s recorded calls are used. \
					Record again with 'routekit.recording.mode=record'.""".formatted(this.file, this.calls.used(),
					this.calls.size()), null);
		}
		RequestDifference difference = this.matcher.difference(RequestedCall.of(nearest), request);
		if (difference == null) {
			difference = new RequestDifference("request", null, null);
		}
		return new RecordingMismatchException(
				"""
						No call of the recording '%s' answers this request. The most similar one that is left, '%s', differs at %s:
						expected: %s
						 but was: %s
						Record again with 'routekit.recording.mode=record', or change what is compared with a RecordingMatcher."""
					.formatted(this.file, OneLine.ofName(nearest.id()), OneLine.of(difference.path(), MAX_LENGTH),
							orNothing(difference.expected()), orNothing(difference.actual())),
				difference);
	}

	private static String orNothing(@Nullable String value) {
		return (value != null) ? OneLine.of(value, MAX_LENGTH) : "nothing";
	}

	String nextId() {
		return String.valueOf(this.count.incrementAndGet());
	}

	/**
	 * Add a call, which is on the disk once the recording is finished.
	 * @param call the call
	 */
	@Override
	public void accept(TracedCall call) {
		// A model that is not configured says nothing about the provider
		if (call.failure() instanceof ModelConfigurationException) {
			return;
		}
		try {
			if (!this.queue.offer(call)) {
				lost(new IllegalStateException(this.queue.isClosed() ? "A call ended after it was finished"
						: "The calls that wait to be written take more than %s bytes".formatted(this.budget.limit())));
			}
		}
		catch (Throwable ex) {
			lost(ex);
		}
	}

	@Override
	public void lost(Throwable failure) {
		if (this.queue.isClosed()) {
			logger.warn("A call is missing in the recording '%s'".formatted(this.file), OneLine.of(failure));
		}
		this.failure = failure;
	}

	@Override
	public MemoryBudget budget() {
		return this.budget;
	}

	private void write(TracedCall call) {
		try {
			this.file.append(this.redaction.line(call), this.anew);
			this.anew = false;
		}
		catch (Throwable ex) {
			lost(ex);
		}
	}

	/**
	 * Return the recorded calls that have answered nothing.
	 * @return the calls in their order
	 */
	synchronized List<TracedCall> unused() {
		return this.calls.toList();
	}

	/**
	 * Wait until all is written.
	 * @throws IllegalStateException if something could not be written
	 */
	void finish() {
		try {
			if (!this.queue.close(FINISH_TIMEOUT)) {
				throw new IllegalStateException("The recording '%s' is not written yet".formatted(this.file));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (this.failure != null) {
			throw new IllegalStateException("The recording '%s' is not complete".formatted(this.file), this.failure);
		}
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

}
