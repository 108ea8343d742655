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

package io.routekit.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.routekit.FinishReason;
import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.StructuredOutput;
import io.routekit.ToolCall;
import io.routekit.anthropic.AnthropicModelProvider;
import io.routekit.azure.AzureOpenAiModelProvider;
import io.routekit.azure.AzureOpenAiProperties;
import io.routekit.azure.AzureOpenAiProperties.ApiStyle;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.Api;
import io.routekit.openai.OpenAiModelProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * The providers that are called over HTTP, each with its wire format. What the contract
 * tests say holds for all of them.
 */
public enum WireProvider {

	/**
	 * OpenAI.
	 */
	OPENAI("openai", "Authorization", "x-request-id"),

	/**
	 * OpenAI by its Responses API.
	 */
	RESPONSES("openai", "Authorization", "x-request-id"),

	/**
	 * Azure OpenAI with an address for each deployment.
	 */
	AZURE_DEPLOYMENTS("azure-openai", "api-key", "apim-request-id"),

	/**
	 * Azure OpenAI with one address.
	 */
	AZURE_V1("azure-openai", "api-key", "apim-request-id"),

	/**
	 * Anthropic.
	 */
	ANTHROPIC("anthropic", "x-api-key", "request-id");

	static final String KEY = "sk-secret-0123456789";

	private static final JsonMapper mapper = new JsonMapper();

	private final String type;

	private final String keyHeader;

	private final String requestIdHeader;

	WireProvider(String type, String keyHeader, String requestIdHeader) {
		this.type = type;
		this.keyHeader = keyHeader;
		this.requestIdHeader = requestIdHeader;
	}

	public String type() {
		return this.type;
	}

	String keyHeader() {
		return this.keyHeader;
	}

	String requestIdHeader() {
		return this.requestIdHeader;
	}

	Api api() {
		return (this == RESPONSES) ? Api.RESPONSES : Api.AUTO;
	}

	ModelSettings.Builder settings(RawServer server) {
		return settings(server.url());
	}

	ModelSettings.Builder settings(URI baseUrl) {
		CompletionsProperties openAi = new CompletionsProperties();
		openAi.setApi(api());
		// As the vendor's own server does
		openAi.setStructuredOutput(StructuredOutput.JSON_SCHEMA);
		AzureOpenAiProperties azure = new AzureOpenAiProperties();
		azure.setApiStyle((this == AZURE_V1) ? ApiStyle.V1 : ApiStyle.DEPLOYMENTS);
		return TestHttp.settings(azure, openAi).baseUrl(baseUrl).apiKey(KEY).model("m");
	}

	Model model(ModelSettings.Builder settings) {
		return model(settings, WebClient.builder());
	}

	Model model(ModelSettings.Builder settings, WebClient.Builder client) {
		return model(settings, TestHttp.factory(client));
	}

	Model model(ModelSettings.Builder settings, HttpModelFactory http) {
		ModelProvider provider = switch (this) {
			case OPENAI, RESPONSES -> new OpenAiModelProvider(http);
			case AZURE_DEPLOYMENTS, AZURE_V1 -> new AzureOpenAiModelProvider(http, null);
			case ANTHROPIC -> new AnthropicModelProvider(http);
		};
		return provider.create(settings.build());
	}

	Model model(RawServer server) {
		return model(settings(server));
	}

	WireStream stream() {
		return switch (this) {
			case RESPONSES -> new ResponsesStream();
			case ANTHROPIC -> new MessagesStream();
			default -> new CompletionsStream(this != OPENAI);
		};
	}

	/**
	 * Return a whole stream with one piece of text.
	 */
	public String stream(String json) {
		return stream().text(json).finish(FinishReason.STOP).end().take();
	}

	/**
	 * Return an answer that is not streamed.
	 * @param json the text as it stands between the quotes of JSON
	 * @param calls the tool calls
	 */
	public String answer(String json, ToolCall... calls) {
		FinishReason reason = (calls.length > 0) ? FinishReason.TOOL_CALLS : FinishReason.STOP;
		return switch (this) {
			case RESPONSES -> response(json, reason, calls);
			case ANTHROPIC -> message(json, reason, calls);
			default -> completion(json, reason, calls);
		};
	}

	private static String response(String json, FinishReason reason, ToolCall... calls) {
		List<String> items = new ArrayList<>();
		if (!json.isEmpty()) {
			items.add(ResponsesStream.message(0, json));
		}
		for (ToolCall call : calls) {
			items.add(ResponsesStream.call(items.size(), call.id(), call.name(), "completed", call.arguments()));
		}
		return ResponsesStream.end(reason, String.join(",", items));
	}

