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
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TraceWriter}.
 */
@ExtendWith(OutputCaptureExtension.class)
class TraceWriterTests {

	private final Clock clock = Clock.fixed(TestTrace.TIME, ZoneOffset.UTC);

	@Test
	void dropsAndCountsWhatTheQueueCannotHold(CapturedOutput output) throws InterruptedException {
		BlockedSink sink = new BlockedSink();
		TraceWriter writer = new TraceWriter(sink, null, 2, this.clock);
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		new TraceMetrics(writer).bindTo(meters);

		writer.write(TestTrace.call("in the writer's hands"));
		assertThat(sink.entered.await(10, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 5; i++) {
			writer.write(TestTrace.call("queued or lost"));
		}

		assertThat(writer.droppedCount()).isEqualTo(3);
		assertThat(meters.get("routekit.trace.dropped").functionCounter().count()).isEqualTo(3);
		assertThat(output).containsOnlyOnce("were lost since the start, the last one because the queue is full");
		sink.released.countDown();
		writer.close();
		assertThat(sink.written).hasValue(3);
		assertThat(sink.closed).hasValue(1);
	}

	@Test
	void closingDoesNotWaitForever() throws InterruptedException {
		BlockedSink sink = new BlockedSink();
		TraceWriter writer = new TraceWriter(sink, null, 10, this.clock);
		writer.write(TestTrace.call("never written"));
		assertThat(sink.entered.await(10, TimeUnit.SECONDS)).isTrue();
		writer.write(TestTrace.call("waits"));

		writer.close(Duration.ofMillis(10));

		assertThat(writer.droppedCount()).isGreaterThanOrEqualTo(1);
	}

	@Test
	void countsCallsThatEndAfterTheClose() {
		TraceWriter writer = new TraceWriter(new TestTrace.Lines(), null, 10, this.clock);
		writer.close();

		writer.write(TestTrace.call("late"));

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

		}, null, 10, this.clock);

		for (int i = 0; i < 5; i++) {
			writer.write(TestTrace.call("Hi"));
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
		try (TraceWriter writer = new TraceWriter(without, null, 10, this.clock);
				TraceWriter content = new TraceWriter(with, (text) -> text.replace("Jane", "[name]"), 10, this.clock)) {
			writer.write(TestTrace.call("Who is Jane?"));
			content.write(TestTrace.call("Who is Jane?"));
		}

		assertThat(without.all()).singleElement().asString().doesNotContain("Who is").endsWith("}}\n");
		assertThat(with.all()).singleElement()
			.asString()
			.contains("Who is [name]?", "An answer")
			.doesNotContain("Jane");
	}

	/**
	 * Writes nothing until it is released, or interrupted.
	 */
	private static final class BlockedSink implements LineSink {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		private final AtomicInteger written = new AtomicInteger();

		private final AtomicInteger closed = new AtomicInteger();

		@Override
		public void write(byte[] line) throws IOException {
			this.entered.countDown();
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
			this.written.incrementAndGet();
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
		}

	}

}
