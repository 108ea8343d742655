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

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.ToolChoice;
import io.routekit.ToolChoice.Mode;
import io.routekit.anthropic.Generation.Feature;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what the API, or the generation of the model, would.
 */
final class OptionsCheck {

	private static final int MIN_BUDGET = 1024;

	private static final double MIN_TOP_P = 0.99;

	private static final double MIN_TOP_P_OF_THINKING = 0.95;

	private final ChatRequest request;

	private final ChatOptions options;

	private final Generation generation;

	private final Thinking thinking;

	OptionsCheck(ChatRequest request, Generation generation, Thinking thinking) {
		this.request = request;
		this.options = request.options();
		this.generation = generation;
		this.thinking = thinking;
	}

	void check() {
		checkApi();
		checkReasoning();
		checkTools();
		checkSampling();
		Reasoning requested = this.thinking.requested();
		if (requested != null) {
			checkThinking(requested);
		}
	}

	private void checkApi() {
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
		if ("minimal".equals(this.thinking.effort())) {
			throw invalid("Anthropic knows no reasoning effort 'minimal': use 'low'");
		}
		if (this.options.extra().containsKey("output_config") && (format != null || this.thinking.effort() != null)) {
			throw invalid("The extra field 'output_config' would hide the response format or the reasoning effort: "
					+ "set either");
		}
	}

	private static void checkFraction(String name, @Nullable Double value) {
		if (value != null && (value < 0 || value > 1)) {
			throw invalid("'%s' must be from 0 to 1 for Anthropic but is %s".formatted(name, value));
		}
	}

	private void checkReasoning() {
		Reasoning reasoning = this.options.reasoning();
		if (reasoning == null || this.thinking.isGiven()) {
			return;
		}
		if (this.thinking.isOff() && this.generation.off() == null) {
			throw refused("always thinks: set 'reasoning.effort' to 'low' in place of 'none'");
		}
		if (reasoning.budgetTokens() != null && !this.generation.takes(Feature.BUDGET)) {
			throw refused("takes no reasoning budget: set 'reasoning.effort' instead");
		}
		if (this.thinking.effort() != null && !this.generation.takes(Feature.EFFORT)) {
			throw refused("takes no reasoning effort: set 'reasoning.budget-tokens' instead");
		}
	}

	private void checkTools() {
		if (isToolForced() && !this.generation.takes(Feature.FORCED_TOOLS) && !this.request.tools().isEmpty()) {
			throw refused("cannot be forced to call a tool: let it choose, or set a response format");
		}
	}

	private boolean isToolForced() {
		ToolChoice choice = this.options.toolChoice();
		return choice != null && (choice.mode() == Mode.REQUIRED || choice.mode() == Mode.TOOL);
	}

	private void checkSampling() {
		if (this.generation.takes(Feature.SAMPLING)) {
			return;
		}
		Double temperature = this.options.temperature();
		if (temperature != null && temperature != 1) {
			throw refused("takes no other temperature than 1: leave 'temperature' unset");
		}
		if (this.options.topP() != null && this.options.topP() < MIN_TOP_P) {
			throw refused("takes no 'topP' below %s: leave it unset".formatted(MIN_TOP_P));
		}
		if (isTopKGiven()) {
			throw refused("takes no 'top_k': remove the extra field");
		}
	}

	private boolean isTopKGiven() {
		return this.options.extra().containsKey("top_k");
	}

	private void checkThinking(Reasoning thinking) {
		if (isToolForced()) {
			throw invalid("Anthropic cannot reason when a tool call is forced: "
					+ "leave 'reasoning' unset or let the model choose the tool");
		}
		Double temperature = this.options.temperature();
		if (temperature != null && temperature != 1) {
			throw invalid("Anthropic cannot reason at a temperature other than 1: "
					+ "leave 'temperature' or 'reasoning' unset");
		}
		if (this.options.topP() != null && this.options.topP() < MIN_TOP_P_OF_THINKING) {
			throw invalid("Anthropic cannot reason with a 'topP' below %s: leave 'topP' or 'reasoning' unset"
				.formatted(MIN_TOP_P_OF_THINKING));
		}
		if (isTopKGiven()) {
			throw invalid("Anthropic cannot reason with 'top_k': remove the extra field or leave 'reasoning' unset");
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

	private ModelException refused(String reason) {
		return invalid("The model '%s' %s".formatted(this.options.model(), reason));
	}

	static ModelException invalid(String message) {
		return ModelException.of(Kind.INVALID_REQUEST, message);
	}

}
