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

package io.routekit.sample;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.routekit.ChatOptions;
import io.routekit.OneLine;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.ToolChoice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options in the body of a request. An unknown one is an error, since an option with
 * a typo would have no effect.
 *
 * @param model the provider's name of a model
 * @param temperature the sampling temperature
 * @param topP the probability mass to sample from
 * @param maxTokens the largest number of tokens of the answer
 * @param stop the texts at which the model stops
 * @param seed the seed of sampling
 * @param toolChoice whether tools may or must be called, or which one
 * @param parallelToolCalls whether several tools may be called in one answer
 * @param responseFormat the format that the answer must have
 * @param reasoning how much the model should reason
 * @param serviceTier the service tier in the provider's words
 * @param user the id of the end user
 * @param extra further fields of the provider's request
 */
record OptionsBody(@Nullable String model, @Nullable Double temperature, @Nullable Double topP,
		@Nullable Integer maxTokens,
		@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<String> stop,
		@Nullable Long seed, @Nullable String toolChoice, @Nullable Boolean parallelToolCalls,
		@Nullable Format responseFormat, @Nullable Effort reasoning, @Nullable String serviceTier,
		@Nullable String user, Map<String, Object> extra) {

	private static final Set<String> TOOL_CHOICES = Set.of("auto", "none", "required");

	OptionsBody {
		InvalidFieldException.checkNotBlank("model", model);
		checkNumber("temperature", temperature);
		checkNumber("topP", topP);
		if (maxTokens != null && maxTokens < 0) {
			throw InvalidFieldException.mustBe("maxTokens", "a whole number that is not negative", maxTokens);
		}
		checkStop((stop != null) ? stop : Collections.emptyList());
		InvalidFieldException.checkNotBlank("toolChoice", toolChoice);
		InvalidFieldException.checkNotBlank("serviceTier", serviceTier);
		InvalidFieldException.checkNotBlank("user", user);
		extra = (extra != null) ? extra : Collections.emptyMap();
	}

	private static void checkNumber(String field, @Nullable Double number) {
		if (number != null && !Double.isFinite(number)) {
			throw new InvalidFieldException(field, "must be a number that can be represented");
		}
	}

	// White space is content
	private static void checkStop(List<String> stop) {
		int empty = stop.indexOf("");
		if (empty >= 0) {
			throw new InvalidFieldException("stop[%d]".formatted(empty), "must not be empty");
		}
	}

	void checkToolChoice(Set<String> tools) {
		if (this.toolChoice != null && !TOOL_CHOICES.contains(this.toolChoice) && !tools.contains(this.toolChoice)) {
			throw InvalidFieldException.mustBe("options.toolChoice",
					"auto, none, required or the name of one of the tools", this.toolChoice);
		}
	}

	ChatOptions toOptions(Set<String> allowedExtra) {
		for (String name : this.extra.keySet()) {
			if (!allowedExtra.contains(name)) {
				throw new InvalidFieldException("options.extra." + OneLine.of(name, 40),
						"is not among the fields that sample.allowed-extra lists");
			}
		}
		return ChatOptions.builder()
			.model(this.model)
			.temperature(this.temperature)
			.topP(this.topP)
			.maxTokens(this.maxTokens)
			.stop(this.stop)
			.seed(this.seed)
			.toolChoice((this.toolChoice != null) ? ToolChoice.of(this.toolChoice) : null)
			.parallelToolCalls(this.parallelToolCalls)
			.responseFormat((this.responseFormat != null) ? this.responseFormat.toResponseFormat() : null)
			.reasoning((this.reasoning != null) ? this.reasoning.toReasoning() : null)
			.serviceTier(this.serviceTier)
			.user(this.user)
			.extra(this.extra)
			.build();
	}

	/**
	 * The format of an answer: an object, or its type alone.
	 *
	 * @param type the kind of format
	 * @param name the name of the schema, or {@code null}
	 * @param schema the JSON Schema, or {@code null}
	 * @param strict whether the answer must follow the schema strictly, or {@code null}
	 */
	@JsonClassDescription("a string or an object")
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Format(String type, @Nullable String name, @Nullable ObjectNode schema, @Nullable Boolean strict) {

		@JsonCreator
		Format {
			checkType("type", type);
			if (type.equals("json_schema")) {
				InvalidFieldException.required("name", name);
				if (schema == null) {
					throw InvalidFieldException.mustBe("schema", "an object", null);
				}
			}
		}

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		static Format of(String type) {
			checkType("", type);
			return new Format(type, null, null, null);
		}

		private static void checkType(String field, @Nullable String type) {
			if (!List.of("text", "json_object", "json_schema").contains(String.valueOf(type))) {
				throw InvalidFieldException.mustBe(field, "one of text, json_object, json_schema", type);
			}
		}

		@Nullable ResponseFormat toResponseFormat() {
			return switch (this.type) {
				case "text" -> null;
				case "json_object" -> ResponseFormat.JSON_OBJECT;
				default -> new ResponseFormat(this.name, String.valueOf(this.schema), this.strict);
			};
		}

	}

	/**
	 * How much to reason: an object, or the effort alone.
	 *
	 * @param effort the effort in the provider's words, or {@code null}
	 * @param budgetTokens the tokens that reasoning may take, or {@code null}
	 */
	@JsonClassDescription("a string or an object")
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Effort(@Nullable String effort, @Nullable Integer budgetTokens) {

		@JsonCreator
		Effort {
			if ((effort == null) == (budgetTokens == null)) {
				throw new InvalidFieldException("", "must have either effort or budgetTokens");
			}
			InvalidFieldException.checkNotBlank("effort", effort);
			if (budgetTokens != null && budgetTokens <= 0) {
				throw InvalidFieldException.mustBe("budgetTokens", "positive", budgetTokens);
			}
		}

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		static Effort of(String effort) {
			return new Effort(effort, null);
		}

		Reasoning toReasoning() {
			return new Reasoning(this.effort, this.budgetTokens);
		}

	}

}
