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
import java.util.function.BiFunction;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ModelResponse;
import org.jspecify.annotations.Nullable;

/**
 * Tells the attributes of spans that the semantic conventions have for OpenAI's APIs
 * alone.
 *
 * @param choice chooses the API of a request
 * @param model the name of the model of requests that name none, or {@code null}
 */
record TelemetryAttributes(ApiChoice choice,
		@Nullable String model) implements BiFunction<ChatRequest, @Nullable ModelResponse, Map<String, String>> {

	@Override
	public Map<String, String> apply(ChatRequest request, @Nullable ModelResponse response) {
		ChatOptions options = request.options();
		String called = (options.model() != null) ? options.model() : this.model;
		Map<String, String> attributes = new LinkedHashMap<>();
		attributes.put("openai.api.type", this.choice.isResponses(called) ? "responses" : "chat_completions");
		// Extra fields win on the wire as well
		if (!add(attributes, "openai.request.service_tier", options.extra().get("service_tier"))) {
			add(attributes, "openai.request.service_tier", options.serviceTier());
		}
		if (response != null) {
			Map<String, Object> metadata = response.metadata();
			add(attributes, "openai.response.service_tier", metadata.get("service_tier"));
			add(attributes, "openai.response.system_fingerprint", metadata.get("system_fingerprint"));
		}
		return attributes;
	}

	private static boolean add(Map<String, String> attributes, String name, @Nullable Object value) {
		if (value instanceof String text) {
			attributes.put(name, text);
			return true;
		}
		return false;
	}

}
