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

import java.util.Set;

import io.routekit.anthropic.AnthropicProperties.ThinkingMode;
import org.jspecify.annotations.Nullable;

/**
 * What the models of a generation take.
 *
 * @param thinking when the models think
 * @param features what else the models take
 */
record Generation(ThinkingMode thinking, Set<Feature> features) {

	boolean takes(Feature feature) {
		return this.features.contains(feature);
	}

	/**
	 * Return the type of {@code thinking} that turns thinking off.
	 * @return the type, or {@code null} if the models always think
	 */
	@Nullable String off() {
		return switch (this.thinking) {
			case ON_REQUEST, BY_DEFAULT -> "disabled";
			case BETWEEN_TOOLS -> "between_tools";
			case ALWAYS -> null;
		};
	}

	/**
	 * Return whether the models think unless they are told not to.
	 * @return whether they think in answer to a request that says nothing of it
	 */
	boolean isThinkingByDefault() {
		return this.thinking != ThinkingMode.ON_REQUEST;
	}

	/**
	 * What not all generations take.
	 */
	enum Feature {

		/**
		 * An effort that tells how much to think.
		 */
		EFFORT,

		/**
		 * A number of tokens that thinking may take.
		 */
		BUDGET,

		/**
		 * Options of sampling other than their defaults.
		 */
		SAMPLING,

		/**
		 * A tool call that is demanded.
		 */
		FORCED_TOOLS,

		/**
		 * System messages among the others.
		 */
		SYSTEM_MESSAGES,

		/**
		 * A JSON Schema that the answer is kept to.
		 */
		STRUCTURED_OUTPUT

	}

}
