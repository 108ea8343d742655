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

import org.jspecify.annotations.Nullable;

/**
 * A request that no recorded call answers. It is no {@link io.routekit.ModelException},
 * since what copes with failures of models must not hide it.
 *
 * @since 0.1.0
 */
public final class RecordingMismatchException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable RequestDifference difference;

	RecordingMismatchException(String message, @Nullable RequestDifference difference) {
		super(message);
		this.difference = difference;
	}

	/**
	 * Return where the request differs first from the recorded one that is most like it.
	 * @return the difference, or {@code null} if there is no recorded request left
	 */
	public @Nullable RequestDifference getDifference() {
		return this.difference;
	}

}
