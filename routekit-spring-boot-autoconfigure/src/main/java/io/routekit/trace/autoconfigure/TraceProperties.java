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

package io.routekit.trace.autoconfigure;

import java.nio.file.Path;

import io.routekit.trace.TraceWriter;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of the trace of calls.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit.trace")
public final class TraceProperties {

	/**
	 * Whether to write a line of JSON to a file for each call.
	 */
	private boolean enabled;

	/**
	 * Directory of the files. It is created if it does not exist.
	 */
	private Path directory = Path.of("routekit-trace");

	/**
	 * Whether to write requests, responses and the events of streams as well. They can be
	 * private.
	 */
	private boolean includeContent;

	/**
	 * Size from which a new file is started.
	 */
	private DataSize maxFileSize = TraceWriter.DEFAULT_MAX_FILE_SIZE;

	/**
	 * Number of days before the current one whose files are kept. All are kept if not
	 * set.
	 */
	private @Nullable Integer maxHistory;

	/**
	 * Number of calls that can wait to be written. Further ones are lost and counted.
	 */
	private int queueCapacity = TraceWriter.DEFAULT_QUEUE_CAPACITY;

	/**
	 * Memory that calls can take until they are written, by estimate. Content for which
	 * there is none is left out; further calls are lost and counted. A sixteenth of the
	 * heap if not set.
	 */
	private @Nullable DataSize queueSize;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Path getDirectory() {
		return this.directory;
	}

	public void setDirectory(Path directory) {
		this.directory = directory;
	}

	public boolean isIncludeContent() {
		return this.includeContent;
	}

	public void setIncludeContent(boolean includeContent) {
		this.includeContent = includeContent;
	}

	public DataSize getMaxFileSize() {
		return this.maxFileSize;
	}

	public void setMaxFileSize(DataSize maxFileSize) {
		this.maxFileSize = maxFileSize;
	}

	public @Nullable Integer getMaxHistory() {
		return this.maxHistory;
	}

	public void setMaxHistory(@Nullable Integer maxHistory) {
		this.maxHistory = maxHistory;
	}

	public int getQueueCapacity() {
		return this.queueCapacity;
	}

	public void setQueueCapacity(int queueCapacity) {
		this.queueCapacity = queueCapacity;
	}

	public @Nullable DataSize getQueueSize() {
		return this.queueSize;
	}

	public void setQueueSize(@Nullable DataSize queueSize) {
		this.queueSize = queueSize;
	}

}
