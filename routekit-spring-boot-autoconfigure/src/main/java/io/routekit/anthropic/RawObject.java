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
 * A JSON object whose members are kept as JSON texts, so that they can go back as they
 * came.
 */
final class RawObject {

	private final Map<String, String> members;

	private RawObject(Map<String, String> members) {
		this.members = members;
	}

	static RawObject of(String json) {
		return of(JsonRange.of(json));
	}

	static RawObject of(JsonRange json) {
		Map<String, String> members = new LinkedHashMap<>();
		try (JsonParser parser = json.parser()) {
			if (parser.nextToken() == JsonToken.START_OBJECT) {
				for (String name = parser.nextName(); name != null; name = parser.nextName()) {
					parser.nextToken();
					members.put(name, json.value(parser).toString());
				}
			}
		}
		return new RawObject(members);
	}

	/**
	 * Return the members.
	 * @return the members by name, as JSON texts
	 */
	Map<String, String> members() {
		return Collections.unmodifiableMap(this.members);
	}

	/**
	 * Return the length of a member.
	 * @param name the name of the member, or {@code null} for none
	 * @return the length of the JSON text, or 0 if there is no such member
	 */
	int length(@Nullable String name) {
		String json = (name != null) ? this.members.get(name) : null;
		return (json != null) ? json.length() : 0;
	}

	/**
	 * Return a member that should be a text.
	 * @param name the name of the member
	 * @return the text, or {@code null} if the member is absent or something else
	 */
	@Nullable String text(String name) {
		String json = this.members.get(name);
		if (json == null || json.charAt(0) != '"') {
			return null;
		}
		if (json.indexOf('\\') == -1) {
			return json.substring(1, json.length() - 1);
		}
		try (JsonParser parser = JsonRange.of(json).parser()) {
			parser.nextToken();
			return parser.getString();
		}
	}

	/**
	 * Return a member that should be an object or an array with content.
	 * @param name the name of the member
	 * @return the JSON text, or {@code null} if the member is absent, empty or something
	 * else
	 */
	@Nullable String container(String name) {
		String json = this.members.get(name);
		if (json == null || (json.charAt(0) != '{' && json.charAt(0) != '[')) {
			return null;
		}
		try (JsonParser parser = JsonRange.of(json).parser()) {
			parser.nextToken();
			return !parser.nextToken().isStructEnd() ? json : null;
		}
	}

	RawObject with(String name, String json) {
		return with(Map.of(name, json));
	}

	RawObject with(Map<String, String> others) {
		Map<String, String> members = new LinkedHashMap<>(this.members);
		members.putAll(others);
		return new RawObject(members);
	}

	RawObject without(String... names) {
		Map<String, String> members = new LinkedHashMap<>(this.members);
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
