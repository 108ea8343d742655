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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import org.springframework.util.Assert;

/**
 * Values of an answer that are kept by name beside its text. What takes too much memory
 * for that fails the call. Used by one thread at a time.
 *
 * @since 0.1.0
 */
public final class KeptValues {

	private final KeptSize kept;

	private final Map<String, Object> values = new LinkedHashMap<>();

	/**
	 * Create a new {@link KeptValues} instance.
	 * @param kept the size of what is kept of the answer
	 */
	public KeptValues(KeptSize kept) {
		Assert.notNull(kept, "'kept' must not be null");
		this.kept = kept;
	}

	/**
	 * Read a value, which takes the place of an earlier one. What is {@code null} does
	 * not.
	 * @param name the name of the value
	 * @param parser a parser that points at the value
	 * @throws io.routekit.ModelException if the answer is larger than it may be
	 */
	public void read(String name, JsonParser parser) {
		put(name, this.kept.readValue(parser));
	}

	/**
	 * Put a value in the place of an earlier one, unless it is {@code null}.
	 * @param name the name of the value
	 * @param value the value
	 * @throws io.routekit.ModelException if the answer is larger than it may be
	 */
	public void put(String name, @Nullable Object value) {
		Object known = this.values.get(name);
		// Some servers tell the same with each event
		if (value != null && !value.equals(known)) {
			this.kept.replace(known, value);
			this.values.put(name, value);
		}
	}

	/**
	 * Read a value of which each payload has a part: the elements of lists are collected.
	 * @param name the name of the value
	 * @param parser a parser that points at the value
	 * @throws io.routekit.ModelException if the answer is larger than it may be
	 */
	public void collect(String name, JsonParser parser) {
		Object value = this.kept.readValue(parser);
		boolean empty = value instanceof List<?> list && list.isEmpty()
				|| value instanceof Map<?, ?> object && object.isEmpty();
		if (value != null && !empty) {
			this.kept.addValue(value);
			this.values.merge(name, value, KeptValues::join);
		}
	}

	@SuppressWarnings("unchecked") // What was read is ours, so it can grow in place
	private static Object join(Object known, Object value) {
		if (known instanceof List<?> list && value instanceof List<?> more) {
			((List<Object>) list).addAll(more);
			return list;
		}
		if (known instanceof Map<?, ?> object && value instanceof Map<?, ?> more) {
			more.forEach((name, member) -> {
				if (member != null) {
					((Map<Object, Object>) object).merge(name, member, KeptValues::join);
				}
			});
			return object;
		}
		return value;
	}

	/**
	 * Return a value.
	 * @param name the name of the value
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable Object get(String name) {
		return this.values.get(name);
	}

	/**
	 * Return the values.
	 * @return the values by name, unmodifiable
	 */
	public Map<String, Object> asMap() {
		return Collections.unmodifiableMap(this.values);
	}

}