	private static String message(String json, FinishReason reason, ToolCall... calls) {
		String text = json.isEmpty() ? "" : "{\"type\":\"text\",\"text\":\"" + json + "\"}";
		String toolUse = Arrays.stream(calls)
			.map((call) -> "{\"type\":\"tool_use\",\"id\":\"" + call.id() + "\",\"name\":\"" + call.name()
					+ "\",\"input\":" + call.arguments() + "}")
			.collect(Collectors.joining(","));
		String separator = (text.isEmpty() || toolUse.isEmpty()) ? "" : ",";
		return "{\"id\":\"answer-1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"model-1\",\"content\":["
				+ text + separator + toolUse + "],\"stop_reason\":\"" + MessagesStream.reason(reason)
				+ "\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":2}}";
	}

	private static String completion(String json, FinishReason reason, ToolCall... calls) {
		String content = (json.isEmpty() && calls.length > 0) ? "null" : "\"" + json + "\"";
		String toolCalls = Arrays.stream(calls)
			.map((call) -> "{\"id\":\"" + call.id() + "\",\"type\":\"function\",\"function\":{\"name\":\"" + call.name()
					+ "\",\"arguments\":" + mapper.writeValueAsString(call.arguments()) + "}}")
			.collect(Collectors.joining(",", (calls.length > 0) ? ",\"tool_calls\":[" : "",
					(calls.length > 0) ? "]" : ""));
		return "{\"id\":\"answer-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"model-1\",\"choices\":[{"
				+ "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + content + toolCalls
				+ "},\"finish_reason\":\"" + CompletionsStream.reason(reason)
				+ "\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}";
	}

	/**
	 * Return an answer with reasoning and signatures, as each provider tells them.
	 * @param answer the answer
	 * @param state what is signed or encrypted
	 */
	static String withState(String answer, String state) {
		return answer
			.replace("\"role\":\"assistant\",\"content\":\"",
					"\"role\":\"assistant\",\"reasoning_content\":\"" + state + "\",\"content\":\"")
			.replace("\"output\":[",
					"\"output\":[{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]," + "\"encrypted_content\":\""
							+ state + "\"},")
			.replace("\"type\":\"function\"",
					"\"type\":\"function\",\"extra_content\":{\"google\":{\"thought_signature\":\"" + state + "\"}}")
			.replace("\"model\":\"model-1\",\"content\":[",
					"\"model\":\"model-1\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\""
							+ state + "==\"},{\"type\":\"redacted_thinking\",\"data\":\"" + state + "\"},");
	}

	/**
	 * Return the body of an error.
	 */
	public String error(int status, String message) {
		return switch (this) {
			case OPENAI, RESPONSES -> "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + errorType(status)
					+ "\",\"param\":null,\"code\":null}}";
			case AZURE_DEPLOYMENTS -> "{\"error\":{\"code\":\"" + status + "\",\"message\":\"" + message + "\"}}";
			case AZURE_V1 -> "{\"statusCode\":" + status + ",\"message\":\"" + message + "\"}";
			case ANTHROPIC -> "{\"type\":\"error\",\"error\":{\"type\":\"" + errorType(status) + "\",\"message\":\""
					+ message + "\"},\"request_id\":\"req_body\"}";
		};
	}

	/**
	 * Return the messages of a request.
	 * @param body the body of the request
	 */
	JsonNode messages(JsonNode body) {
		return body.path((this == RESPONSES) ? "input" : "messages");
	}

	/**
	 * Return the ids of the calls in the messages of a request.
	 */
	List<String> callIds(JsonNode messages) {
		return (this == RESPONSES) ? callIds(messages, "function_call") : messages.findValuesAsString("id");
	}

	/**
	 * Return the ids of the calls that the messages of a request have results of.
	 */
	List<String> resultIds(JsonNode messages) {
		return switch (this) {
			case RESPONSES -> callIds(messages, "function_call_output");
			case ANTHROPIC -> messages.findValuesAsString("tool_use_id");
			default -> messages.findValuesAsString("tool_call_id");
		};
	}

	private static List<String> callIds(JsonNode items, String type) {
		return items.valueStream()
			.filter((item) -> item.path("type").asString("").equals(type))
			.map((item) -> item.path("call_id").stringValue())
			.toList();
	}

	private static String errorType(int status) {
		return switch (status) {
			case 401 -> "authentication_error";
			case 403 -> "permission_error";
			case 404 -> "not_found_error";
			case 429 -> "rate_limit_error";
			case 529 -> "overloaded_error";
			default -> (status >= 500) ? "api_error" : "invalid_request_error";
		};
	}

}
