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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.Tool;
import io.routekit.ToolChoice;
import io.routekit.completions.CompletionsDialect.Deployment;
import io.routekit.wire.JsonBody;
import io.routekit.wire.ToolSchema;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.util.RawValue;

/**
 * Writes the body of one request.
 */
final class ResponsesRequestWriter {

	private static final String INSTEAD = ", or set 'openai.api' to 'chat-completions'";

	/**
	 * What extra fields of Chat Completions are called here.
	 */
	private static final Map<String, String> RENAMED = Map.of("max_tokens", "the option 'maxTokens'",
			"max_completion_tokens", "the option 'maxTokens'", "reasoning_effort", "the option 'reasoning'",
			"response_format", "the option 'responseFormat' or the extra field 'text'", "verbosity",
			"the extra field 'text', such as {\"verbosity\": \"low\"}", "messages", "the messages of the request",
			"functions", "the tools of the request", "function_call", "the option 'toolChoice'");

	/**
	 * Fields of Chat Completions that have no counterpart.
	 */
	private static final List<String> MISSING = List.of("stop", "seed", "n", "logit_bias", "frequency_penalty",
			"presence_penalty", "prediction", "modalities", "audio");

	private final ResponsesDialect dialect;

	private final ChatRequest request;

	private final ChatOptions options;

	private final @Nullable String model;

	private final JsonBody body;

	private final JsonGenerator json;

	ResponsesRequestWriter(ResponsesDialect dialect, ChatRequest request) {
		this.dialect = dialect;
		this.request = request;
		this.options = request.options();
		Deployment deployment = dialect.deployment();
		this.model = (deployment != null) ? deployment.called(this.options.model()) : this.options.model();
		this.body = new JsonBody(extra());
		this.json = this.body.json();
	}

	// Extra fields win, but an object leaves the members that it does not have
	private Map<String, Object> extra() {
		Map<String, Object> extra = new LinkedHashMap<>(this.options.extra());
		// What an empty list is once it was in properties
		extra.replace("include", "", Collections.emptyList());
		Map<String, Map<String, Object>> objects = Map.of("text", text(), "reasoning", reasoning());
		objects.forEach((name, members) -> extra.computeIfPresent(name, (key, value) -> {
			Map<Object, Object> merged = new LinkedHashMap<>(members);
			if (value instanceof Map<?, ?> own) {
				merged.putAll(own);
				return merged;
			}
			return value;
		}));
		return extra;
	}

	byte[] write(boolean stream) {
		checkExtra(stream);
		checkOptions();
		this.body.put("model", this.model);
		if (this.body.begin("input")) {
			new InputWriter(this.json, this.dialect).write(this.request.messages());
		}
		writeTools();
		writeOptions();
		this.body.put("store", false);
		if (isReasoning()) {
			this.body.put("include", List.of("reasoning.encrypted_content"));
		}
		if (stream) {
			this.body.put("stream", true);
		}
		return this.body.toBytes();
	}

	private void checkExtra(boolean stream) {
		Map<String, Object> extra = this.options.extra();
		if (extra.containsKey("stream")) {
			throw invalid("The extra field 'stream' cannot be set: call stream() or chat() instead");
		}
		if (extra.containsKey("stream_options") && !stream) {
			throw invalid("The extra field 'stream_options' can only be set for a stream");
		}
		if (Boolean.parseBoolean(String.valueOf(extra.get("background")))) {
			throw invalid("The extra field 'background' cannot be set, since there would be no answer to read");
		}
		for (String name : extra.keySet()) {
			if (RENAMED.containsKey(name)) {
				throw invalid("The extra field '%s' is not known to the Responses API: use %s%s".formatted(name,
						RENAMED.get(name), INSTEAD));
			}
			if (MISSING.contains(name)) {
				throw missing("The extra field '%s'".formatted(name));
			}
		}
	}

	private void checkOptions() {
		List<String> stop = this.options.stop();
		if (stop != null && !stop.isEmpty()) {
			throw missing("The option 'stop'");
		}
		if (this.options.seed() != null) {
			throw missing("The option 'seed'");
		}
		Reasoning reasoning = this.options.reasoning();
		if (reasoning != null && reasoning.effort() == null) {
			throw invalid(
					"'reasoning.budgetTokens' cannot be expressed in the Responses API: set 'reasoning.effort' instead");
		}
	}

	private static ModelException missing(String what) {
		return invalid("%s has no counterpart in the Responses API: leave it out%s".formatted(what, INSTEAD));
	}

	// Other models refuse to include what they do not have
	private boolean isReasoning() {
		return this.options.reasoning() != null || this.options.extra().containsKey("reasoning")
				|| this.model != null && new ModelName(this.model).isReasoning();
	}

	private void writeOptions() {
		this.body.put("max_output_tokens", this.options.maxTokens());
		this.body.put("temperature", this.options.temperature());
		this.body.put("top_p", this.options.topP());
		putUnlessEmpty("reasoning", reasoning());
		putUnlessEmpty("text", text());
		this.body.put("service_tier", this.options.serviceTier());
		this.body.put("user", this.options.user());
	}

	private void putUnlessEmpty(String name, Map<String, Object> members) {
		this.body.put(name, members.isEmpty() ? null : members);
	}

	private Map<String, Object> reasoning() {
		Map<String, Object> members = new LinkedHashMap<>();
		Reasoning reasoning = this.options.reasoning();
		if (reasoning != null) {
			members.put("effort", reasoning.effort());
		}
		String summary = this.dialect.reasoningSummary();
		if (summary != null && isReasoning()) {
			members.put("summary", summary);
		}
		return members;
	}

	private Map<String, Object> text() {
		Map<String, Object> members = new LinkedHashMap<>();
		ResponseFormat format = this.options.responseFormat();
		if (format != null) {
			members.put("format", toJson(format));
		}
		return members;
	}

	private static Map<String, Object> toJson(ResponseFormat format) {
		if (format.schema() == null) {
			return Map.of("type", "json_object");
		}
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("type", "json_schema");
		json.put("name", format.name());
		json.put("schema", new RawValue(WireJson.encodable(format.schema())));
		if (format.strict() != null) {
			json.put("strict", format.strict());
		}
		return json;
	}

	private void writeTools() {
		if (!this.request.tools().isEmpty()) {
			this.body.put("tools", this.request.tools().stream().map(ResponsesRequestWriter::toJson).toList());
		}
		else if (!this.options.extra().containsKey("tools")) {
			return;
		}
		ToolChoice choice = this.options.toolChoice();
		this.body.put("tool_choice", (choice != null) ? toJson(choice) : null);
		this.body.put("parallel_tool_calls", this.options.parallelToolCalls());
	}

	private static Map<String, Object> toJson(Tool tool) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("type", "function");
		json.put("name", tool.name());
		if (tool.description() != null) {
			json.put("description", tool.description());
		}
		json.put("parameters", new RawValue(ToolSchema.of(tool)));
		// Without it, the server would make the schema a strict one
		json.put("strict", Boolean.TRUE.equals(tool.strict()));
		return json;
	}

	private static Object toJson(ToolChoice choice) {
		return switch (choice.mode()) {
			case AUTO -> "auto";
			case NONE -> "none";
			case REQUIRED -> "required";
			case TOOL -> Map.of("type", "function", "name", String.valueOf(choice.tool()));
		};
	}

	private static ModelException invalid(String message) {
		return ModelException.of(Kind.INVALID_REQUEST, message);
	}

}
