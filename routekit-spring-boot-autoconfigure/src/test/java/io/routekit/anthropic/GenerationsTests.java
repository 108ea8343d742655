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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelSettings;
import io.routekit.Reasoning;
import io.routekit.Tool;
import io.routekit.ToolChoice;
import io.routekit.anthropic.AnthropicProperties.ThinkingMode;
import io.routekit.anthropic.Generation.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Generations}.
 */
class GenerationsTests {

	/**
	 * What each request becomes: the type of thinking, {@code -} for none, or a word of
	 * the message with which it is refused.
	 */
	private static final String TABLE = """
			model             | plain | effort of none | high effort | budget   | forced tool | temperature | top_p | top_k
			claude-3-5-haiku  | -     | disabled       | 'reasoning.budget-tokens' | enabled | - | - | - | -
			claude-opus-4-1   | -     | disabled       | 'reasoning.budget-tokens' | enabled | - | - | - | -
			claude-haiku-4-5  | -     | disabled       | 'reasoning.budget-tokens' | enabled | - | - | - | -
			claude-sonnet-4-6 | -     | disabled       | adaptive    | enabled  | -           | -           | -     | -
			claude-opus-4-6   | -     | disabled       | adaptive    | enabled  | -           | -           | -     | -
			claude-opus-4-7   | -     | disabled       | adaptive    | 'reasoning.effort' | - | 'temperature' | 'topP' | 'top_k'
			claude-opus-4-8   | -     | disabled       | adaptive    | 'reasoning.effort' | - | 'temperature' | 'topP' | 'top_k'
			claude-opus-5     | -     | disabled       | adaptive    | 'reasoning.effort' | - | 'temperature' | 'topP' | 'top_k'
			claude-opus-5-5   | -     | 'low'          | adaptive    | 'reasoning.effort' | let it choose | 'temperature' | 'topP' | 'top_k'
			claude-sonnet-5   | -     | disabled       | adaptive    | 'reasoning.effort' | - | 'temperature' | 'topP' | 'top_k'
			claude-sonnet-5-5 | -     | between_tools  | adaptive    | 'reasoning.effort' | let it choose | 'temperature' | 'topP' | 'top_k'
			claude-haiku-5-5  | -     | disabled       | adaptive    | 'reasoning.effort' | - | 'temperature' | 'topP' | 'top_k'
			claude-fable-5    | -     | 'low'          | adaptive    | 'reasoning.effort' | - | 'temperature' | 'topP' | 'top_k'
			claude-fable-5-1  | -     | 'low'          | adaptive    | 'reasoning.effort' | let it choose | 'temperature' | 'topP' | 'top_k'
			claude-mythos-5   | -     | 'low'          | adaptive    | 'reasoning.effort' | - | 'temperature' | 'topP' | 'top_k'
			claude-mythos-5-2 | -     | 'low'          | adaptive    | 'reasoning.effort' | let it choose | 'temperature' | 'topP' | 'top_k'
			claude-nova-6     | -     | 'low'          | adaptive    | 'reasoning.effort' | let it choose | 'temperature' | 'topP' | 'top_k'
			smart             | -     | disabled       | adaptive    | enabled  | -           | -           | -     | -
			""";

	private static final Map<String, Consumer<ChatOptions.Builder>> REQUESTS = Map.of("plain", (options) -> {
	}, "effort of none", (options) -> options.reasoning(Reasoning.effort("none")), "high effort",
			(options) -> options.reasoning(Reasoning.effort("high")), "budget",
			(options) -> options.reasoning(Reasoning.budget(2000)), "forced tool",
			(options) -> options.toolChoice(ToolChoice.REQUIRED), "temperature", (options) -> options.temperature(0.2),
			"top_p", (options) -> options.topP(0.5), "top_k", (options) -> options.extra("top_k", 5));

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("table")
	void eachGenerationGetsWhatItTakes(String model, String request, String expected) {
		if (expected.equals("-") || expected.matches("[a-z_]+")) {
			JsonNode type = write(Generations.NAMED, model, REQUESTS.get(request)).at("/thinking/type");
			assertThat(type.asString("-")).isEqualTo(expected);
		}
		else {
			assertThatExceptionOfType(ModelException.class)
				.isThrownBy(() -> write(Generations.NAMED, model, REQUESTS.get(request)))
				.withMessageContaining(model)
				.withMessageContaining(expected)
				.satisfies((ex) -> assertThat(ex.getKind()).isEqualTo(Kind.INVALID_REQUEST));
		}
	}

