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

import java.io.Serializable;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.JacksonSerializable;

import org.springframework.util.Assert;

/**
 * Values of JSON that nobody can change: maps and collections are copied at any depth,
 * unless they are such copies already. Other objects stay as they are, and so does a map
 * that writes itself, which would lose its form.
 */
final class FixedValues {

	private static final Map<String, Object> EMPTY = new FixedMap(Collections.emptyMap());

	/**
	 * How deep values can be, which is as deep as JSON is read and written.
	 */
	private static final int MAX_DEPTH = StreamReadConstraints.DEFAULT_MAX_DEPTH;

	private FixedValues() {
	}

	static Map<String, Object> of(Map<String, ?> map) {
		if (map.isEmpty()) {
			return EMPTY;
		}
		return (map instanceof FixedMap fixed) ? fixed : copy(map, MAX_DEPTH);
	}

	private static @Nullable Object of(@Nullable Object value, int depth) {
		if (value instanceof FixedMap || value instanceof FixedList || value instanceof JacksonSerializable) {
			return value;
		}
		if (value instanceof Map<?, ?> map) {
			return copy(map, depth);
		}
		return (value instanceof Collection<?> values) ? copy(values, depth) : value;
	}

	private static FixedMap copy(Map<?, ?> map, int depth) {
		checkDepth(depth);
		Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
		for (Map.Entry<Object, @Nullable Object> member : copy.entrySet()) {
			member.setValue(of(member.getValue(), depth - 1));
		}
		return new FixedMap(copy);
	}

	private static FixedList copy(Collection<?> values, int depth) {
		checkDepth(depth);
		@Nullable Object[] copy = values.toArray(new Object[0]);
		for (int i = 0; i < copy.length; i++) {
			copy[i] = of(copy[i], depth - 1);
		}
		return new FixedList(copy);
	}

	private static void checkDepth(int depth) {
		Assert.isTrue(depth > 0, () -> "Values must not contain themselves, nor more than %s others in one another"
			.formatted(MAX_DEPTH));
	}

	/**
	 * A map that is known to be fixed by its type.
	 */
	private static final class FixedMap extends AbstractMap<String, Object> implements Serializable {

		private final Map<String, Object> members;

		@SuppressWarnings("unchecked") // The names of JSON are texts, and others stay as
										// given
		FixedMap(Map<?, ? extends @Nullable Object> members) {
			this.members = (Map<String, Object>) Collections.unmodifiableMap(members);
		}

		@Override
		public int size() {
			return this.members.size();
		}

		@Override
		public boolean containsKey(@Nullable Object name) {
			return this.members.containsKey(name);
		}

		@Override
		public @Nullable Object get(@Nullable Object name) {
			return this.members.get(name);
		}

		@Override
		public Set<Entry<String, Object>> entrySet() {
			return this.members.entrySet();
		}

		@Override
		public void forEach(BiConsumer<? super String, ? super Object> action) {
			this.members.forEach(action);
		}

	}

	/**
	 * A list that is known to be fixed by its type.
	 */
	private static final class FixedList extends AbstractList<@Nullable Object> implements RandomAccess, Serializable {

		private final @Nullable Object[] elements;

		FixedList(@Nullable Object[] elements) {
			this.elements = elements;
		}

		@Override
		public int size() {
			return this.elements.length;
		}

		@Override
		public @Nullable Object get(int index) {
			return this.elements[index];
		}

	}

}
