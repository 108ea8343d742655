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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.routekit.StreamEvent;
import io.routekit.memory.MemoryBudget;

/**
 * The events of a stream, as many as there is memory for, until it ends. A single stream
 * gets a quarter of the memory. Thread-safe: the subscriber may cancel while an event
 * arrives.
 */
final class KeptEvents {

	// What is left must do for the request and the answer
	private static final int SHARE = 4;

	private final MemoryBudget budget;

	private List<TimedEvent> events = new ArrayList<>();

	private long bytes;

	private boolean closed;

	private boolean cut;

	KeptEvents(MemoryBudget budget) {
		this.budget = budget;
	}

	synchronized void add(Duration at, StreamEvent event) {
		if (this.closed || this.cut) {
			return;
		}
		long size = CallSize.of(event);
		if (this.bytes + size <= this.budget.limit() / SHARE && this.budget.reserve(size)) {
			this.bytes += size;
			this.events.add(new TimedEvent(at, event));
		}
		else {
			this.cut = true;
		}
	}

	/**
	 * Keep no further events.
	 */
	synchronized void cut() {
		this.cut = true;
	}

	/**
	 * Take the events, which give up their memory. Later ones are not kept.
	 * @return the events
	 */
	synchronized List<TimedEvent> take() {
		List<TimedEvent> taken = this.events;
		this.events = Collections.emptyList();
		this.closed = true;
		this.budget.release(this.bytes);
		this.bytes = 0;
		return taken;
	}

	/**
	 * Return whether events are missing.
	 * @return whether they are
	 */
	synchronized boolean isCut() {
		return this.cut;
	}

}