	static Stream<String[]> table() {
		List<String[]> rows = TABLE.lines().map((line) -> line.strip().split(" *\\| *")).toList();
		String[] requests = rows.get(0);
		return rows.stream()
			.skip(1)
			.flatMap((row) -> Stream.iterate(1, (column) -> column < requests.length, (column) -> column + 1)
				.map((column) -> new String[] { row[0], requests[column], row[column] }));
	}

	@ParameterizedTest
	@CsvSource({ "claude-sonnet-5-5,20480", "claude-opus-5,20480", "claude-opus-4-8,4096", "claude-haiku-4-5,4096",
			"smart,4096" })
	void thinkingByDefaultLeavesRoomForTheAnswer(String model, int maxTokens) {
		assertThat(write(Generations.NAMED, model, REQUESTS.get("plain")).path("max_tokens").intValue())
			.isEqualTo(maxTokens);
	}

	@ParameterizedTest
	@CsvSource({ "none,4096", "low,8192", "medium,12288", "high,20480", "xhigh,53248", "max,53248" })
	void moreEffortLeavesMoreRoom(String effort, int maxTokens) {
		JsonNode body = write(Generations.NAMED, "claude-sonnet-5-5",
				(options) -> options.reasoning(Reasoning.effort(effort)));
		assertThat(body.path("max_tokens").intValue()).isEqualTo(maxTokens);
	}

	@Test
	void limitOfTheRequestIsLeftAsItIs() {
		JsonNode body = write(Generations.NAMED, "claude-sonnet-5-5",
				(options) -> options.reasoning(Reasoning.effort("max")).maxTokens(100));
		assertThat(body.path("max_tokens").intValue()).isEqualTo(100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CLAUDE-OPUS-5-5", "claude-opus-5.5:thinking", "anthropic/claude-opus-5.5",
			"us.anthropic.claude-opus-5-5-v1:0", "claude-opus-5-5@20260922", "claude-opus-5-5-20260922",
			"anthropic/claude-5.5-opus-20260922", "claude-opus-5-10", "claude-opus-10", "claude-opus-6-1",
			"claude-fable-5-2", "claude-nova-7" })
	void namesOfTheNewestAreKnownHoweverTheyAreWritten(String model) {
		Generation generation = Generations.NAMED.of(model);
		assertThat(generation.thinking()).isEqualTo(ThinkingMode.ALWAYS);
		assertThat(generation.features()).containsExactlyInAnyOrder(Feature.EFFORT, Feature.SYSTEM_MESSAGES,
				Feature.STRUCTURED_OUTPUT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "claude-2.1", "claude-instant-1.2", "claude-3-opus-20240229", "claude-3-7-sonnet-latest",
			"claude-opus-4-20250514", "claude-opus-4@20250514", "claude-4-sonnet-20250514" })
	void datesAreNoVersions(String model) {
		assertThat(Generations.NAMED.of(model).features()).containsExactlyInAnyOrder(Feature.BUDGET, Feature.SAMPLING,
				Feature.FORCED_TOOLS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "m", "deepseek-chat", "claude-sonnet-latest", "claude", "opus-5-5" })
	void nameThatSaysNothingRefusesNothing(String model) {
		assertThat(Generations.NAMED.of(model).features()).contains(Feature.EFFORT, Feature.BUDGET, Feature.SAMPLING,
				Feature.FORCED_TOOLS);
	}

