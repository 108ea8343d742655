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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.routekit.memory.MemoryBudget;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link TraceWriter}.
 */
@ExtendWith(OutputCaptureExtension.class)
class TraceWriterTests {

	private final Clock clock = Clock.fixed(TestTrace.TIME, ZoneOffset.UTC);

	@Test
	void dropsAndCountsWhatTheQueueCannotHold(CapturedOutput output) throws InterruptedException {
		BlockedSink sink = new BlockedSink();
		TraceWriter writer = new TraceWriter(sink, new SecretRedactor(), null, 2, MemoryBudget.ofHeap(16), this.clock);
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		new TraceMetrics(writer).bindTo(meters);

		writer.sink().accept(TestTrace.call("in the writer's hands"));
		assertThat(sink.entered.await(10, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 5; i++) {
			writer.sink().accept(TestTrace.call("queued or lost"));
		}

		assertThat(writer.droppedCount()).isEqualTo(3);
		assertThat(meters.get("routekit.trace.dropped").functionCounter().count()).isEqualTo(3);
		assertThat(output).containsOnlyOnce("were lost since the start, the last one because the queue is full");
		sink.released.countDown();
		writer.close();
		assertThat(sink.lines).hasSize(3);
		assertThat(sink.closed).hasValue(1);
	}

	@Test
	void closingDoesNotWaitForever() throws InterruptedException {
		BlockedSink sink = new BlockedSink();
		TraceWriter writer = new TraceWriter(sink, new SecretRedactor(), null, 10, MemoryBudget.ofHeap(16), this.clock);
		writer.sink().accept(TestTrace.call("never written"));
		assertThat(sink.entered.await(10, TimeUnit.SECONDS)).isTrue();
		writer.sink().accept(TestTrace.call("waits"));

		writer.close(Duration.ofMillis(10));

		assertThat(writer.droppedCount()).isGreaterThanOrEqualTo(1);
	}

	@Test
	void countsCallsThatEndAfterTheClose() {
		TraceWriter writer = new TraceWriter(new TestTrace.Lines(), new SecretRedactor(), null, 10,
				MemoryBudget.ofHeap(16), this.clock);
		writer.close();

		writer.sink().accept(TestTrace.call("late"));

		assertThat(writer.droppedCount()).isOne();
	}

	@Test
	void goesOnAfterALineThatCannotBeWritten(CapturedOutput output) {
		AtomicInteger written = new AtomicInteger();
		TraceWriter writer = new TraceWriter(new LineSink() {

			private int calls;

			@Override
			public void write(byte[] line) throws IOException {
				if (++this.calls <= 2) {
					throw new IOException("No space left on device");
				}
				written.incrementAndGet();
			}

			@Override
			public void close() {
			}

		}, new SecretRedactor(), null, 10, MemoryBudget.ofHeap(16), this.clock);

		for (int i = 0; i < 5; i++) {
			writer.sink().accept(TestTrace.call("Hi"));
		}
		writer.close();

		assertThat(written).hasValue(3);
		assertThat(writer.droppedCount()).isEqualTo(2);
		assertThat(output).containsOnlyOnce("No space left on device");
	}

	@Test
	void writesContentOnlyIfAskedFor() {
		TestTrace.Lines without = new TestTrace.Lines();
		TestTrace.Lines with = new TestTrace.Lines();
		try (TraceWriter writer = new TraceWriter(without, new SecretRedactor(), null, 10, MemoryBudget.ofHeap(16),
				this.clock);
				TraceWriter content = new TraceWriter(with, new SecretRedactor(),
						(text) -> text.replace("Jane", "[name]"), 10, MemoryBudget.ofHeap(16), this.clock)) {
			writer.sink().accept(TestTrace.call("Who is Jane?"));
			content.sink().accept(TestTrace.call("Who is Jane?"));
		}

		assertThat(without.all()).singleElement().asString().doesNotContain("Who is").endsWith("\"round\":null}\n");
		assertThat(with.all()).singleElement()
			.asString()
			.contains("Who is [name]?", "An answer")
			.doesNotContain("Jane");
	}

	@Test
	void leavesOutTheContentThatThereIsNoMemoryFor() throws InterruptedException {
		BlockedSink sink = new BlockedSink();
		MemoryBudget budget = new MemoryBudget(1_000_000);
		TraceWriter writer = new TraceWriter(sink, new SecretRedactor(), (content) -> content, 100, budget, this.clock);
		writer.sink().accept(TestTrace.call("in the writer's hands"));
		assertThat(sink.entered.await(10, TimeUnit.SECONDS)).isTrue();

		for (int i = 0; i < 4; i++) {
			writer.sink().accept(TestTrace.call("x".repeat(200_000)));
		}
		writer.sink().accept(TestTrace.call("y".repeat(5_000_000)));

		assertThat(budget.reserved()).isBetween(800_000L, 1_000_000L);
		sink.released.countDown();
		writer.close();
		assertThat(writer.droppedCount()).isZero();
		assertThat(budget.reserved()).isZero();
		assertThat(sink.lines).hasSize(6);
		assertThat(sink.lines.subList(0, 3)).allSatisfy((line) -> assertThat(line).contains("\"cut\":false"));
		assertThat(sink.lines.subList(3, 6))
			.allSatisfy((line) -> assertThat(line).endsWith("\"cut\":true}\n").hasSizeLessThan(1000));
	}

	@Test
	void losesCallsThatThereIsNoMemoryFor() throws InterruptedException {
		BlockedSink sink = new BlockedSink();
		MemoryBudget budget = new MemoryBudget(100_000);
		TraceWriter writer = new TraceWriter(sink, new SecretRedactor(), (content) -> content, Integer.MAX_VALUE,
				budget, this.clock);
		writer.sink().accept(TestTrace.call("in the writer's hands"));
		assertThat(sink.entered.await(10, TimeUnit.SECONDS)).isTrue();

		for (int i = 0; i < 1000; i++) {
			writer.sink().accept(TestTrace.call("x".repeat(100_000)));
		}

		assertThat(budget.reserved()).isLessThanOrEqualTo(100_000);
		assertThat(writer.droppedCount()).isBetween(800L, 999L);
		sink.released.countDown();
		writer.close();
		assertThat(sink.lines).hasSize((int) (1001 - writer.droppedCount()));
		assertThat(budget.reserved()).isZero();
	}

	@Test
	void keepsNoContentUnlessAskedFor() throws InterruptedException {
		BlockedSink sink = new BlockedSink();
		MemoryBudget budget = MemoryBudget.ofHeap(16);
		TraceWriter writer = new TraceWriter(sink, new SecretRedactor(), null, 1000, budget, this.clock);

		for (int i = 0; i < 500; i++) {
			writer.sink().accept(TestTrace.call("x".repeat(1_000_000)));
		}

		assertThat(writer.droppedCount()).isZero();
		assertThat(budget.reserved()).isLessThan(1_000_000);
		sink.released.countDown();
		writer.close();
		assertThat(sink.lines).hasSize(500);
	}

	@Test
	void givesUpTheMemoryOfCallsThatAreNeverWritten() throws InterruptedException {
		BlockedSink sink = new BlockedSink();
		MemoryBudget budget = MemoryBudget.ofHeap(16);
		TraceWriter writer = new TraceWriter(sink, new SecretRedactor(), null, 10, budget, this.clock);
		for (int i = 0; i < 20; i++) {
			writer.sink().accept(TestTrace.call("Hi"));
		}
		assertThat(sink.entered.await(10, TimeUnit.SECONDS)).isTrue();

		writer.close(Duration.ofMillis(10));
		writer.sink().accept(TestTrace.call("late"));

		await().atMost(Duration.ofSeconds(10)).until(() -> budget.reserved() == 0);
		assertThat(writer.droppedCount()).isEqualTo(21);
	}

	/**
	 * Writes nothing until it is released, or interrupted.
	 */
	private static final class BlockedSink implements LineSink {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		private final List<String> lines = new CopyOnWriteArrayList<>();

		private final AtomicInteger closed = new AtomicInteger();

		@Override
		public void write(byte[] line) throws IOException {
			this.entered.countDown();
			try {
				this.released.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
			this.lines.add(new String(line, StandardCharsets.UTF_8));
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
		}

	}

}
