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

package io.routekit.responses;

import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.wire.JsonRange;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A response as it came, whole or as far as it is known. It repeats the request, which is
 * skipped. It is only valid while the payload is read.
 */
final class ResponseJson {

	private final Map<String, JsonRange> metadata = new LinkedHashMap<>(0);

	private @Nullable String object;

	private @Nullable String id;

	private @Nullable String model;

	private @Nullable String status;

	private @Nullable String reason;

	private @Nullable String effort;

	private @Nullable JsonRange output;

	private @Nullable JsonRange usage;

	private @Nullable JsonRange error;

	/**
	 * Read a response.
	 * @param source the payload
	 * @param parser a parser of the payload that points at the response, an object
	 * @return the response
	 */
	static ResponseJson read(JsonRange source, JsonParser parser) {
		ResponseJson response = new ResponseJson();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			response.readMember(name, source, parser);
		}
		return response;
	}

	/**
	 * Read a member.
	 * @param name the name of the member
	 * @param source the payload
	 * @param parser a parser of the payload that points at the value
	 */
	void readMember(String name, JsonRange source, JsonParser parser) {
		switch (name) {
			case "object" -> this.object = WireJson.readText(parser);
			case "id" -> this.id = WireJson.readText(parser);
			case "model" -> this.model = WireJson.readText(parser);
			case "status" -> this.status = WireJson.readText(parser);
			case "incomplete_details" -> this.reason = readText("reason", parser);
			case "reasoning" -> this.effort = readText("effort", parser);
			case "output" -> this.output = range(JsonToken.START_ARRAY, source, parser);
			case "usage" -> this.usage = range(JsonToken.START_OBJECT, source, parser);
			case "error" -> this.error = value(source, parser);
			case "service_tier", "moderation", "prompt_cache_diagnostics", "tool_usage", "copilot_usage" -> {
				JsonRange value = value(source, parser);
				if (value != null) {
					this.metadata.put(name, value);
				}
			}
			default -> parser.skipChildren();
		}
	}

	private static @Nullable String readText(String member, JsonParser parser) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return null;
		}
		String text = null;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			if (name.equals(member)) {
				text = WireJson.readText(parser);
			}
			else {
				parser.skipChildren();
			}
		}
		return text;
	}

	private static @Nullable JsonRange range(JsonToken start, JsonRange source, JsonParser parser) {
		if (parser.currentToken() == start) {
			return source.value(parser);
		}
		parser.skipChildren();
		return null;
	}

	private static @Nullable JsonRange value(JsonRange source, JsonParser parser) {
		return (parser.currentToken() != JsonToken.VALUE_NULL) ? source.value(parser) : null;
	}

	/**
	 * Return whether this is a response at all.
	 * @return whether it says so or has items
	 */
	boolean isResponse() {
		return this.output != null || "response".equals(this.object);
	}

	@Nullable String id() {
		return this.id;
	}

	@Nullable String model() {
		return this.model;
	}

	@Nullable String status() {
		return this.status;
	}

	/**
	 * Return why the response is incomplete.
	 * @return the reason, or {@code null} if there is none
	 */
	@Nullable String reason() {
		return this.reason;
	}

	/**
	 * Return how hard the model has thought.
	 * @return the effort, or {@code null} if the server does not say
	 */
	@Nullable String effort() {
		return this.effort;
	}

	@Nullable JsonRange output() {
		return this.output;
	}

	@Nullable JsonRange usage() {
		return this.usage;
	}

	@Nullable JsonRange error() {
		return this.error;
	}

	Map<String, JsonRange> metadata() {
		return this.metadata;
	}

}
