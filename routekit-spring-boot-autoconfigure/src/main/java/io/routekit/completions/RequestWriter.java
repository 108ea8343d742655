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

package io.routekit.completions;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
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
import tools.jackson.core.JsonGenerator;

/**
 * Writes the body of one request.
 */
final class RequestWriter {

	private static final List<String> MAX_TOKENS_FIELDS = List.of("max_tokens", "max_completion_tokens");

	private final CompletionsDialect dialect;

	private final ChatRequest request;

	private final ChatOptions options;

	private final JsonBody body;

	private final JsonGenerator json;

	RequestWriter(CompletionsDialect dialect, ChatRequest request) {
		this.dialect = dialect;
		this.request = request;
		this.options = request.options();
		this.body = new JsonBody(this.options.extra());
		this.json = this.body.json();
	}

	private static void checkExtra(Map<String, Object> extra, boolean stream) {
		if (extra.containsKey("stream")) {
			throw invalid("The extra field 'stream' cannot be set: call stream() or chat() instead");
		}
		if (extra.containsKey("stream_options") && !stream) {
			throw invalid("The extra field 'stream_options' can only be set for a stream");
		}
		Object n = extra.get("n");
		if (n != null && !n.toString().equals("1")) {
			throw invalid("The extra field 'n' must be 1, since a response holds one answer");
		}
	}

	byte[] write(boolean stream) {
		checkExtra(this.options.extra(), stream);
		writeModel();
		if (this.body.begin("messages")) {
			new MessageWriter(this.json, this.dialect).write(this.request.messages());
		}
		writeTools();
		writeOptions();
		if (stream) {
			this.body.put("stream", true);
			if (this.dialect.streamUsage()) {
				this.body.put("stream_options", Map.of("include_usage", true));
			}
		}
		return this.body.toBytes();
	}

	private void writeModel() {
		String model = this.options.model();
		Deployment deployment = this.dialect.deployment();
		if (deployment == null) {
			this.body.put("model", model);
			return;
		}
		if (!deployment.inPath()) {
			this.body.put("model", deployment.called(model));
		}
		else if (deployment.isOther(model)) {
			throw invalid("The model '%s' cannot be chosen by the request, since the deployment '%s' is called"
				.formatted(model, deployment.name()));
		}
	}

	private void writeOptions() {
		this.body.put("temperature", this.options.temperature());
		this.body.put("top_p", this.options.topP());
		if (Collections.disjoint(this.options.extra().keySet(), MAX_TOKENS_FIELDS)) {
			// Both together are refused
			this.body.put(this.dialect.maxTokensField().name().toLowerCase(Locale.ROOT), this.options.maxTokens());
		}
		List<String> stop = this.options.stop();
		this.body.put("stop", (stop != null && !stop.isEmpty()) ? stop : null);
		this.body.put("seed", this.options.seed());
		Reasoning reasoning = this.options.reasoning();
		if (reasoning != null) {
			if (reasoning.effort() == null) {
				throw invalid(
						"'reasoning.budgetTokens' cannot be expressed in Chat Completions: set 'reasoning.effort' instead");
			}
			this.body.put("reasoning_effort", reasoning.effort());
		}
		this.body.put("service_tier", this.options.serviceTier());
		this.body.put("user", this.options.user());
		ResponseFormat format = this.options.responseFormat();
		if (format != null && this.body.begin("response_format")) {
			write(format);
		}
	}

	private void write(ResponseFormat format) {
		this.json.writeStartObject();
		if (format.schema() == null) {
			this.json.writeStringProperty("type", "json_object");
		}
		else {
			this.json.writeStringProperty("type", "json_schema");
			this.json.writeName("json_schema");
			this.json.writeStartObject();
			this.json.writeStringProperty("name", format.name());
			this.json.writeName("schema");
			this.json.writeRawValue(WireJson.encodable(format.schema()));
			if (format.strict() != null) {
				this.json.writeBooleanProperty("strict", format.strict());
			}
			this.json.writeEndObject();
		}
		this.json.writeEndObject();
	}

	private void writeTools() {
		if (this.request.tools().isEmpty()) {
			return;
		}
		if (this.body.begin("tools")) {
			this.json.writeStartArray();
			this.request.tools().forEach(this::write);
			this.json.writeEndArray();
		}
		ToolChoice choice = this.options.toolChoice();
		if (choice != null) {
			this.body.put("tool_choice", toJson(choice));
		}
		this.body.put("parallel_tool_calls", this.options.parallelToolCalls());
	}

	private void write(Tool tool) {
		this.json.writeStartObject();
		this.json.writeStringProperty("type", "function");
		this.json.writeName("function");
		this.json.writeStartObject();
		this.json.writeStringProperty("name", tool.name());
		if (tool.description() != null) {
			this.json.writeStringProperty("description", tool.description());
		}
		this.json.writeName("parameters");
		this.json.writeRawValue(ToolSchema.of(tool));
		if (tool.strict() != null) {
			this.json.writeBooleanProperty("strict", tool.strict());
		}
		this.json.writeEndObject();
		this.json.writeEndObject();
	}

	private static Object toJson(ToolChoice choice) {
		return switch (choice.mode()) {
			case AUTO -> "auto";
			case NONE -> "none";
			case REQUIRED -> "required";
			case TOOL -> Map.of("type", "function", "function", Map.of("name", String.valueOf(choice.tool())));
		};
	}

	private static ModelException invalid(String message) {
		return ModelException.of(Kind.INVALID_REQUEST, message);
	}

}
