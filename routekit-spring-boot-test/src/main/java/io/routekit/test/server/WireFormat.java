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
	 * Responses as OpenAI has them.
	 */
	OPENAI_RESPONSES("x-request-id", new OpenAiErrors()),

	/**
	 * Responses as Azure OpenAI has them.
	 */
	AZURE_RESPONSES("apim-request-id", new AzureErrors()),

	/**
	 * Anthropic Messages.
	 */
	ANTHROPIC("request-id", new AnthropicErrors());

	private static final String COMPLETIONS_PATH = "/chat/completions";

	private static final String RESPONSES_PATH = "/responses";

	private static final String MESSAGES_PATH = "/messages";

	private static final String AZURE_PATH = "/openai/";

	private static final String DEPLOYMENTS = "deployments/";

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
		String resource = withoutQuery(path);
		if (resource.endsWith(COMPLETIONS_PATH)) {
			return (resource.equals(AZURE_PATH + "v1" + COMPLETIONS_PATH) || deployment(resource) != null) ? AZURE
					: OPENAI;
		}
		if (resource.endsWith(RESPONSES_PATH)) {
			return resource.equals(AZURE_PATH + "v1" + RESPONSES_PATH) ? AZURE_RESPONSES : OPENAI_RESPONSES;
		}
		return resource.endsWith(MESSAGES_PATH) ? ANTHROPIC : null;
	}

	private static String withoutQuery(String path) {
		int query = path.indexOf('?');
		return (query < 0) ? path : path.substring(0, query);
	}

	private static @Nullable String deployment(String resource) {
		int start = AZURE_PATH.length() + DEPLOYMENTS.length();
		int end = resource.length() - COMPLETIONS_PATH.length();
		boolean deployment = resource.startsWith(AZURE_PATH + DEPLOYMENTS) && resource.endsWith(COMPLETIONS_PATH)
				&& end > start && resource.indexOf('/', start) == end;
		return deployment ? URLDecoder.decode(resource.substring(start, end), StandardCharsets.UTF_8) : null;
	}

	String requestIdHeader() {
		return this.requestIdHeader;
	}

	WireErrors errors() {
		return this.errors;
	}

	ChatRequest read(String path, JsonNode body) {
		return switch (this) {
			case OPENAI, AZURE -> new CompletionsReader(body, deployment(withoutQuery(path))).read();
			case OPENAI_RESPONSES, AZURE_RESPONSES -> new ResponsesReader(body).read();
			case ANTHROPIC -> new MessagesReader(body).read();
		};
	}

	ObjectNode write(ModelResponse response) {
		return switch (this) {
			case OPENAI, AZURE -> CompletionsWriter.write(response);
			case OPENAI_RESPONSES, AZURE_RESPONSES -> ResponsesWriter.write(response);
			case ANTHROPIC -> MessagesWriter.write(response);
		};
	}

	/**
	 * Begin a stream.
	 * @param request the body of the request
	 * @param beginning what is known of the answer when it begins
	 * @return the stream
	 */
	WireStream stream(JsonNode request, ModelResponse beginning) {
		return switch (this) {
			case OPENAI, AZURE -> new CompletionsStream(request, beginning);
			case OPENAI_RESPONSES, AZURE_RESPONSES -> new ResponsesStream(beginning);
			case ANTHROPIC -> new MessagesStream(beginning);
		};
	}

	/**
	 * Return an error in the middle of a stream.
	 * @param error the body of the error
	 * @return the event
	 */
	String streamError(ObjectNode error) {
		return switch (this) {
			case OPENAI, AZURE -> WireStream.data(error.toString());
			case OPENAI_RESPONSES, AZURE_RESPONSES -> WireStream.event("error", error.put("type", "error"));
			case ANTHROPIC -> WireStream.event("error", error);
		};
	}

}
