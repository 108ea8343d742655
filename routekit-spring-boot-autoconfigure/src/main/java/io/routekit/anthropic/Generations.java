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

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.routekit.ModelConfigurationException;
import io.routekit.ModelSettings;
import io.routekit.anthropic.AnthropicProperties.ThinkingMode;
import io.routekit.anthropic.Generation.Feature;
import org.jspecify.annotations.Nullable;

/**
 * Tells the generation of a model by its name, and by what configuration says of it. A
 * version that is newer than the ones listed takes what the newest of its family does, a
 * family that is not listed what the strictest does.
 *
 * @param model the name that decides in place of the model's own, or {@code null}
 * @param thinking when the model thinks, or {@code null} if its name tells
 * @param features what the model takes or not, as far as its name does not tell
 */
record Generations(@Nullable String model, @Nullable ThinkingMode thinking, Map<Feature, Boolean> features) {

	/**
	 * Generations that are told by names alone.
	 */
	static final Generations NAMED = new Generations(null, null, Collections.emptyMap());

	private static final String ANY = "";

	/**
	 * The newest of a family come first.
	 */
	private static final List<Known> KNOWN = List.of(
			new Known("opus", 505, ThinkingMode.ALWAYS, Feature.EFFORT, Feature.SYSTEM_MESSAGES,
					Feature.STRUCTURED_OUTPUT),
			new Known("opus", 500, ThinkingMode.BY_DEFAULT, Feature.EFFORT, Feature.FORCED_TOOLS,
					Feature.SYSTEM_MESSAGES, Feature.STRUCTURED_OUTPUT),
			new Known("opus", 408, ThinkingMode.ON_REQUEST, Feature.EFFORT, Feature.FORCED_TOOLS,
					Feature.SYSTEM_MESSAGES, Feature.STRUCTURED_OUTPUT),
			new Known("opus", 407, ThinkingMode.ON_REQUEST, Feature.EFFORT, Feature.FORCED_TOOLS,
					Feature.STRUCTURED_OUTPUT),
			new Known("opus", 406, ThinkingMode.ON_REQUEST, Feature.EFFORT, Feature.BUDGET, Feature.SAMPLING,
					Feature.FORCED_TOOLS, Feature.STRUCTURED_OUTPUT),
			new Known("opus", 401, ThinkingMode.ON_REQUEST, Feature.BUDGET, Feature.SAMPLING, Feature.FORCED_TOOLS,
					Feature.STRUCTURED_OUTPUT),
			new Known("sonnet", 505, ThinkingMode.BETWEEN_TOOLS, Feature.EFFORT, Feature.SYSTEM_MESSAGES,
					Feature.STRUCTURED_OUTPUT),
			new Known("sonnet", 500, ThinkingMode.BY_DEFAULT, Feature.EFFORT, Feature.FORCED_TOOLS,
					Feature.STRUCTURED_OUTPUT),
			new Known("sonnet", 406, ThinkingMode.ON_REQUEST, Feature.EFFORT, Feature.BUDGET, Feature.SAMPLING,
					Feature.FORCED_TOOLS, Feature.STRUCTURED_OUTPUT),
			new Known("sonnet", 405, ThinkingMode.ON_REQUEST, Feature.BUDGET, Feature.SAMPLING, Feature.FORCED_TOOLS,
					Feature.STRUCTURED_OUTPUT),
			new Known("haiku", 500, ThinkingMode.BY_DEFAULT, Feature.EFFORT, Feature.FORCED_TOOLS,
					Feature.SYSTEM_MESSAGES, Feature.STRUCTURED_OUTPUT),
			new Known("haiku", 405, ThinkingMode.ON_REQUEST, Feature.BUDGET, Feature.SAMPLING, Feature.FORCED_TOOLS,
					Feature.STRUCTURED_OUTPUT),
			new Known("fable", 501, ThinkingMode.ALWAYS, Feature.EFFORT, Feature.SYSTEM_MESSAGES,
					Feature.STRUCTURED_OUTPUT),
			new Known("fable", 0, ThinkingMode.ALWAYS, Feature.EFFORT, Feature.FORCED_TOOLS, Feature.SYSTEM_MESSAGES,
					Feature.STRUCTURED_OUTPUT),
			new Known("mythos", 501, ThinkingMode.ALWAYS, Feature.EFFORT, Feature.SYSTEM_MESSAGES,
					Feature.STRUCTURED_OUTPUT),
			new Known("mythos", 0, ThinkingMode.ALWAYS, Feature.EFFORT, Feature.FORCED_TOOLS, Feature.SYSTEM_MESSAGES,
					Feature.STRUCTURED_OUTPUT),
			new Known(ANY, 500, ThinkingMode.ALWAYS, Feature.EFFORT, Feature.SYSTEM_MESSAGES,
					Feature.STRUCTURED_OUTPUT),
			new Known(ANY, 100, ThinkingMode.ON_REQUEST, Feature.BUDGET, Feature.SAMPLING, Feature.FORCED_TOOLS));

