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

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The texts that items have, and that arrive in pieces.
 */
enum ItemText {

	/**
	 * What the model says.
	 */
	OUTPUT("message"),

	/**
	 * Why the model says nothing.
	 */
	REFUSAL("message"),

	/**
	 * A summary of the reasoning.
	 */
	SUMMARY("reasoning"),

	/**
	 * The reasoning itself.
	 */
	REASONING("reasoning"),

	/**
	 * The arguments of a tool call.
	 */
	ARGUMENTS("function_call");

	private static final Map<String, ItemText> DELTAS = Map.of("response.output_text.delta", OUTPUT,
			"response.refusal.delta", REFUSAL, "response.reasoning_summary_text.delta", SUMMARY,
			"response.reasoning_text.delta", REASONING, "response.function_call_arguments.delta", ARGUMENTS);

	private static final Map<String, ItemText> WHOLES = Map.of("response.output_text.done", OUTPUT,
			"response.refusal.done", REFUSAL, "response.reasoning_summary_text.done", SUMMARY,
			"response.reasoning_text.done", REASONING, "response.function_call_arguments.done", ARGUMENTS);

	private static final Map<String, ItemText> PARTS = Map.of("output_text", OUTPUT, "refusal", REFUSAL, "summary_text",
			SUMMARY, "reasoning_text", REASONING);

	private final String itemType;

	ItemText(String itemType) {
		this.itemType = itemType;
	}

	/**
	 * Return the type of the items that have the text.
	 * @return the type
	 */
	String itemType() {
		return this.itemType;
	}

	/**
	 * Return the text that events of a type bring a piece of.
	 * @param type the type of the event
	 * @return the text, or {@code null} if it is none that is known
	 */
	static @Nullable ItemText ofDelta(String type) {
		return DELTAS.get(type);
	}

	/**
	 * Return the text that events of a type bring as a whole.
	 * @param type the type of the event
	 * @return the text, or {@code null} if it is none that is known
	 */
	static @Nullable ItemText ofWhole(String type) {
		return WHOLES.get(type);
	}

	/**
	 * Return the text that parts of a type consist of.
	 * @param type the type of the part
	 * @return the text, or {@code null} if it is none that is known
	 */
	static @Nullable ItemText ofPart(String type) {
		return PARTS.get(type);
	}

}
