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

package io.routekit.json;

import java.util.List;
import java.util.Map;

import io.routekit.AssistantPart;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.Assert;

/**
 * The JSON form of what goes into calls and comes out of them, both ways, as trees that
 * files of calls are made of: what is read is equal to what was written, the state of
 * providers included. {@link RouteKitJacksonModule} has the same form for applications.
 *
 * @since 0.1.0
 */
public final class ModelJson {

	private ModelJson() {
	}

	/**
	 * Write a request without its tags, which no model gets.
	 * @param request the request
	 * @return the JSON
	 */
	public static ObjectNode write(ChatRequest request) {
		Assert.notNull(request, "'request' must not be null");
		return RequestJson.write(request);
	}

	/**
	 * Read a request.
	 * @param json the JSON
	 * @param tags the tags that the request gets
	 * @return the request
	 * @throws RuntimeException if it is none
	 */
	public static ChatRequest readRequest(JsonNode json, Map<String, String> tags) {
		Assert.notNull(json, "'json' must not be null");
		Assert.notNull(tags, "'tags' must not be null");
		return RequestJson.read(json, tags);
	}

	/**
	 * Write a response.
	 * @param response the response
	 * @return the JSON
	 */
	public static ObjectNode write(ModelResponse response) {
		Assert.notNull(response, "'response' must not be null");
		return ResponseJson.write(response);
	}

	/**
	 * Read a response.
	 * @param json the JSON
	 * @return the response
	 * @throws RuntimeException if it is none
	 */
	public static ModelResponse readResponse(JsonNode json) {
		Assert.notNull(json, "'json' must not be null");
		return ResponseJson.read(json);
	}

	/**
	 * Write an event.
	 * @param event the event
	 * @return the JSON
	 */
	public static ObjectNode write(StreamEvent event) {
		Assert.notNull(event, "'event' must not be null");
		return EventJson.write(event);
	}

	/**
	 * Read an event.
	 * @param json the JSON
	 * @return the event
	 * @throws RuntimeException if it is none
	 */
	public static StreamEvent readEvent(JsonNode json) {
		Assert.notNull(json, "'json' must not be null");
		return EventJson.read(json);
	}

	/**
	 * Write the counters of a usage, without its cost and its raw form.
	 * @param usage the usage
	 * @return the JSON, or {@code null} if there is no usage
	 */
	public static @Nullable ObjectNode writeCounters(@Nullable Usage usage) {
		return ResponseJson.writeUsage(usage);
	}

	/**
	 * Write a cost.
	 * @param cost the cost
	 * @return the JSON, or {@code null} if there is no cost
	 */
	public static @Nullable ObjectNode writeCost(@Nullable Cost cost) {
		return ResponseJson.writeCost(cost);
	}

	/**
	 * Return the parts of a response as they are written: without the text that the
	 * message of a bare refusal has.
	 * @param response the response
	 * @return the parts
	 */
	public static List<AssistantPart> parts(ModelResponse response) {
		Assert.notNull(response, "'response' must not be null");
		return ResponseJson.parts(response);
	}

}
