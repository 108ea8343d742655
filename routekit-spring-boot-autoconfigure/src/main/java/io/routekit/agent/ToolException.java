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

package io.routekit.agent;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Thrown by a tool to tell the model why it failed. Unlike that of any other exception,
 * its message reaches the model, and so perhaps the user.
 *
 * @since 0.1.0
 */
public final class ToolException extends RuntimeException {

	/**
	 * Create a new {@link ToolException} instance.
	 * @param message what the model is told
	 */
	public ToolException(String message) {
		super(message);
		Assert.notNull(message, "'message' must not be null");
	}

	/**
	 * Create a new {@link ToolException} instance.
	 * @param message what the model is told
	 * @param cause what happened, which the model is not told
	 */
	public ToolException(String message, @Nullable Throwable cause) {
		super(message, cause);
		Assert.notNull(message, "'message' must not be null");
	}

}
