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

import java.util.Map;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Reasoning;
import org.jspecify.annotations.Nullable;

/**
 * How the model thinks in answer to a request.
 */
final class Thinking {

	/**
	 * The field of the body. What is among the extra fields wins.
	 */
	static final String FIELD = "thinking";

	private final ChatOptions options;

	private final Generation generation;

	private final boolean forbidden;

	/**
	 * Create a new {@link Thinking} instance.
	 * @param request the request
	 * @param own the state of the server
	 * @param generation the generation of the model
	 */
	Thinking(ChatRequest request, OwnState own, Generation generation) {
		this.options = request.options();
		this.generation = generation;
		this.forbidden = ToolLoop.forbidsThinking(request.messages(), own);
	}

	/**
	 * Return whether the field is written as it was given.
	 * @return whether it is among the extra fields
	 */
	boolean isGiven() {
		return this.options.extra().containsKey(FIELD);
	}

	/**
	 * Return whether the request wants no thinking.
	 * @return whether its effort is what other providers call none
	 */
	boolean isOff() {
		Reasoning reasoning = this.options.reasoning();
		return reasoning != null && "none".equals(reasoning.effort());
	}

	/**
	 * Return the thinking that the request asks for.
	 * @return the thinking, or {@code null} if it asks for none or must not have any
	 */
	@Nullable Reasoning requested() {
		return (isGiven() || isOff() || this.forbidden) ? null : this.options.reasoning();
	}

	/**
	 * Return the value of the field.
	 * @return the value, or {@code null} if the field is not written
	 */
	@Nullable Map<String, Object> toJson() {
		Reasoning requested = requested();
		if (requested != null) {
			Integer budget = requested.budgetTokens();
			return (budget != null) ? Blocks.object("enabled", "budget_tokens", budget) : Blocks.object("adaptive");
		}
		String off = this.generation.off();
		return (isOff() && off != null) ? Blocks.object(off) : null;
	}

	/**
	 * Return the effort that the request asks for.
	 * @return the effort, or {@code null} if it names none
	 */
	@Nullable String effort() {
		Reasoning reasoning = this.options.reasoning();
		return (reasoning != null && !isOff()) ? reasoning.effort() : null;
	}

	/**
	 * Return the budget that is sent.
	 * @return the number of tokens, or 0 if there is no budget
	 */
	int budget() {
		if (this.options.extra().get(FIELD) instanceof Map<?, ?> given) {
			return (given.get("budget_tokens") instanceof Number budget) ? budget.intValue() : 0;
		}
		Reasoning requested = requested();
		return (requested != null && requested.budgetTokens() != null) ? requested.budgetTokens() : 0;
	}

	/**
	 * Return how many tokens to leave for thinking, which counts as what is generated.
	 * @return the number of tokens
	 */
	int tokens() {
		int budget = budget();
		if (budget > 0 || !isAdaptive()) {
			return budget;
		}
		String effort = effort();
		return switch ((effort != null) ? effort : "high") {
			case "low" -> 4 * 1024;
			case "medium" -> 8 * 1024;
			case "xhigh", "max" -> 48 * 1024;
			default -> 16 * 1024;
		};
	}

	private boolean isAdaptive() {
		if (this.options.extra().get(FIELD) instanceof Map<?, ?> given) {
			return "adaptive".equals(given.get("type"));
		}
		return requested() != null || (this.generation.isThinkingByDefault() && !isOff());
	}

}
