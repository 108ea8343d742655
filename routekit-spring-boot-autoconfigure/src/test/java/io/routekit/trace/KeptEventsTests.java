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
import java.util.stream.Stream;

import io.routekit.StreamEvent;
import io.routekit.memory.MemoryBudget;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeptEvents} and {@link MemoryBudget}.
 */
class KeptEventsTests {

	private static final int SIZE = 40_000;

	private final MemoryBudget budget = new MemoryBudget(SIZE);

	private static void fill(KeptEvents events) {
		for (int i = 0; i < SIZE; i++) {
			events.add(Duration.ofSeconds(i), new StreamEvent.Text("x"));
		}
	}

	@Test
	void keepsAsManyAsThereIsMemoryFor() {
		KeptEvents events = new KeptEvents(this.budget);
		fill(events);

		assertThat(this.budget.reserved()).isBetween(SIZE / 4 - 500L, SIZE / 4L);
		assertThat(events.isCut()).isTrue();
		assertThat(events.take()).hasSizeBetween(20, 100).first().extracting(TimedEvent::at).isEqualTo(Duration.ZERO);
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void allStreamsShareTheMemory() {
		List<KeptEvents> streams = Stream.generate(() -> new KeptEvents(this.budget)).limit(5).toList();
		streams.forEach(KeptEventsTests::fill);

		assertThat(this.budget.reserved()).isBetween(SIZE - 500L, (long) SIZE);
		assertThat(streams.get(4).take()).hasSizeLessThan(10);
		assertThat(streams.get(4).isCut()).isTrue();
		streams.get(0).take();
		KeptEvents later = new KeptEvents(this.budget);
		fill(later);
		assertThat(later.take()).hasSizeGreaterThan(20);
	}

	@Test
	void leavesNoGaps() {
		KeptEvents events = new KeptEvents(this.budget);
		events.add(Duration.ZERO, new StreamEvent.Text("a"));
		events.add(Duration.ZERO, new StreamEvent.Text("x".repeat(SIZE)));
		events.add(Duration.ZERO, new StreamEvent.Text("b"));

		assertThat(events.take()).extracting(TimedEvent::event).containsExactly(new StreamEvent.Text("a"));
	}

	@Test
	void keepsNothingAfterTheEnd() {
		KeptEvents events = new KeptEvents(this.budget);
		events.take();
		fill(events);

		assertThat(events.take()).isEmpty();
		assertThat(this.budget.reserved()).isZero();
	}

}
