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

import org.springframework.util.Assert;

/**
 * Where two requests differ.
 *
 * @param path the place, for example {@code messages[1].content}
 * @param expected what was recorded there, or {@code null} if nothing was
 * @param actual what is there now, or {@code null} if nothing is
 * @since 0.1.0
 */
public record RequestDifference(String path, @Nullable String expected, @Nullable String actual) {

	public RequestDifference {
		Assert.hasText(path, "'path' must not be empty");
	}

	@Override
	public String toString() {
		return "RequestDifference[path=%s]".formatted(this.path);
	}

}
