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
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.SystemMessage;
import io.routekit.ToolChoice;
import io.routekit.ToolChoice.Mode;
import io.routekit.wire.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of one request.
 */
final class AnthropicRequestWriter {

	private static final int MIN_BUDGET = 1024;

	private final ChatRequest request;

	private final OwnState own;

	private final ChatOptions options;

	private final int defaultMaxTokens;

	private final PromptCaching promptCaching;

	private final JsonBody body;

	private final Generation generation;

	/**
	 * How the model shall think, or {@code null} if it shall not.
	 */
	private final @Nullable Reasoning thinking;

	AnthropicRequestWriter(ChatRequest request, OwnState own, int defaultMaxTokens, PromptCaching promptCaching) {
		this.request = request;
		this.own = own;
		this.options = request.options();
		this.defaultMaxTokens = defaultMaxTokens;
		this.promptCaching = promptCaching;
		this.body = new JsonBody(extra(this.options));
		this.generation = Generation.of(this.options.model());
		this.thinking = thinking(request, own);
	}

	private static Map<String, Object> extra(ChatOptions options) {
		if (options.extra().containsKey("stream")) {
			throw invalid("The extra field 'stream' cannot be set: call stream() or chat() instead");
		}
		if (!options.extra().containsKey(AnthropicProtocol.BETA_FIELD)) {
			return options.extra();
		}
		Map<String, Object> extra = new LinkedHashMap<>(options.extra());
		extra.remove(AnthropicProtocol.BETA_FIELD);
		return extra;
	}

	private static @Nullable Reasoning thinking(ChatRequest request, OwnState own) {
		Reasoning reasoning = request.options().reasoning();
		boolean off = request.options().extra().containsKey("thinking") || isOff(reasoning)
				|| ToolLoop.forbidsThinking(request.messages(), own);
		return off ? null : reasoning;
	}

	// What other providers call an effort
	private static boolean isOff(@Nullable Reasoning reasoning) {
		return reasoning != null && "none".equals(reasoning.effort());
	}

