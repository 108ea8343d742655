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

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How long a call may take. Those of a model hold for all its calls; a request can have
 * {@linkplain ChatOptions.Builder#timeouts(Timeouts) others}. Each is at most
 * {@link #MAX}.
 *
 * @since 0.1.0
 */
public final class Timeouts {

	private static final Duration DEFAULT_CHAT_TOTAL = Duration.ofMinutes(10);

	/**
	 * The longest that a timeout can be.
	 */
	public static final Duration MAX = Duration.ofDays(365);

	private static final Duration DEFAULT_CONNECT = Duration.ofSeconds(10);

	private static final Duration DEFAULT_FIRST_EVENT = Duration.ofMinutes(2);

	private static final Duration DEFAULT_IDLE = Duration.ofMinutes(1);

	private static final Timeouts DEFAULTS = builder().build();

	private final @Nullable Duration connect;

	private final @Nullable Duration firstEvent;

	private final @Nullable Duration idle;

	private final @Nullable Duration total;

	private final @Nullable Duration subscriber;

	private Timeouts(Builder builder) {
		this.connect = builder.connect;
		this.firstEvent = builder.firstEvent;
		this.idle = builder.idle;
		this.total = builder.total;
		this.subscriber = builder.subscriber;
	}

	/**
	 * Return the time to establish a connection.
	 * @return the time, 10 seconds if not set
	 */
	public Duration connect() {
		return (this.connect != null) ? this.connect : DEFAULT_CONNECT;
	}

	/**
	 * Return the time from the start of a stream to its first event.
	 * @return the time, 2 minutes if not set
	 */
	public Duration firstEvent() {
		return (this.firstEvent != null) ? this.firstEvent : DEFAULT_FIRST_EVENT;
	}

	/**
	 * Return the time between two events of a stream. Keep-alives are no events.
	 * @return the time, 1 minute if not set
	 */
	public Duration idle() {
		return (this.idle != null) ? this.idle : DEFAULT_IDLE;
	}

	/**
	 * Return the time for the whole call, all its retries included.
	 * @return the time, or {@code null} if not set: {@link #chatTotal()} for an answer,
	 * no limit for a stream
	 */
	public @Nullable Duration total() {
		return this.total;
	}

	/**
	 * Return the total time for an answer that is not streamed.
	 * @return the total, 10 minutes if not set
	 */
	public Duration chatTotal() {
		return (this.total != null) ? this.total : DEFAULT_CHAT_TOTAL;
	}

	/**
	 * Return the time in which the subscriber of a stream may ask for nothing.
	 * @return the time, or {@code null} if not set: no limit
	 */
	public @Nullable Duration subscriber() {
		return this.subscriber;
	}

	/**
	 * Return the timeouts that are set.
	 * @return the timeouts by name, for example {@code firstEvent}; unmodifiable
	 */
	public Map<String, Duration> asMap() {
		Map<String, Duration> timeouts = new LinkedHashMap<>();
		put(timeouts, "connect", this.connect);
		put(timeouts, "firstEvent", this.firstEvent);
		put(timeouts, "idle", this.idle);
		put(timeouts, "total", this.total);
		put(timeouts, "subscriber", this.subscriber);
		return Collections.unmodifiableMap(timeouts);
	}

	private static void put(Map<String, Duration> timeouts, String name, @Nullable Duration timeout) {
		if (timeout != null) {
			timeouts.put(name, timeout);
		}
	}

	/**
	 * Return these timeouts, completed by others where they are not set.
	 * @param defaults the timeouts to use where these are not set
	 * @return the merged timeouts
	 */
	public Timeouts withDefaults(Timeouts defaults) {
		Assert.notNull(defaults, "'defaults' must not be null");
		return builder().connect(firstNonNull(this.connect, defaults.connect))
			.firstEvent(firstNonNull(this.firstEvent, defaults.firstEvent))
			.idle(firstNonNull(this.idle, defaults.idle))
			.total(firstNonNull(this.total, defaults.total))
			.subscriber(firstNonNull(this.subscriber, defaults.subscriber))
			.build();
	}

	private static @Nullable Duration firstNonNull(@Nullable Duration duration, @Nullable Duration other) {
		return (duration != null) ? duration : other;
	}

	/**
	 * Return timeouts of which none is set, so that the defaults hold.
	 * @return the timeouts
	 */
	public static Timeouts defaults() {
		return DEFAULTS;
	}

	/**
	 * Return a new builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a new builder with these timeouts. What is not set is not set there either.
	 * @return the builder
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof Timeouts other && Objects.equals(this.connect, other.connect)
				&& Objects.equals(this.firstEvent, other.firstEvent) && Objects.equals(this.idle, other.idle)
				&& Objects.equals(this.total, other.total) && Objects.equals(this.subscriber, other.subscriber);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.connect, this.firstEvent, this.idle, this.total, this.subscriber);
	}

	/**
	 * Return which timeouts are set.
	 */
	@Override
	public String toString() {
		return "Timeouts[connect=%s, firstEvent=%s, idle=%s, total=%s, subscriber=%s]".formatted(this.connect,
				this.firstEvent, this.idle, this.total, this.subscriber);
	}

	/**
	 * Builder for {@link Timeouts}.
	 */
	public static final class Builder {

		private @Nullable Duration connect;

		private @Nullable Duration firstEvent;

		private @Nullable Duration idle;

		private @Nullable Duration total;

		private @Nullable Duration subscriber;

		private Builder() {
		}

		private Builder(Timeouts timeouts) {
			this.connect = timeouts.connect;
			this.firstEvent = timeouts.firstEvent;
			this.idle = timeouts.idle;
			this.total = timeouts.total;
			this.subscriber = timeouts.subscriber;
		}

		/**
		 * Set the time to establish a connection. A request can only shorten that of its
		 * model, since calls share connections.
		 * @param connect the time
		 * @return this builder
		 */
		public Builder connect(@Nullable Duration connect) {
			this.connect = checkPositive(connect, "connect");
			return this;
		}

		/**
		 * Set the time from the start of a stream to its first event.
		 * @param firstEvent the time
		 * @return this builder
		 */
		public Builder firstEvent(@Nullable Duration firstEvent) {
			this.firstEvent = checkPositive(firstEvent, "firstEvent");
			return this;
		}

		/**
		 * Set the time between two events of a stream.
		 * @param idle the time
		 * @return this builder
		 */
		public Builder idle(@Nullable Duration idle) {
			this.idle = checkPositive(idle, "idle");
			return this;
		}

		/**
		 * Set the time for the whole call. That of a model bounds the attempts of this
		 * model, that of a request the attempts of all models that it may fall back to.
		 * @param total the time
		 * @return this builder
		 */
		public Builder total(@Nullable Duration total) {
			this.total = checkPositive(total, "total");
			return this;
		}

		/**
		 * Set the time in which the subscriber of a stream may ask for nothing. Until
		 * then a stream that nobody reads keeps its connection and its memory.
		 * @param subscriber the time
		 * @return this builder
		 */
		public Builder subscriber(@Nullable Duration subscriber) {
			this.subscriber = checkPositive(subscriber, "subscriber");
			return this;
		}

		/**
		 * Build the timeouts.
		 * @return the timeouts
		 */
		public Timeouts build() {
			return new Timeouts(this);
		}

		private static @Nullable Duration checkPositive(@Nullable Duration duration, String name) {
			if (duration != null) {
				Assert.isTrue(duration.compareTo(Duration.ZERO) > 0, () -> "'%s' must be positive".formatted(name));
				Assert.isTrue(duration.compareTo(MAX) <= 0, () -> "'%s' must be at most %s".formatted(name, MAX));
			}
			return duration;
		}

	}

}
