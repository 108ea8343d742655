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

package io.routekit.test.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.routekit.ChatRequest;
import io.routekit.ModelResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The formats that the server speaks, each known by its paths.
 */
enum WireFormat {

	/**
	 * Chat Completions as OpenAI has them.
	 */
	OPENAI("x-request-id", new OpenAiErrors()),

	/**
	 * Chat Completions as Azure OpenAI has them, with the deployment in the path or not.
	 */
	AZURE("apim-request-id", new AzureErrors()),

	/**
	 * Anthropic Messages.
	 */
	ANTHROPIC("request-id", new AnthropicErrors());

	private static final Pattern AZURE_PATH = Pattern
		.compile("/openai/(?:deployments/([^/]+)|v1)/chat/completions(?:\\?.*)?");

	private static final Pattern COMPLETIONS_PATH = Pattern.compile(".*/chat/completions(?:\\?.*)?");

	private static final Pattern MESSAGES_PATH = Pattern.compile(".*/messages(?:\\?.*)?");

	private final String requestIdHeader;

	private final WireErrors errors;

	WireFormat(String requestIdHeader, WireErrors errors) {
		this.requestIdHeader = requestIdHeader;
		this.errors = errors;
	}

	/**
	 * Return the format of a path.
	 * @param path the path with the query
	 * @return the format, or {@code null} if nobody has this path
	 */
	static @Nullable WireFormat of(String path) {
		if (AZURE_PATH.matcher(path).matches()) {
			return AZURE;
		}
		if (COMPLETIONS_PATH.matcher(path).matches()) {
			return OPENAI;
		}
		return MESSAGES_PATH.matcher(path).matches() ? ANTHROPIC : null;
	}

	String requestIdHeader() {
		return this.requestIdHeader;
	}

	WireErrors errors() {
		return this.errors;
	}

	ChatRequest read(String path, JsonNode body) {
		if (this == ANTHROPIC) {
			return new MessagesReader(body).read();
		}
		Matcher azure = AZURE_PATH.matcher(path);
		String deployment = azure.matches() ? azure.group(1) : null;
		return new CompletionsReader(body,
				(deployment != null) ? URLDecoder.decode(deployment, StandardCharsets.UTF_8) : null)
			.read();
	}

	ObjectNode write(ModelResponse response) {
		return (this == ANTHROPIC) ? MessagesWriter.write(response) : CompletionsWriter.write(response);
	}

	/**
	 * Begin a stream.
	 * @param request the body of the request
	 * @param beginning what is known of the answer when it begins
	 * @return the stream
	 */
	WireStream stream(JsonNode request, ModelResponse beginning) {
		return (this == ANTHROPIC) ? new MessagesStream(beginning) : new CompletionsStream(request, beginning);
	}

	/**
	 * Return an error in the middle of a stream.
	 * @param error the body of the error
	 * @return the event
	 */
	String streamError(ObjectNode error) {
		return (this == ANTHROPIC) ? WireStream.event("error", error) : WireStream.data(error.toString());
	}

}
