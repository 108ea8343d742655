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

/**
 * Modes of recording and replaying calls.
 *
 * @since 0.1.0
 */
public enum RecordingMode {

	/**
	 * Nothing: calls go to the provider.
	 */
	OFF,

	/**
	 * Calls go to the provider and are recorded anew.
	 */
	RECORD,

	/**
	 * Calls are answered by what was recorded, and fail if there is nothing.
	 */
	REPLAY,

	/**
	 * Calls are answered by what was recorded; for which there is nothing, they go to the
	 * provider and are added to the recording.
	 */
	AUTO;

	/**
	 * Return whether recorded calls are answered without the provider.
	 * @return whether this mode replays
	 */
	public boolean isReplaying() {
		return this == REPLAY || this == AUTO;
	}

}