	byte[] write(boolean stream) {
		check();
		this.body.put("model", this.options.model());
		if (this.body.begin("max_tokens")) {
			this.body.json().writeNumber(maxTokens());
		}
		this.body.put("system", system());
		this.body.put("messages", messages());
		writeTools();
		writeThinking();
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

	private void check() {
		if (this.options.seed() != null) {
			throw invalid("Anthropic knows no seed: leave 'seed' unset");
		}
		ResponseFormat format = this.options.responseFormat();
		if (format != null && format.schema() == null) {
			throw invalid("Anthropic knows no format 'JSON object': set a JSON Schema as the response format");
		}
		if (this.options.stop() != null && this.options.stop().stream().anyMatch(String::isBlank)) {
			throw invalid("Anthropic does not stop at white space: remove the blank text from 'stop'");
		}
		checkFraction("temperature", this.options.temperature());
		checkFraction("topP", this.options.topP());
		if (this.options.reasoning() != null && "minimal".equals(this.options.reasoning().effort())) {
			throw invalid("Anthropic knows no reasoning effort 'minimal': use 'low'");
		}
		if (this.options.extra().containsKey("output_config") && !output().isEmpty()) {
			throw invalid("The extra field 'output_config' would hide the response format or the reasoning effort: "
					+ "set either");
		}
		checkGeneration();
		if (this.thinking != null) {
			checkThinking(this.thinking);
		}
	}

	private void checkGeneration() {
		Reasoning reasoning = this.options.reasoning();
		ToolChoice choice = this.options.toolChoice();
		String model = this.options.model();
		boolean given = this.options.extra().containsKey("thinking");
		if (!given && isOff(reasoning) && this.generation.off() == null) {
			throw invalid("The model '%s' always thinks: set 'reasoning.effort' to 'low' in place of 'none'"
				.formatted(model));
		}
		if (!given && reasoning != null && reasoning.budgetTokens() != null && !this.generation.budget()) {
			throw invalid("The model '%s' takes no reasoning budget: set 'reasoning.effort' instead".formatted(model));
		}
		if (choice != null && (choice.mode() == Mode.REQUIRED || choice.mode() == Mode.TOOL)
				&& !this.generation.forcedTools() && !this.request.tools().isEmpty()) {
			throw invalid("The model '%s' cannot be forced to call a tool: let it choose, or set a response format"
				.formatted(model));
		}
	}

	private static void checkFraction(String name, @Nullable Double value) {
		if (value != null && (value < 0 || value > 1)) {
			throw invalid("'%s' must be from 0 to 1 for Anthropic but is %s".formatted(name, value));
		}
	}

	private void checkThinking(Reasoning thinking) {
		ToolChoice choice = this.options.toolChoice();
		if (choice != null && (choice.mode() == Mode.REQUIRED || choice.mode() == Mode.TOOL)) {
			throw invalid("Anthropic cannot reason when a tool call is forced: "
					+ "leave 'reasoning' unset or let the model choose the tool");
		}
		Double temperature = this.options.temperature();
		if (temperature != null && temperature != 1) {
			throw invalid("Anthropic cannot reason at a temperature other than 1: "
					+ "leave 'temperature' or 'reasoning' unset");
		}
		Integer budget = thinking.budgetTokens();
		if (budget != null && budget < MIN_BUDGET) {
			throw invalid("The reasoning budget must be at least %s tokens for Anthropic but is %s"
				.formatted(MIN_BUDGET, budget));
		}
		Integer maxTokens = this.options.maxTokens();
		if (budget != null && maxTokens != null && maxTokens <= budget) {
			throw invalid("'maxTokens' (%s) must exceed the reasoning budget (%s) for Anthropic".formatted(maxTokens,
					budget));
		}
	}

	private int maxTokens() {
		if (this.options.maxTokens() != null) {
			return this.options.maxTokens();
		}
		Integer budget = budget();
		long thinking = (budget != null) ? budget : effortTokens();
		return (int) Math.min(thinking + this.defaultMaxTokens, Integer.MAX_VALUE);
	}

	// Thinking counts as well, so that a high effort would leave nothing for the answer
	private int effortTokens() {
		String effort = (this.thinking != null) ? this.thinking.effort() : null;
		return switch ((effort != null) ? effort : "") {
			case "high" -> 16 * 1024;
			case "xhigh", "max" -> 48 * 1024;
			default -> 0;
		};
	}

	private @Nullable Integer budget() {
		if (this.options.extra().get("thinking") instanceof Map<?, ?> given) {
			return (given.get("budget_tokens") instanceof Number budget) ? Integer.valueOf(budget.intValue()) : null;
		}
		return (this.thinking != null) ? this.thinking.budgetTokens() : null;
	}

	// A system message after the first turn is moved to the front: few models take it
	// where it stands
	private @Nullable List<Map<String, Object>> system() {
		List<Map<String, Object>> blocks = this.request.messages()
			.stream()
			.filter(SystemMessage.class::isInstance)
			.filter((message) -> !message.text().isBlank())
			.map((message) -> Blocks.text(message.text()))
			.toList();
		this.promptCaching.markSystem(blocks);
		return blocks.isEmpty() ? null : blocks;
	}

	private List<Map<String, Object>> messages() {
		List<Turn> turns = new Conversation(this.request.messages(), this.own).turns();
		if (turns.isEmpty()) {
			throw invalid("Anthropic needs a message with content that is not a system message");
		}
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

	private void writeThinking() {
		if (this.thinking != null) {
			Integer budget = this.thinking.budgetTokens();
			this.body.put("thinking",
					(budget != null) ? Blocks.object("enabled", "budget_tokens", budget) : Blocks.object("adaptive"));
		}
		else if (isOff(this.options.reasoning())) {
			this.body.put("thinking", Blocks.object(String.valueOf(this.generation.off())));
		}
		Map<String, Object> output = output();
		this.body.put("output_config", output.isEmpty() ? null : output);
	}

	private Map<String, Object> output() {
		Map<String, Object> output = new LinkedHashMap<>();
		Reasoning reasoning = this.options.reasoning();
		if (reasoning != null && reasoning.effort() != null && !isOff(reasoning)) {
			output.put("effort", reasoning.effort());
		}
		ResponseFormat format = this.options.responseFormat();
		if (format != null && format.schema() != null) {
			output.put("format", Blocks.object("json_schema", "schema", Blocks.raw(format.schema())));
		}
		return output;
	}

	static ModelException invalid(String message) {
		return ModelException.of(Kind.INVALID_REQUEST, message);
	}

}
