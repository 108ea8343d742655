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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.routekit.http.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A JSON object whose members are kept as they came, so that they can go back like that.
 */
final class RawObject {

	private final Map<String, JsonRange> members;

	private RawObject(Map<String, JsonRange> members) {
		this.members = members;
	}

	static RawObject of(String json) {
		return of(JsonRange.of(json));
	}

	/**
	 * Read an object.
	 * @param json the object
	 * @return the object, which is valid as long as the bytes are
	 */
	static RawObject of(JsonRange json) {
		Map<String, JsonRange> members = new LinkedHashMap<>();
		try (JsonParser parser = json.parser()) {
			if (parser.nextToken() == JsonToken.START_OBJECT) {
				for (String name = parser.nextName(); name != null; name = parser.nextName()) {
					parser.nextToken();
					members.put(name, json.value(parser));
				}
			}
		}
		return new RawObject(members);
	}

	/**
	 * Return a copy that stays valid.
	 * @return a copy with bytes of its own
	 */
	RawObject copy() {
		return new RawObject(Collections.emptyMap()).with(members());
	}

	/**
	 * Return the members.
	 * @return the members by name, as JSON texts
	 */
	Map<String, String> members() {
		Map<String, String> members = new LinkedHashMap<>();
		this.members.forEach((name, json) -> members.put(name, json.toString()));
		return members;
	}

	/**
	 * Return the length of a member.
	 * @param name the name of the member, or {@code null} for none
	 * @return the length in bytes, or 0 if there is no such member
	 */
	int length(@Nullable String name) {
		JsonRange json = (name != null) ? this.members.get(name) : null;
		return (json != null) ? json.length() : 0;
	}

	/**
	 * Return a member that should be a text.
	 * @param name the name of the member
	 * @return the text, or {@code null} if the member is absent or something else
	 */
	@Nullable String text(String name) {
		JsonRange json = this.members.get(name);
		return (json != null) ? json.text() : null;
	}

	/**
	 * Return a member that should be an object or an array with content.
	 * @param name the name of the member
	 * @return the JSON text, or {@code null} if the member is absent, empty or something
	 * else
	 */
	@Nullable String container(String name) {
		JsonRange json = this.members.get(name);
		return (json != null && json.hasContent()) ? json.toString() : null;
	}

	RawObject with(String name, String json) {
		return with(Map.of(name, json));
	}

	RawObject with(Map<String, String> others) {
		Map<String, JsonRange> members = new LinkedHashMap<>(this.members);
		others.forEach((name, json) -> members.put(name, JsonRange.of(json)));
		return new RawObject(members);
	}

	RawObject without(String... names) {
		Map<String, JsonRange> members = new LinkedHashMap<>(this.members);
		for (String name : names) {
			members.remove(name);
		}
		return new RawObject(members);
	}

	boolean isEmpty() {
		return this.members.isEmpty();
	}

	/**
	 * Return the object as JSON text.
	 */
	@Override
	public String toString() {
		return this.members.entrySet()
			.stream()
			.map((member) -> WireJson.write(member.getKey()) + ":" + member.getValue())
			.collect(Collectors.joining(",", "{", "}"));
	}

}
