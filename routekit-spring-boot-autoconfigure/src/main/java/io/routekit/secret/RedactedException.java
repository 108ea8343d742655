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

package io.routekit.secret;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception that had a secret in its message, or in that of a cause.
 */
final class RedactedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new {@link RedactedException} instance.
	 * @param text the type and the message of the exception, without the secret
	 * @param cause the cause, without secrets
	 */
	RedactedException(String text, @Nullable Throwable cause) {
		super(text, cause);
	}

	@Override
	public String toString() {
		return String.valueOf(getMessage());
	}

}
