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

package io.routekit.observation.autoconfigure;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;

import io.routekit.ModelConfigurationException;
import io.routekit.observation.AgentObservationConvention;
import io.routekit.observation.BoundedTags;
import io.routekit.observation.DefaultAgentObservationConvention;
import io.routekit.observation.DefaultModelObservationConvention;
import io.routekit.observation.DefaultToolObservationConvention;
import io.routekit.observation.ModelObservationConvention;
import io.routekit.observation.ToolObservationConvention;
import org.jspecify.annotations.Nullable;

/**
 * Makes of {@link ObservationProperties} what calls are observed with.
 */
final class ObservationMapper {

	private final ObservationProperties properties;

	ObservationMapper(ObservationProperties properties) {
		this.properties = properties;
	}

	ModelObservationConvention convention() {
		return convention(DefaultModelObservationConvention::new);
	}

	AgentObservationConvention agentConvention() {
		return convention(DefaultAgentObservationConvention::new);
	}

	ToolObservationConvention toolConvention() {
		return convention(DefaultToolObservationConvention::new);
	}

	private <T> T convention(Function<Collection<String>, T> factory) {
		try {
			return factory.apply(this.properties.getTags());
		}
		catch (IllegalArgumentException ex) {
			throw new ModelConfigurationException(
					"'routekit.observations.tags' cannot be used: %s".formatted(ex.getMessage()),
					"Set 'routekit.observations.tags' to a list of keys, for example feature,tenant");
		}
	}

	BoundedTags tags(Predicate<String> configured, Function<String, @Nullable String> catalogued) {
		int max = this.properties.getMaxTagSets();
		if (max <= 0) {
			throw new ModelConfigurationException(
					"'routekit.observations.max-tag-sets' must be positive but is %d".formatted(max),
					"Set 'routekit.observations.max-tag-sets' to a positive number, for example %d"
						.formatted(BoundedTags.DEFAULT_MAX_SETS));
		}
		return new BoundedTags(max, configured, catalogued);
	}

}
