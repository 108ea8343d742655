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

package io.routekit.wire;

import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Object of counters, each of which is missing, a number of tokens, or neither.
 *
 * @param members the members by name
 * @param unreadable takes the names of those that are there but are no counters
 */
record CounterObject(Map<?, ?> members, Consumer<String> unreadable) {

	/**
	 * Far beyond any context window, so that more is not believed.
	 */
	private static final long MAX = 1_000_000_000;

	boolean has(String name) {
		return this.members.get(name) != null;
	}

	/**
	 * Return the first counter that is more than zero, which some servers say of those
	 * that they do not count.
	 * @param names the names that the counter can have
	 * @return the counter, or {@code null} if there is none
	 */
	@Nullable Long count(String... names) {
		Long first = null;
		for (String name : names) {
			Object value = this.members.get(name);
			Long count = bounded(value);
			if (value != null && count == null) {
				this.unreadable.accept(name);
			}
			first = (first == null || first == 0) ? firstNonNull(count, first) : first;
		}
		return first;
	}

	private static @Nullable Long firstNonNull(@Nullable Long first, @Nullable Long second) {
		return (first != null) ? first : second;
	}

	/**
	 * Return a counter that need not be readable.
	 * @param name the name of the counter
	 * @return the counter, or {@code null} if there is none
	 */
	@Nullable Long countIfReadable(String name) {
		return bounded(this.members.get(name));
	}

	private static @Nullable Long bounded(@Nullable Object value) {
		Long count = UsageCounters.toCount(value);
		return (count != null && count <= MAX) ? count : null;
	}

	/**
	 * Return the first object that there is.
	 * @param names the names that the object can have
	 * @return the object, which is empty if there is none
	 */
	CounterObject object(String... names) {
		Map<?, ?> found = Collections.emptyMap();
		for (String name : names) {
			Object value = this.members.get(name);
			if (value instanceof Map<?, ?> object) {
				found = found.isEmpty() ? object : found;
			}
			else if (value != null && !value.equals(Collections.emptyList())) {
				this.unreadable.accept(name);
			}
		}
		return new CounterObject(found, this.unreadable);
	}

	@Nullable String text(String name) {
		return (this.members.get(name) instanceof String text) ? text : null;
	}

}
