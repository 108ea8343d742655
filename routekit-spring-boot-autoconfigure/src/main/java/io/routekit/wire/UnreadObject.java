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

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

import org.springframework.util.Assert;

/**
 * A JSON object that is kept as it came and takes as much memory as that. Its members are
 * read each time somebody asks for them, and written as they are.
 *
 * @since 0.1.0
 */
public final class UnreadObject extends AbstractMap<String, @Nullable Object> implements JacksonSerializable {

	private final Map<String, JsonRange> members;

	/**
	 * Create a new {@link UnreadObject} instance.
	 * @param members the members by name
	 */
	public UnreadObject(Map<String, JsonRange> members) {
		Assert.notNull(members, "'members' must not be null");
		this.members = new LinkedHashMap<>(members);
	}

	/**
	 * Return how many bytes it is kept in.
	 * @return the number of bytes
	 */
	public long bytes() {
		return this.members.values().stream().mapToLong(JsonRange::length).sum();
	}

	@Override
	public boolean containsKey(Object name) {
		return this.members.containsKey(name);
	}

	@Override
	public @Nullable Object get(Object name) {
		JsonRange member = this.members.get(name);
		return (member != null) ? read(member) : null;
	}

	private static @Nullable Object read(JsonRange json) {
		return WireJson.mapper().readValue(json.json(), json.offset(), json.length(), Object.class);
	}

	@Override
	public Set<Map.Entry<String, @Nullable Object>> entrySet() {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		this.members.forEach((name, json) -> values.put(name, read(json)));
		return values.entrySet();
	}

	@Override
	public int size() {
		return this.members.size();
	}

	@Override
	public void serialize(JsonGenerator json, SerializationContext context) {
		json.writeRawValue(toJson());
	}

	@Override
	public void serializeWithType(JsonGenerator json, SerializationContext context, TypeSerializer types) {
		serialize(json, context);
	}

	private String toJson() {
		StringBuilder json = new StringBuilder("{");
		this.members.forEach((name, value) -> json.append((json.length() > 1) ? "," : "")
			.append(WireJson.write(name))
			.append(':')
			.append(value.toJson()));
		return json.append('}').toString();
	}

	@Override
	public String toString() {
		return "UnreadObject[%s, %d bytes]".formatted(this.members.keySet(), bytes());
	}

}
