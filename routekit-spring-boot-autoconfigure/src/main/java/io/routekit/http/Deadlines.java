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

import java.time.Duration;

import io.routekit.CallDeadline;
import io.routekit.DurationText;
import io.routekit.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * The points in time at which one call is given up. They are measured on the clock of
 * {@link System#nanoTime()}.
 */
final class Deadlines {

	static final String NOT_REACHED = "The server could not be reached in time (timeout.connect)";

	private final long start = System.nanoTime();

	private final @Nullable Duration firstEvent;

	private final @Nullable Duration idle;

	private final Duration afterFinish;

	private final @Nullable Deadline total;

	private final @Nullable Duration subscriber;

	private @Nullable Duration connect;

	private Deadlines(@Nullable Duration firstEvent, @Nullable Duration idle, Duration afterFinish,
			@Nullable Deadline total, @Nullable Duration subscriber) {
		this.firstEvent = firstEvent;
		this.idle = idle;
		this.afterFinish = afterFinish;
		this.total = total;
		this.subscriber = subscriber;
	}

	/**
	 * Return the deadlines of a whole answer.
	 * @param timeouts the timeouts of the call
	 * @param call the deadline of the call that this is an attempt of, if it has one
	 * @return the deadlines
	 */
	static Deadlines ofChat(Timeouts timeouts, @Nullable CallDeadline call) {
		return new Deadlines(null, null, timeouts.idle(), total(timeouts.chatTotal(), call), null);
	}

	/**
	 * Return the deadlines of a stream.
	 * @param timeouts the timeouts of the call
	 * @param call the deadline of the call that this is an attempt of, if it has one
	 * @return the deadlines
	 */
	static Deadlines ofStream(Timeouts timeouts, @Nullable CallDeadline call) {
		return new Deadlines(timeouts.firstEvent(), timeouts.idle(), timeouts.idle(), total(timeouts.total(), call),
				timeouts.subscriber());
	}

	private static @Nullable Deadline total(@Nullable Duration timeout, @Nullable CallDeadline call) {
		CallDeadline deadline = (timeout != null) ? CallDeadline.after(timeout).earlier(call) : call;
		if (deadline == null) {
			return null;
		}
		long elapsed = deadline.timeout().minus(deadline.remaining()).toNanos();
		return new Deadline("total", deadline.timeout(), System.nanoTime() - elapsed);
	}

	/**
	 * Give a call less time to connect than its HTTP client takes.
	 * @param timeout the time to connect
	 * @return these deadlines
	 */
	Deadlines connect(Duration timeout) {
		this.connect = timeout;
		return this;
	}

	/**
	 * Return the deadline for an answer of which nothing is there.
	 * @param connected whether the request is on its way
	 * @return the deadline, or {@code null} if there is none
	 */
	@Nullable Deadline beforeHead(boolean connected) {
		Deadline event = beforeEvent();
		if (this.connect == null || connected) {
			return event;
		}
		Deadline connect = new Deadline("connect", this.connect, this.start);
		return (event != null && event.remaining() < connect.remaining()) ? event : connect;
	}

	/**
	 * Return the deadline for an answer that has no event yet.
	 * @return the deadline, or {@code null} if there is none
	 */
	@Nullable Deadline beforeEvent() {
		return earlier((this.firstEvent != null) ? new Deadline("first-event", this.firstEvent, this.start) : null);
	}

	/**
	 * Return the deadline for an answer that waits for its next event.
	 * @param lastEvent the time of the last event
	 * @return the deadline, or {@code null} if there is none
	 */
	@Nullable Deadline afterEvent(long lastEvent) {
		return earlier((this.idle != null) ? new Deadline("idle", this.idle, lastEvent) : null);
	}

	/**
	 * Return the deadline for an answer that may end but has not ended yet.
	 * @param lastEvent the time of the last event
	 * @return the deadline, or {@code null} if there is none
	 */
	@Nullable Deadline afterFinish(long lastEvent) {
		return earlier(new Deadline("idle", this.afterFinish, lastEvent));
	}

	/**
	 * Return the deadline for an answer of which nothing is asked for.
	 * @param since when that began
	 * @return the deadline, or {@code null} if there is none
	 */
	@Nullable Deadline whileUnasked(long since) {
		return earlier(ofSubscriber(since));
	}

	/**
	 * Return the deadline for events that are there and not asked for.
	 * @param since when that began
	 * @return the deadline, or {@code null} if there is none
	 */
	@Nullable Deadline ofSubscriber(long since) {
		return (this.subscriber != null) ? new Deadline("subscriber", this.subscriber, since) : null;
	}

	/**
	 * Return whether the subscriber has a deadline of its own.
	 * @return whether it has
	 */
	boolean isSubscriberBound() {
		return this.subscriber != null;
	}

	/**
	 * Return the deadline for the whole answer.
	 * @return the deadline, or {@code null} if there is none
	 */
	@Nullable Deadline total() {
		return this.total;
	}

	private @Nullable Deadline earlier(@Nullable Deadline deadline) {
		Deadline total = this.total;
		return (deadline == null || (total != null && total.remaining() < deadline.remaining())) ? total : deadline;
	}

	/**
	 * A point in time at which a call is given up.
	 *
	 * @param name the name of the timeout
	 * @param timeout the length of the timeout
	 * @param start when the timeout began
	 */
	record Deadline(String name, Duration timeout, long start) {

		/**
		 * Return whether another call might end in time.
		 * @return whether the time was the server's
		 */
		boolean isRetryable() {
			return !this.name.equals("subscriber");
		}

		/**
		 * Return the remaining time.
		 * @return nanoseconds, not positive if the deadline has passed
		 */
		long remaining() {
			return this.timeout.toNanos() - (System.nanoTime() - this.start);
		}

		String message() {
			String what = switch (this.name) {
				case "idle" -> "The server sent no further event within %s (timeout.idle)";
				case "subscriber" -> "The subscriber asked for nothing within %s (timeout.subscriber)";
				case "connect" -> NOT_REACHED;
				case "first-event" -> "The server sent no event within %s (timeout.first-event)";
				default -> "The call did not end within %s (timeout.total)";
			};
			return what.formatted(DurationText.of(this.timeout));
		}

	}

}
