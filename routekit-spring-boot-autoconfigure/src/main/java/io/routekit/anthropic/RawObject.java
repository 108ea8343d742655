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

package io.routekit.anthropic;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import io.routekit.wire.JsonRange;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A JSON object that is kept as it came, so that it can go back like that. It takes as
 * much memory as its text, whatever it consists of: only the members that mean something
 * to us are found at once.
 */
final class RawObject {

	private static final Set<String> KNOWN = Set.of("type", "text", "citations", "thinking", "signature", "id", "name",
			"input");

	private final JsonRange json;

	private final Map<String, JsonRange> known;

	private final boolean hasOthers;

	private RawObject(JsonRange json, Map<String, JsonRange> known, boolean hasOthers) {
		this.json = json;
		this.known = known;
		this.hasOthers = hasOthers;
	}

	static RawObject of(String json) {
		return of(JsonRange.of(json));
	}

	/**
	 * Read an object.
	 * @param json the object; anything else counts as an empty one
	 * @return the object, which is valid as long as the bytes are
	 */
	static RawObject of(JsonRange json) {
		return of(json, KNOWN);
	}

	/**
	 * Read an object of which other members mean something.
	 * @param json the object; anything else counts as an empty one
	 * @param names the names of the members
	 * @return the object, which is valid as long as the bytes are
	 */
	static RawObject of(JsonRange json, Set<String> names) {
		Map<String, JsonRange> known = new HashMap<>();
		boolean hasOthers = false;
		try (JsonParser parser = json.parser()) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return new RawObject(JsonRange.of("{}"), known, false);
			}
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				parser.nextToken();
				if (names.contains(name)) {
					known.put(name, json.value(parser));
				}
				else {
					hasOthers = true;
					parser.skipChildren();
				}
			}
		}
		return new RawObject(json, known, hasOthers);
	}

	JsonRange json() {
		return this.json;
	}

	/**
	 * Take all the members in their order.
	 * @param members takes the name and the value of each
	 */
	void forEach(BiConsumer<String, JsonRange> members) {
		try (JsonParser parser = this.json.parser()) {
			parser.nextToken();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				parser.nextToken();
				members.accept(name, this.json.value(parser));
			}
		}
	}

	/**
	 * Return the length of a member.
	 * @param name the name of the member, or {@code null} for none
	 * @return the length in bytes, or 0 if there is no such member
	 */
	int length(@Nullable String name) {
		JsonRange json = (name != null) ? this.known.get(name) : null;
		return (json != null) ? json.length() : 0;
	}

	/**
	 * Return a member that should be a text.
	 * @param name the name of the member
	 * @return the text, or {@code null} if the member is absent or something else
	 */
	@Nullable String text(String name) {
		JsonRange json = this.known.get(name);
		return (json != null) ? json.text() : null;
	}

	/**
	 * Return a member that should be an object or an array with content.
	 * @param name the name of the member
	 * @return the JSON text, or {@code null} if the member is absent, empty or something
	 * else
	 */
	@Nullable String container(String name) {
		JsonRange json = this.known.get(name);
		return (json != null && json.hasContent()) ? json.toJson() : null;
	}

	/**
	 * Return the object with other members, which take the place of those with the same
	 * names.
	 * @param members the members by name, as JSON texts
	 * @return the JSON text
	 */
	String with(Map<String, String> members) {
		StringBuilder text = new StringBuilder("{");
		Map<String, String> left = new LinkedHashMap<>(members);
		forEach((name, json) -> {
			String value = members.containsKey(name) ? left.remove(name) : json.toJson();
			if (value != null) {
				append(text, name, value);
			}
		});
		left.forEach((name, value) -> append(text, name, value));
		return text.append('}').toString();
	}

	/**
	 * Return the object without some members.
	 * @param names the names of the members, which must be known ones
	 * @return the JSON text, or {@code null} if no other members are left
	 */
	@Nullable String without(String... names) {
		List<String> left = Arrays.asList(names);
		if (!this.hasOthers && left.containsAll(this.known.keySet())) {
			return null;
		}
		StringBuilder text = new StringBuilder("{");
		forEach((name, json) -> {
			if (!left.contains(name)) {
				append(text, name, json.toJson());
			}
		});
		return text.append('}').toString();
	}

	private static void append(StringBuilder text, String name, String value) {
		text.append((text.length() > 1) ? "," : "").append(WireJson.write(name)).append(':').append(value);
	}

}
