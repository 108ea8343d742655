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

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import io.routekit.OneLine;
import io.routekit.observation.ContentRedactor;
import io.routekit.secret.SecretRedactor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Recordings of calls, which are files of lines in the format of traces. At any time one
 * of them is used for all calls: that which was {@linkplain #start(String) started}, or
 * else all files of the directory, of which {@code calls.jsonl} is written. Thread-safe.
 *
 * @since 0.1.0
 * @see RecordingFilter
 */
public final class Recordings implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Recordings.class);

	private static final String DEFAULT_NAME = "calls";

	private static final int MAX_NAMED = 20;

	private final Path directory;

	private final RecordingMode mode;

	private final ReplayPace pace;

	private final RecordingMatcher matcher;

	private final RedactedCall redaction;

	private volatile @Nullable Recording current;

	private @Nullable String name;

	private boolean defaultWritten;

	private Recordings(Builder builder) {
		this.directory = builder.directory.normalize();
		this.mode = builder.mode;
		this.pace = builder.pace;
		this.matcher = builder.matcher;
		this.redaction = new RedactedCall(builder.secrets, builder.redactor);
	}

	/**
	 * Start to build recordings.
	 * @param directory the directory of the files, which need not exist
	 * @param mode what to do with them
	 * @return a builder
	 */
	public static Builder builder(Path directory, RecordingMode mode) {
		Assert.notNull(directory, "'directory' must not be null");
		Assert.notNull(mode, "'mode' must not be null");
		return new Builder(directory, mode);
	}

	/**
	 * Use a recording for the calls that start from now on. The one before is
	 * {@linkplain #finish() finished}, unless it has the same name and goes on.
	 * @param name the name of the file, without its extension
	 * @throws IllegalStateException if it cannot be read
	 */
	public synchronized void start(String name) {
		Assert.hasText(name, "'name' must not be empty");
		if (!name.equals(this.name)) {
			finish();
			this.current = create(file(name), false, this.mode == RecordingMode.RECORD);
			this.name = name;
		}
	}

	private Path file(String name) {
		Path file = this.directory.resolve(name + TraceFiles.EXTENSION).normalize();
		Assert.isTrue(file.startsWith(this.directory),
				() -> "'name' must be one in the directory of the recordings but is '%s'".formatted(name));
		return file;
	}

	private Recording create(Path path, boolean directory, boolean anew) {
		RecordingFile file = new RecordingFile(this.directory, path, directory);
		List<TracedCall> calls = this.mode.isReplaying() ? file.read() : Collections.emptyList();
		return new Recording(file, calls, anew, this.matcher, this.redaction);
	}

	/**
	 * Finish the recording that is used: wait until it is written, and tell by a warning
	 * which of its calls were not used. Calls that start from now on use all files of the
	 * directory.
	 * @return the requests of the recorded calls that have answered nothing, in their
	 * order
	 * @throws IllegalStateException if something could not be written
	 */
	public synchronized List<RequestedCall> finish() {
		Recording finished = this.current;
		if (finished == null) {
			return Collections.emptyList();
		}
		this.current = null;
		this.name = null;
		List<TracedCall> unused = finished.unused();
		if (!unused.isEmpty()) {
			logger.warn("%s recorded calls of '%s' were not used: %s".formatted(unused.size(), finished,
					unused.stream()
						.limit(MAX_NAMED)
						.map((call) -> "'%s'".formatted(OneLine.ofName(call.id())))
						.collect(Collectors.joining(", "))));
		}
		finished.finish();
		return unused.stream().map(RequestedCall::of).toList();
	}

	/**
	 * Return the requests of the recorded calls that have answered nothing so far.
	 * @return the requests in their order
	 */
	public List<RequestedCall> unused() {
		Recording current = this.current;
		return (current != null) ? current.unused().stream().map(RequestedCall::of).toList() : Collections.emptyList();
	}

	Recording current() {
		Recording current = this.current;
		return (current != null) ? current : currentOrDefault();
	}

	private synchronized Recording currentOrDefault() {
		Recording current = this.current;
		if (current == null) {
			boolean anew = this.mode == RecordingMode.RECORD && !this.defaultWritten;
			current = create(file(DEFAULT_NAME), true, anew);
			this.current = current;
			this.defaultWritten = true;
		}
		return current;
	}

	RecordingMode mode() {
		return this.mode;
	}

	Replay replay(TracedCall call) {
		return new Replay(call, this.pace);
	}

	RedactedCall redaction() {
		return this.redaction;
	}

	/**
	 * Finish the recording that is used.
	 */
	@Override
	public void close() {
		finish();
	}

	/**
	 * Builder for {@link Recordings}.
	 */
	public static final class Builder {

		private final Path directory;

		private final RecordingMode mode;

		private ReplayPace pace = ReplayPace.NONE;

		private RecordingMatcher matcher = RecordingMatcher.byContent();

		private SecretRedactor secrets = new SecretRedactor();

		private ContentRedactor redactor = (content) -> content;

		private Builder(Path directory, RecordingMode mode) {
			Assert.notNull(directory, "'directory' must not be null");
			Assert.notNull(mode, "'mode' must not be null");
			this.directory = directory;
			this.mode = mode;
		}

		/**
		 * Set how fast recorded calls are answered.
		 * @param pace the pace, {@link ReplayPace#NONE} by default
		 * @return this builder
		 */
		public Builder pace(ReplayPace pace) {
			Assert.notNull(pace, "'pace' must not be null");
			this.pace = pace;
			return this;
		}

		/**
		 * Set which recorded call answers a request.
		 * @param matcher the matcher, {@link RecordingMatcher#byContent()} by default
		 * @return this builder
		 */
		public Builder matcher(RecordingMatcher matcher) {
			Assert.notNull(matcher, "'matcher' must not be null");
			this.matcher = matcher;
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
		 * Set what takes out of calls what must not be written. Requests are compared as
		 * they would be written.
		 * @param redactor the redactor, none by default
		 * @return this builder
		 */
		public Builder redactor(ContentRedactor redactor) {
			Assert.notNull(redactor, "'redactor' must not be null");
			this.redactor = redactor;
			return this;
		}

		/**
		 * Build the recordings. Files are read when they are used.
		 * @return the recordings
		 */
		public Recordings build() {
			return new Recordings(this);
		}

	}

}
