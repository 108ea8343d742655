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

package io.routekit.sample;

import java.util.List;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.Tool;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Reads the body of a chat request. What is wrong is told with the path of the field.
 */
@Component
final class ChatBodyReader {

	private final JsonMapper jsonMapper;

	ChatBodyReader(JsonMapper jsonMapper) {
		// Arguments and schemas are passed on as text: numbers must stay what they are
		this.jsonMapper = jsonMapper.rebuild().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
	}

	ChatBody read(byte @Nullable [] json) {
		Field body = parse(json);
		Field options = body.get("options");
		List<Tool> tools = ToolsReader.read(body.get("tools"));
		ChatOptions chatOptions = options.isPresent() ? OptionsReader.read(options, tools) : ChatOptions.empty();
		try {
			return new ChatBody(body.get("model").ifPresent(Field::nonEmptyText),
					ChatRequest.builder().messages(messages(body)).tools(tools).options(chatOptions).build());
		}
		catch (ModelException ex) {
			throw new BadRequestException(String.valueOf(ex.getMessage()));
		}
	}

	private Field parse(byte @Nullable [] json) {
		if (json == null || json.length == 0) {
			throw new BadRequestException("The body is empty; send a JSON object with 'message' or 'messages'");
		}
		try {
			Field body = Field.root(this.jsonMapper.readTree(json));
			body.object();
			return body;
		}
		catch (JacksonException ex) {
			TokenStreamLocation location = ex.getLocation();
			throw new BadRequestException("The body is not valid JSON" + ((location != null)
					? " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr()) : ""));
		}
	}

	private static List<? extends Message> messages(Field body) {
		Field message = body.get("message");
		Field messages = body.get("messages");
		if (message.isPresent() && messages.isPresent()) {
			throw message.error("must not be set together with messages, since it is short for one user message");
		}
		if (message.isPresent()) {
			return List.of(Message.user(message.nonEmptyText()));
		}
		if (!messages.isPresent()) {
			throw messages.error("must not be missing, unless there is a message");
		}
		return new MessagesReader().read(messages);
	}

}
