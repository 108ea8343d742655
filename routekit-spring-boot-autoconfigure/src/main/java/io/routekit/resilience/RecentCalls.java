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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.routekit.CallEnd;
import io.routekit.CallListener;
import io.routekit.CallStart;
import io.routekit.ModelException;
import io.routekit.ModelException.Fault;
import io.routekit.ModelException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of a model in the last five minutes, in slots of half a minute.
 * Thread-safe.
 */
final class RecentCalls implements CallListener, CallListener.Factory {

	private static final long SLOT = Duration.ofSeconds(30).toMillis();

	private static final int SLOTS = 10;

	private static final int MINIMUM_CALLS = 5;

	private static final int FAILURES_IN_A_ROW = 3;

	private static final String OTHER = "_OTHER";

	private final Clock clock;

	private final long[] slots = new long[SLOTS];

	private final int[] calls = new int[SLOTS];

	private final int[] failedCalls = new int[SLOTS];

	private int failuresInARow;

	private @Nullable String lastError;

	private @Nullable Instant lastErrorAt;

	RecentCalls(Clock clock) {
		this.clock = clock;
	}

	@Override
	public CallListener create(CallStart start) {
		return this;
	}

	@Override
	public void onEnd(CallEnd end) {
		Throwable failure = end.failure();
		if (failure != null) {
			String type = typeOf(failure);
			if (type != null) {
				failed(type);
			}
		}
		else if (end.answering()) {
			succeeded();
		}
	}

	private synchronized void succeeded() {
		this.calls[slot(this.clock.millis())]++;
		this.failuresInARow = 0;
	}

	private synchronized void failed(String type) {
		Instant now = this.clock.instant();
		int slot = slot(now.toEpochMilli());
		this.calls[slot]++;
		this.failedCalls[slot]++;
		this.failuresInARow++;
		this.lastError = type;
		this.lastErrorAt = now;
	}

	// The others would fail with any model, or were not made
	private static @Nullable String typeOf(Throwable failure) {
		if (!(failure instanceof ModelException ex)) {
			return OTHER;
		}
		Kind kind = ex.getKind();
		boolean counted = kind.fault() == Fault.MODEL || kind.fault() == Fault.ACCESS || kind == Kind.CIRCUIT_OPEN;
		return counted ? kind.errorType() : null;
	}

	/**
	 * Return what the calls tell.
	 * @return the health of the model
	 */
	synchronized ModelHealth health() {
		long current = this.clock.millis() / SLOT;
		long calls = 0;
		long failed = 0;
		for (int i = 0; i < SLOTS; i++) {
			if (this.slots[i] > current - SLOTS) {
				calls += this.calls[i];
				failed += this.failedCalls[i];
			}
		}
		boolean manyFailed = calls >= MINIMUM_CALLS && failed * 2 >= calls;
		boolean lastFailed = Math.min(failed, this.failuresInARow) >= FAILURES_IN_A_ROW;
		return new ModelHealth(manyFailed || lastFailed, calls, failed, this.lastError, this.lastErrorAt);
	}

	private int slot(long millis) {
		long number = millis / SLOT;
		int slot = (int) (number % SLOTS);
		if (this.slots[slot] != number) {
			this.slots[slot] = number;
			this.calls[slot] = 0;
			this.failedCalls[slot] = 0;
		}
		return slot;
	}

}