	@ParameterizedTest
	@CsvSource({ "claude-3-7-sonnet-20250219,false", "claude-opus-4-20250514,false", "claude-opus-4-1,true",
			"claude-sonnet-4-20250514,false", "claude-sonnet-4-5,true", "claude-haiku-4-5,true",
			"claude-sonnet-4-6,true", "claude-opus-5-5,true", "claude-nova-6,true", "smart,false" })
	void generationsFromFourFiveOnKeepToASchema(String model, boolean kept) {
		assertThat(Generations.NAMED.of(model).takes(Feature.STRUCTURED_OUTPUT)).isEqualTo(kept);
	}

	@Test
	void aliasTakesWhatTheModelDoesThatIsNamed() {
		Generations generations = generations("generation.model=claude-opus-5-5");
		assertThat(generations.of("smart")).isEqualTo(Generations.NAMED.of("claude-opus-5-5"));
	}

	@Test
	void eachFactCanBeSet() {
		Generations generations = generations("generation.thinking=by-default", "generation.budget=true",
				"generation.sampling=true", "generation.forced-tools=true", "generation.effort=false",
				"generation.system-messages=false", "generation.structured-output=false");
		assertThat(generations.of("claude-opus-5-5").thinking()).isEqualTo(ThinkingMode.BY_DEFAULT);
		assertThat(generations.of("claude-opus-5-5").features()).containsExactlyInAnyOrder(Feature.BUDGET,
				Feature.SAMPLING, Feature.FORCED_TOOLS);
	}

	@Test
	void whatIsNotSetIsToldByTheName() {
		Generations generations = generations("generation.sampling=true");
		assertThat(
				write(generations, "claude-sonnet-5-5", REQUESTS.get("temperature")).path("temperature").doubleValue())
			.isEqualTo(0.2);
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> write(generations, "claude-sonnet-5-5", REQUESTS.get("budget")));
	}

	@Test
	void nameOfNoModelIsRefused() {
		assertThatExceptionOfType(ModelConfigurationException.class)
			.isThrownBy(() -> generations("generation.model=smart"))
			.withMessageContaining("routekit.provider.anthropic.generation.model")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("claude-sonnet-5-5"));
	}

	@Test
	void thinkingRefusesOptionsOfSampling() {
		for (String option : List.of("temperature", "top_p", "top_k")) {
			assertThatExceptionOfType(ModelException.class)
				.isThrownBy(() -> write(Generations.NAMED, "claude-opus-4-6",
						REQUESTS.get(option).andThen(REQUESTS.get("high effort"))))
				.withMessageContaining("'reasoning'");
		}
	}

	@Test
	void defaultsOfSamplingAreNoOptions() {
		JsonNode body = write(Generations.NAMED, "claude-sonnet-5-5", (options) -> options.temperature(1.0).topP(1.0));
		assertThat(body.path("temperature").doubleValue()).isEqualTo(1);
	}

	private static Generations generations(String... properties) {
		Map<String, String> values = new LinkedHashMap<>();
		Arrays.stream(properties)
			.map((property) -> property.split("="))
			.forEach((property) -> values.put("routekit.provider.anthropic." + property[0], property[1]));
		Binder binder = new Binder(new MapConfigurationPropertySource(values));
		ModelSettings settings = ModelSettings.builder()
			.prefix("routekit.provider")
			.blocks((name, type) -> binder.bindOrCreate("routekit.provider." + name, type))
			.build();
		return Generations.of(settings, settings.bind("anthropic", AnthropicProperties.class).getGeneration());
	}

	private static JsonNode write(Generations generations, String model, Consumer<ChatOptions.Builder> customizer) {
		ChatOptions.Builder options = ChatOptions.builder().model(model);
		customizer.accept(options);
		ChatRequest request = ChatRequest.builder()
			.messages(Message.user("Hi"))
			.tools(Tool.of("now", "Tells the time", "{\"type\":\"object\"}"))
			.options(options.build())
			.build();
		byte[] body = new AnthropicProtocol(OwnState.ANTHROPIC, generations, null, PromptCaching.NONE, new Betas())
			.write(request, false);
		return new JsonMapper().readTree(new String(body, StandardCharsets.UTF_8));
	}

}
