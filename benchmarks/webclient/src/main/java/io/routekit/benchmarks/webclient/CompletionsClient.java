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

package io.routekit.benchmarks.webclient;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.ClientSettings;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Speaks Chat Completions.
 */
final class CompletionsClient extends JsonClient<CompletionsClient.Completion> {

	CompletionsClient(WebClient client, ClientSettings settings) {
		super(client, settings, "/chat/completions", Completion.class);
	}

	@Override
	void receive(JsonNode event, Call call) {
		String text = event.at("/choices/0/delta/content").asString("");
		if (!text.isEmpty()) {
			call.text(text);
		}
		JsonNode usage = event.path("usage");
		if (usage.isObject()) {
			call.usage(usage.path("prompt_tokens").asLong(), usage.path("completion_tokens").asLong());
		}
	}

	@Override
	void receive(Completion answer, Call call) {
		call.answer(answer.choices().get(0).message().content());
		call.usage(answer.usage().promptTokens(), answer.usage().completionTokens());
	}

	/**
	 * An answer.
	 */
	record Completion(List<Choice> choices, Usage usage) {

	}

	/**
	 * A choice of an answer.
	 */
	record Choice(Message message) {

	}

	/**
	 * The message of a choice.
	 */
	record Message(String content) {

	}

	/**
	 * The tokens of a call.
	 */
	record Usage(@JsonProperty("prompt_tokens") long promptTokens,
			@JsonProperty("completion_tokens") long completionTokens) {

	}

}
