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

package io.routekit.trace.analysis;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Line of a trace, as far as the analysis needs it.
 *
 * @param type what the line is about
 * @param time when it started
 * @param id the id of the call
 * @param provider the type of the provider
 * @param model the model that answered, or else the one that was asked for
 * @param answered whether it is the model that answered
 * @param outcome how the call ended
 * @param duration the seconds to its end
 * @param timeToFirstChunk the seconds to the first event of a stream
 * @param usage the tokens by the name of their counter, or {@code null} if unknown
 * @param cost the cost, or {@code null} if unknown
 * @param currency the currency of the cost
 * @param tags those tags of the request that matter
 * @param part what it is in the run of an agent
 */
record TraceLine(Type type, Instant time, @Nullable String id, String provider, String model, boolean answered,
		String outcome, @Nullable Double duration, @Nullable Double timeToFirstChunk, @Nullable Map<String, Long> usage,
		@Nullable BigDecimal cost, @Nullable String currency, Map<String, String> tags, RunPart part) {

	static final String PROMPT_TOKENS = "promptTokens";

	static final String COMPLETION_TOKENS = "completionTokens";

	static final String CACHED_TOKENS = "cachedTokens";

	static final String SUCCESS = "success";

	static final String ERROR = "error";

	long tokens(String counter) {
		return (this.usage != null) ? this.usage.getOrDefault(counter, 0L) : 0;
	}

	TraceLine withoutCost() {
		return new TraceLine(this.type, this.time, this.id, this.provider, this.model, this.answered, this.outcome,
				this.duration, this.timeToFirstChunk, this.usage, null, null, this.tags, this.part);
	}

	boolean isUnpriced() {
		return this.cost == null && (this.answered || this.usage != null || this.outcome.equals(SUCCESS));
	}

	/**
	 * What a line is about.
	 */
	enum Type {

		/**
		 * A call of a model, as all lines without a type are.
		 */
		CALL,

		/**
		 * The call of a tool.
		 */
		TOOL,

		/**
		 * A run of an agent.
		 */
		RUN

	}

	/**
	 * What a line is in the run of an agent.
	 *
	 * @param run the id of the run, or {@code null} if it is in none
	 * @param agent the name of the agent
	 * @param tool the name of the tool
	 * @param rounds how many rounds the run took
	 */
	record RunPart(@Nullable String run, @Nullable String agent, @Nullable String tool, long rounds) {

	}

}
