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

package io.routekit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The formats of answers that a server has refused, so that it is asked for each only
 * once. Thread-safe.
 */
final class RefusedFormats {

	private static final int MAX_SIZE = 256;

	private final Set<Refused> formats = ConcurrentHashMap.newKeySet();

	void add(ChatRequest request) {
		Refused refused = Refused.of(request);
		if (refused != null && this.formats.size() < MAX_SIZE) {
			this.formats.add(refused);
		}
	}

	boolean contains(ChatRequest request) {
		if (this.formats.isEmpty()) {
			return false;
		}
		Refused refused = Refused.of(request);
		return refused != null && this.formats.contains(refused);
	}

	/**
	 * A format that a model does not take.
	 *
	 * @param model the name of the model, or {@code null} for the configured one
	 * @param format the format
	 */
	private record Refused(@Nullable String model, ResponseFormat format) {

		static @Nullable Refused of(ChatRequest request) {
			ResponseFormat format = request.options().responseFormat();
			return (format != null) ? new Refused(request.options().model(), format) : null;
		}

	}

}
