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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.routekit.ChatOptions;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.Tool;
import io.routekit.ToolChoice;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the options of a request. An unknown one is an error, since an option with a typo
 * would have no effect.
 */
final class OptionsReader {

	private static final Map<String, BiConsumer<ChatOptions.Builder, Field>> READERS = readers();

	private static final JsonMapper jsonMapper = JsonMapper.shared();

	private OptionsReader() {
	}

	private static Map<String, BiConsumer<ChatOptions.Builder, Field>> readers() {
		Map<String, BiConsumer<ChatOptions.Builder, Field>> readers = new LinkedHashMap<>();
		readers.put("model", (options, field) -> options.model(field.nonEmptyText()));
		readers.put("temperature", (options, field) -> options.temperature(field.number()));
		readers.put("topP", (options, field) -> options.topP(field.number()));
		readers.put("maxTokens", (options, field) -> options.maxTokens(field.naturalNumber()));
		readers.put("stop", (options, field) -> options.stop(stop(field)));
		readers.put("seed", (options, field) -> options.seed(field.wholeNumber()));
		readers.put("toolChoice", (options, field) -> options.toolChoice(ToolChoice.of(field.nonEmptyText())));
		readers.put("parallelToolCalls", (options, field) -> options.parallelToolCalls(field.flag()));
		readers.put("responseFormat", (options, field) -> options.responseFormat(responseFormat(field)));
		readers.put("reasoning", (options, field) -> options.reasoning(reasoning(field)));
		readers.put("serviceTier", (options, field) -> options.serviceTier(field.nonEmptyText()));
		readers.put("user", (options, field) -> options.user(field.nonEmptyText()));
		readers.put("extra", (options, field) -> options.extra(map(field)));
		return readers;
	}

	static ChatOptions read(Field options, List<Tool> tools) {
		ChatOptions.Builder builder = ChatOptions.builder();
		for (Field option : options.fields()) {
			BiConsumer<ChatOptions.Builder, Field> reader = READERS.get(option.name());
			if (reader == null) {
				throw option.error("is unknown, known are " + String.join(", ", READERS.keySet()));
			}
			if (option.isPresent()) {
				reader.accept(builder, option);
			}
		}
		ChatOptions result = builder.build();
		checkToolChoice(options.get("toolChoice"), result.toolChoice(), tools);
		return result;
	}

	private static void checkToolChoice(Field field, @Nullable ToolChoice choice, List<Tool> tools) {
		String tool = (choice != null) ? choice.tool() : null;
		if (tool != null && tools.stream().noneMatch((candidate) -> candidate.name().equals(tool))) {
			throw field.mustBe("auto, none, required or the name of one of the tools");
		}
	}

	private static List<String> stop(Field stop) {
		return stop.isText() ? List.of(stop.textWithContent())
				: stop.items().stream().map(Field::textWithContent).toList();
	}

	private static @Nullable ResponseFormat responseFormat(Field format) {
		Field type = format.isText() ? format : format.get("type");
		return switch (type.oneOf(FormatType.class)) {
			case TEXT -> null;
			case JSON_OBJECT -> ResponseFormat.JSON_OBJECT;
			case JSON_SCHEMA -> new ResponseFormat(format.get("name").nonEmptyText(),
					format.get("schema").object().toString(), format.get("strict").ifPresent(Field::flag));
		};
	}

	private static Reasoning reasoning(Field reasoning) {
		if (reasoning.isText()) {
			return Reasoning.effort(reasoning.nonEmptyText());
		}
		Field effort = reasoning.get("effort");
		Field budget = reasoning.get("budgetTokens");
		if (effort.isPresent() == budget.isPresent()) {
			throw reasoning.error("must have either effort or budgetTokens");
		}
		if (effort.isPresent()) {
			return Reasoning.effort(effort.nonEmptyText());
		}
		int tokens = budget.naturalNumber();
		if (tokens == 0) {
			throw budget.mustBe("positive");
		}
		return Reasoning.budget(tokens);
	}

	private static Map<String, Object> map(Field extra) {
		return jsonMapper.convertValue(extra.object(), new TypeReference<>() {
		});
	}

	/**
	 * The kinds of format that an answer may have.
	 */
	private enum FormatType {

		TEXT, JSON_OBJECT, JSON_SCHEMA

	}

}
