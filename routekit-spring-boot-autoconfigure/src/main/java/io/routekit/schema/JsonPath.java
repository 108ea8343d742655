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

package io.routekit.schema;

import java.util.ArrayDeque;
import java.util.Deque;

import io.routekit.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON text. It becomes a text only when there is something to say of it.
 *
 * @param parent the place around this one, or {@code null} for the whole text
 * @param name the name of the member, or {@code null} for an item
 * @param index the index of the item
 */
record JsonPath(@Nullable JsonPath parent, @Nullable String name, int index) {

	static final JsonPath ROOT = new JsonPath(null, null, -1);

	private static final int MAX_NAME_LENGTH = 40;

	private static final int MAX_PLACES = 16;

	JsonPath member(String name) {
		return new JsonPath(this, name, -1);
	}

	JsonPath item(int index) {
		return new JsonPath(this, null, index);
	}

	/**
	 * Return the path as it is told, for example {@code items[1].number}.
	 * @return the path, of which the innermost places are kept
	 */
	@Override
	public String toString() {
		if (this.parent == null) {
			return "The JSON";
		}
		Deque<JsonPath> places = new ArrayDeque<>();
		JsonPath place = this;
		while (place.parent != null && places.size() < MAX_PLACES) {
			places.push(place);
			place = place.parent;
		}
		StringBuilder path = new StringBuilder((place.parent != null) ? "…" : "");
		for (JsonPath next : places) {
			next.append(path);
		}
		return path.toString();
	}

	private void append(StringBuilder path) {
		if (this.name == null) {
			path.append('[').append(this.index).append(']');
			return;
		}
		path.append(path.isEmpty() ? "" : ".").append(OneLine.of(this.name, MAX_NAME_LENGTH));
	}

}
