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
import io.routekit.benchmarks.Answer;
import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.ClientSettings;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Speaks Anthropic Messages.
 */
final class MessagesClient extends JsonClient<MessagesClient.Message> {

	MessagesClient(WebClient client, ClientSettings settings) {
		super(client, settings, "/v1/messages", Message.class);
	}

	@Override
	void receive(JsonNode event, Call call) {
		switch (event.path("type").asString()) {
			case "content_block_delta" -> call.text(event.at("/delta/text").asString());
			case "message_delta" -> call.usage(Answer.PROMPT_TOKENS, event.at("/usage/output_tokens").asLong());
			default -> {
			}
		}
	}

	@Override
	void receive(Message answer, Call call) {
		call.answer(answer.content().get(0).text());
		call.usage(answer.usage().inputTokens(), answer.usage().outputTokens());
	}

	/**
	 * An answer.
	 */
	record Message(List<Block> content, Usage usage) {

	}

	/**
	 * A block of an answer.
	 */
	record Block(String text) {

	}

	/**
	 * The tokens of a call.
	 */
	record Usage(@JsonProperty("input_tokens") long inputTokens, @JsonProperty("output_tokens") long outputTokens) {

	}

}
