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

import io.routekit.trace.RecordingMode;
import io.routekit.trace.ReplayPace;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of recordings of calls.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit.recording")
public final class RecordingProperties {

	/**
	 * Whether calls are recorded, answered by what was recorded, or both.
	 */
	private RecordingMode mode = RecordingMode.OFF;

	/**
	 * Directory of the recordings.
	 */
	private Path directory = Path.of("src/test/resources/recordings");

	/**
	 * How fast recorded calls are answered.
	 */
	private ReplayPace pace = ReplayPace.NONE;

	public RecordingMode getMode() {
		return this.mode;
	}

	public void setMode(RecordingMode mode) {
		this.mode = mode;
	}

	public Path getDirectory() {
		return this.directory;
	}

	public void setDirectory(Path directory) {
		this.directory = directory;
	}

	public ReplayPace getPace() {
		return this.pace;
	}

	public void setPace(ReplayPace pace) {
		this.pace = pace;
	}

}
