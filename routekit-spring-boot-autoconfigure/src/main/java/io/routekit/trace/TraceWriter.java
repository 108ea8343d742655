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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.routekit.observation.ContentRedactor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Writes calls to files, one line of JSON each, by a thread of its own. Calls wait for it
 * in a queue of bounded length. When that is full, or when a line cannot be written, the
 * line is lost: it is counted, and a warning tells of it at most once a minute. Closing
 * it waits a bounded time for the calls in the queue. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TraceWriter implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(TraceWriter.class);

	private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final LineSink sink;

	private final @Nullable RedactedCall redaction;

	private final Clock clock;

	private final ThreadPoolExecutor thread;

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicLong nextWarning = new AtomicLong(Long.MIN_VALUE);

	TraceWriter(LineSink sink, @Nullable ContentRedactor redactor, int queueCapacity, Clock clock) {
		this.sink = sink;
		this.redaction = (redactor != null) ? new RedactedCall(redactor) : null;
		this.clock = clock;
		this.thread = new ThreadPoolExecutor(1, 1, WARNING_INTERVAL.toSeconds(), TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(queueCapacity), TraceWriter::newThread,
				(task, executor) -> drop(executor.isShutdown() ? "the application stops" : "the queue is full"));
		this.thread.allowCoreThreadTimeOut(true);
	}

	static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "routekit-trace");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Start to build a writer.
	 * @param directory the directory of the files, created if it does not exist
	 * @return a builder
	 */
	public static Builder builder(Path directory) {
		return new Builder(directory);
	}

	boolean isIncludeContent() {
		return this.redaction != null;
	}

	void write(TracedCall call) {
		this.thread.execute(() -> writeLine(call));
	}

	private void writeLine(TracedCall call) {
		try {
			this.sink.write((line(call) + "\n").getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			drop(ex.toString());
		}
		catch (RuntimeException ex) {
			// The message may quote the content
			drop("of a " + ex.getClass().getName());
		}
	}

	private String line(TracedCall call) {
		if (this.redaction == null) {
			return CallJson.write(call, false);
		}
		try {
			return CallJson.write(this.redaction.of(call), true);
		}
		catch (RuntimeException ex) {
			// JSON does not know a value of the request
			return CallJson.write(call, false);
		}
	}

	private void drop(String reason) {
		long count = this.dropped.incrementAndGet();
		long now = this.clock.millis();
		long next = this.nextWarning.get();
		if (now >= next && this.nextWarning.compareAndSet(next, now + WARNING_INTERVAL.toMillis())) {
			logger.warn("%s lines of the trace were lost since the start, the last one because %s".formatted(count,
					reason));
		}
	}

	/**
	 * Return how many calls could not be written.
	 * @return the number since the start
	 */
	public long droppedCount() {
		return this.dropped.get();
	}

	/**
	 * Write what is in the queue and close the file. Calls that end later are lost.
	 */
	@Override
	public void close() {
		close(CLOSE_TIMEOUT);
	}

	void close(Duration timeout) {
		this.thread.shutdown();
		try {
			if (this.thread.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				this.sink.close();
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			logger.debug("Could not close the trace", ex);
			return;
		}
		this.thread.shutdownNow().forEach((task) -> drop("the application stopped before it was written"));
	}

	/**
	 * Builder for {@link TraceWriter}.
	 */
	public static final class Builder {

		private final Path directory;

		private DataSize maxFileSize = DataSize.ofMegabytes(100);

		private @Nullable Integer maxHistory;

		private int queueCapacity = 2048;

		private @Nullable ContentRedactor redactor;

		private Builder(Path directory) {
			Assert.notNull(directory, "'directory' must not be null");
			this.directory = directory;
		}

		/**
		 * Set the size that a file does not exceed, unless a single line does.
		 * @param maxFileSize the size, 100 MB by default
		 * @return this builder
		 */
		public Builder maxFileSize(DataSize maxFileSize) {
			Assert.isTrue(maxFileSize.toBytes() > 0, "'maxFileSize' must be positive");
			this.maxFileSize = maxFileSize;
			return this;
		}

		/**
		 * Set for how many days before the current one files are kept.
		 * @param maxHistory the number of days, or {@code null} to keep all files, which
		 * is the default
		 * @return this builder
		 */
		public Builder maxHistory(@Nullable Integer maxHistory) {
			Assert.isTrue(maxHistory == null || maxHistory >= 0, "'maxHistory' must not be negative");
			this.maxHistory = maxHistory;
			return this;
		}

		/**
		 * Set how many calls can wait to be written.
		 * @param queueCapacity the number of calls, 2,048 by default
		 * @return this builder
		 */
		public Builder queueCapacity(int queueCapacity) {
			Assert.isTrue(queueCapacity > 0, "'queueCapacity' must be positive");
			this.queueCapacity = queueCapacity;
			return this;
		}

		/**
		 * Write requests, responses and events as well.
		 * @param redactor takes out of them what must not be written; called by the
		 * thread of the writer
		 * @return this builder
		 */
		public Builder includeContent(ContentRedactor redactor) {
			Assert.notNull(redactor, "'redactor' must not be null");
			this.redactor = redactor;
			return this;
		}

		/**
		 * Build the writer.
		 * @return the writer
		 * @throws IOException if no file can be created in the directory
		 */
		public TraceWriter build() throws IOException {
			Clock clock = Clock.systemUTC();
			TraceFiles files = new TraceFiles(this.directory, this.maxFileSize, this.maxHistory, clock);
			files.check();
			return new TraceWriter(files, this.redactor, this.queueCapacity, clock);
		}

	}

}
