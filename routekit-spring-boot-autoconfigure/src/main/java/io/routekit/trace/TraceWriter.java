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
import java.util.concurrent.atomic.AtomicLong;

import io.routekit.OneLine;
import io.routekit.json.JsonNodes;
import io.routekit.memory.MemoryBudget;
import io.routekit.observation.ContentRedactor;
import io.routekit.secret.SecretRedactor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Writes calls to files, one line of JSON each, by a thread of its own. Calls wait for it
 * in a queue that is bounded in their number and in the memory that they take. Content
 * for which there is no memory is left out. When the queue is full, or when a line cannot
 * be written, the line is lost: it is counted, and a warning tells of it at most once a
 * minute. Closing it waits a bounded time for the calls in the queue. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TraceWriter implements AutoCloseable {

	static final int PARTS_OF_HEAP = 16;

	private static final Log logger = LogFactory.getLog(TraceWriter.class);

	/**
	 * The default of the size from which a new file is started.
	 */
	public static final DataSize DEFAULT_MAX_FILE_SIZE = DataSize.ofMegabytes(100);

	/**
	 * The default of the number of calls that can wait to be written.
	 */
	public static final int DEFAULT_QUEUE_CAPACITY = 2048;

	private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final LineSink lines;

	private final SecretRedactor secrets;

	private final @Nullable RedactedCall redaction;

	private final @Nullable RedactedText texts;

	private final Clock clock;

	private final MemoryBudget budget;

	private final CallQueue<TraceEntry> queue;

	private final CallSink sink = new QueueSink();

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicLong nextWarning = new AtomicLong(Long.MIN_VALUE);

	TraceWriter(LineSink lines, SecretRedactor secrets, @Nullable ContentRedactor redactor, int queueCapacity,
			MemoryBudget budget, Clock clock) {
		this.lines = lines;
		this.secrets = secrets;
		this.redaction = (redactor != null) ? new RedactedCall(secrets, redactor) : null;
		this.texts = (redactor != null) ? new RedactedText(secrets, redactor) : null;
		this.clock = clock;
		this.budget = budget;
		this.queue = new CallQueue<>(queueCapacity, budget, this::write);
	}

	/**
	 * Start to build a writer.
	 * @param directory the directory of the files, created if it does not exist
	 * @return a builder
	 */
	public static Builder builder(Path directory) {
		Assert.notNull(directory, "'directory' must not be null");
		return new Builder(directory);
	}

	boolean isIncludeContent() {
		return this.redaction != null;
	}

	CallSink sink() {
		return this.sink;
	}

	/**
	 * Add what has ended to the queue, without its content if there is no memory for it.
	 * Never throws.
	 * @param entry what has ended
	 */
	void accept(TraceEntry entry) {
		try {
			if (isIncludeContent() && this.queue.offer(entry)) {
				return;
			}
			if (!this.queue.offer(entry.withoutContent())) {
				drop(this.queue.isClosed() ? "the application stops" : "the queue is full");
			}
		}
		catch (Throwable ex) {
			drop(ex);
		}
	}

	private void write(TraceEntry entry) {
		try {
			this.lines.write((line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
		}
		catch (Throwable ex) {
			drop(ex);
		}
	}

	private String line(TraceEntry entry) {
		if (entry instanceof TracedCall call) {
			return line(call);
		}
		ObjectNode line = (entry instanceof TracedTool tool) ? AgentJson.write(tool, this.texts)
				: AgentJson.write((TracedRun) entry);
		return JsonNodes.write(this.secrets.redact(line));
	}

	private String line(TracedCall call) {
		if (this.redaction == null) {
			return CallJson.write(call, false, this.secrets);
		}
		try {
			return this.redaction.line(call);
		}
		catch (Throwable ex) {
			// It is too large, or JSON does not know a value of the request
			return CallJson.write(call.withoutContent(), true, this.secrets);
		}
	}

	private void drop(Throwable failure) {
		// Other messages may quote the content
		drop((failure instanceof IOException) ? failure.toString() : "of a " + failure.getClass().getName());
	}

	// Nobody is there to handle what this throws
	private void drop(String reason) {
		long count = this.dropped.incrementAndGet();
		try {
			warn(count, reason);
		}
		catch (Throwable ex) {
			// The line is counted
		}
	}

	private void warn(long count, String reason) {
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
		try {
			if (this.queue.close(timeout)) {
				this.lines.close();
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			logger.debug("Could not close the trace", OneLine.of(ex));
			return;
		}
		for (int left = this.queue.abandon(); left > 0; left--) {
			drop("the application stopped before it was written");
		}
	}

	/**
	 * Adds calls to the queue.
	 */
	private final class QueueSink implements CallSink {

		@Override
		public void accept(TracedCall call) {
			TraceWriter.this.accept(call);
		}

		@Override
		public void lost(Throwable failure) {
			drop(failure);
		}

		@Override
		public MemoryBudget budget() {
			return TraceWriter.this.budget;
		}

	}

	/**
	 * Builder for {@link TraceWriter}.
	 */
	public static final class Builder {

		private final Path directory;

		private DataSize maxFileSize = DEFAULT_MAX_FILE_SIZE;

		private @Nullable Integer maxHistory;

		private int queueCapacity = DEFAULT_QUEUE_CAPACITY;

		private @Nullable DataSize queueSize;

		private SecretRedactor secrets = new SecretRedactor();

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
			Assert.notNull(maxFileSize, "'maxFileSize' must not be null");
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
		 * Set how much memory calls can take until they are written. Their size is
		 * estimated.
		 * @param queueSize the size, or {@code null} for a sixteenth of the heap, which
		 * is the default
		 * @return this builder
		 */
		public Builder queueSize(@Nullable DataSize queueSize) {
			Assert.isTrue(queueSize == null || queueSize.toBytes() > 0, "'queueSize' must be positive");
			this.queueSize = queueSize;
			return this;
		}

		/**
		 * Set what takes the secrets out of all that is written.
		 * @param secrets the redactor, which knows no secret by default
		 * @return this builder
		 */
		public Builder secrets(SecretRedactor secrets) {
			Assert.notNull(secrets, "'secrets' must not be null");
			this.secrets = secrets;
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
			MemoryBudget budget = (this.queueSize != null) ? new MemoryBudget(this.queueSize.toBytes())
					: MemoryBudget.ofHeap(PARTS_OF_HEAP);
			return new TraceWriter(files, this.secrets, this.redactor, this.queueCapacity, budget, clock);
		}

	}

}
