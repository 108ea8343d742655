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

package io.routekit.trace.analysis;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Checks of arguments. The command runs without Spring, whose checks are used elsewhere.
 */
final class Check {

	private Check() {
	}

	static void notNull(@Nullable Object argument, String message) {
		isTrue(argument != null, () -> message);
	}

	static void isTrue(boolean expression, Supplier<String> message) {
		if (!expression) {
			throw new IllegalArgumentException(message.get());
		}
	}

}