	/**
	 * What a model is let do whose name says nothing: the server knows.
	 */
	private static final Generation UNKNOWN = new Generation(ThinkingMode.ON_REQUEST,
			EnumSet.of(Feature.EFFORT, Feature.BUDGET, Feature.SAMPLING, Feature.FORCED_TOOLS));

	static Generations of(ModelSettings settings, AnthropicProperties.Generation properties) {
		String model = properties.getModel();
		if (model != null && find(model) == null) {
			String name = settings.property("anthropic.generation.model");
			throw new ModelConfigurationException(
					"'%s' is no model of Anthropic with a version but '%s'".formatted(name, model),
					"Set '%s' to the name that Anthropic has for the model, such as 'claude-sonnet-5-5'"
						.formatted(name));
		}
		Map<Feature, Boolean> features = new EnumMap<>(Feature.class);
		put(features, Feature.EFFORT, properties.getEffort());
		put(features, Feature.BUDGET, properties.getBudget());
		put(features, Feature.SAMPLING, properties.getSampling());
		put(features, Feature.FORCED_TOOLS, properties.getForcedTools());
		put(features, Feature.SYSTEM_MESSAGES, properties.getSystemMessages());
		put(features, Feature.STRUCTURED_OUTPUT, properties.getStructuredOutput());
		return new Generations(model, properties.getThinking(), features);
	}

	private static void put(Map<Feature, Boolean> features, Feature feature, @Nullable Boolean taken) {
		if (taken != null) {
			features.put(feature, taken);
		}
	}

	/**
	 * Return the generation of a model.
	 * @param model the name of the model, possibly with a prefix and a date
	 * @return the generation
	 */
	Generation of(@Nullable String model) {
		Generation named = find((this.model != null) ? this.model : model);
		Generation generation = (named != null) ? named : UNKNOWN;
		if (this.thinking == null && this.features.isEmpty()) {
			return generation;
		}
		Predicate<Feature> taken = (feature) -> this.features.getOrDefault(feature, generation.takes(feature));
		Set<Feature> features = EnumSet.allOf(Feature.class);
		features.removeIf(taken.negate());
		return new Generation((this.thinking != null) ? this.thinking : generation.thinking(), features);
	}

	private static @Nullable Generation find(@Nullable String model) {
		ClaudeName name = (model != null) ? ClaudeName.of(model) : null;
		if (name == null) {
			return null;
		}
		return KNOWN.stream().filter((known) -> known.includes(name)).findFirst().map(Known::generation).orElse(null);
	}

	/**
	 * A generation that is known.
	 *
	 * @param family the family of its models
	 * @param since the version of the first model
	 * @param generation what its models take
	 */
	private record Known(String family, int since, Generation generation) {

		Known(String family, int since, ThinkingMode thinking, Feature first, Feature... further) {
			this(family, since, new Generation(thinking, EnumSet.of(first, further)));
		}

		boolean includes(ClaudeName name) {
			return (this.family.equals(ANY) || this.family.equals(name.family())) && name.version() >= this.since;
		}

	}

}
