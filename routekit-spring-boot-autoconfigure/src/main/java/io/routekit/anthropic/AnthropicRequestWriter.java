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

package io.routekit.anthropic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ResponseFormat;
import io.routekit.ToolChoice;
import io.routekit.ToolChoice.Mode;
import io.routekit.anthropic.Generation.Feature;
import io.routekit.wire.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of one request.
 */
final class AnthropicRequestWriter {

	/**
	 * What an answer may have beside thinking if nobody sets a limit.
	 */
	private static final int TEXT_TOKENS = 4096;

	private final ChatRequest request;

	private final ChatOptions options;

	private final @Nullable Integer defaultMaxTokens;

	private final PromptCaching promptCaching;

	private final JsonBody body;

	private final Thinking thinking;

	private final Conversation conversation;

	AnthropicRequestWriter(ChatRequest request, OwnState own, Generation generation, @Nullable Integer defaultMaxTokens,
			PromptCaching promptCaching) {
		this.request = request;
		this.options = request.options();
		this.defaultMaxTokens = defaultMaxTokens;
		this.promptCaching = promptCaching;
		this.body = new JsonBody(extra(this.options));
		this.thinking = new Thinking(request, own, generation);
		new OptionsCheck(request, generation, this.thinking).check();
		this.conversation = new Conversation(request.messages(), own, generation.takes(Feature.SYSTEM_MESSAGES));
	}

	private static Map<String, Object> extra(ChatOptions options) {
		if (options.extra().containsKey("stream")) {
			throw OptionsCheck.invalid("The extra field 'stream' cannot be set: call stream() or chat() instead");
		}
		if (!options.extra().containsKey(AnthropicProtocol.BETA_FIELD)) {
			return options.extra();
		}
		Map<String, Object> extra = new LinkedHashMap<>(options.extra());
		extra.remove(AnthropicProtocol.BETA_FIELD);
		return extra;
	}

	byte[] write(boolean stream) {
		this.body.put("model", this.options.model());
		if (this.body.begin("max_tokens")) {
			this.body.json().writeNumber(maxTokens());
		}
		this.body.put("system", system());
		this.body.put("messages", messages());
		writeTools();
		this.body.put(Thinking.FIELD, this.thinking.toJson());
		Map<String, Object> output = output();
		this.body.put("output_config", output.isEmpty() ? null : output);
		this.body.put("temperature", this.options.temperature());
		this.body.put("top_p", this.options.topP());
		List<String> stop = this.options.stop();
		this.body.put("stop_sequences", (stop != null && !stop.isEmpty()) ? stop : null);
		this.body.put("service_tier", this.options.serviceTier());
		String user = this.options.user();
		this.body.put("metadata", (user != null) ? Map.of("user_id", user) : null);
		if (stream) {
			this.body.put("stream", true);
		}
		return this.body.toBytes();
	}

	private int maxTokens() {
		if (this.options.maxTokens() != null) {
			return this.options.maxTokens();
		}
		long maxTokens = (this.defaultMaxTokens != null) ? (long) this.defaultMaxTokens + this.thinking.budget()
				: (long) TEXT_TOKENS + this.thinking.tokens();
		return (int) Math.min(maxTokens, Integer.MAX_VALUE);
	}

	private @Nullable List<Map<String, Object>> system() {
		List<Map<String, Object>> blocks = this.conversation.system();
		this.promptCaching.markSystem(blocks);
		return blocks.isEmpty() ? null : blocks;
	}

	private List<Map<String, Object>> messages() {
		List<Turn> turns = this.conversation.turns();
		this.promptCaching.markMessages(turns);
		return turns.stream().map(Turn::toJson).toList();
	}

	private void writeTools() {
		if (this.request.tools().isEmpty() && !this.options.extra().containsKey("tools")) {
			return;
		}
		List<Map<String, Object>> tools = this.request.tools().stream().map(Blocks::tool).toList();
		this.promptCaching.markTools(tools);
		this.body.put("tools", tools);
		ToolChoice choice = this.options.toolChoice();
		boolean single = Boolean.FALSE.equals(this.options.parallelToolCalls());
		if (choice != null || single) {
			this.body.put("tool_choice", toJson((choice != null) ? choice : ToolChoice.AUTO, single));
		}
	}

	private static Map<String, Object> toJson(ToolChoice choice, boolean single) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("type", switch (choice.mode()) {
			case AUTO -> "auto";
			case NONE -> "none";
			case REQUIRED -> "any";
			case TOOL -> "tool";
		});
		if (choice.tool() != null) {
			json.put("name", choice.tool());
		}
		if (single && choice.mode() != Mode.NONE) {
			json.put("disable_parallel_tool_use", true);
		}
		return json;
	}

	private Map<String, Object> output() {
		Map<String, Object> output = new LinkedHashMap<>();
		if (this.thinking.effort() != null) {
			output.put("effort", this.thinking.effort());
		}
		ResponseFormat format = this.options.responseFormat();
		if (format != null && format.schema() != null) {
			output.put("format", Blocks.object("json_schema", "schema", Blocks.raw(format.schema())));
		}
		return output;
	}

}
