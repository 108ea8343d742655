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

package io.routekit.http;

import java.io.IOException;

import io.routekit.OneLine;

/**
 * Takes the place of a failure of the HTTP client whose message quotes what a server sent
 * and so is not fit for a log.
 */
final class OneLineException extends IOException {

	private static final int MAX_LENGTH = 1000;

	private static final long serialVersionUID = 1L;

	private OneLineException(Throwable failure, String message) {
		super(failure.getClass().getName() + ": " + message);
		setStackTrace(failure.getStackTrace());
	}

	/**
	 * Return what can be the cause of an exception.
	 * @param failure the failure
	 * @return the failure itself if its message is harmless
	 */
	static Throwable of(Throwable failure) {
		String message = failure.getMessage();
		String line = (message != null) ? OneLine.of(message, MAX_LENGTH) : null;
		return (line == null || line.equals(message)) ? failure : new OneLineException(failure, line);
	}

}
