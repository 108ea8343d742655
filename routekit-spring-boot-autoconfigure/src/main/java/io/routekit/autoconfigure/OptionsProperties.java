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

package io.routekit.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Configuration properties of the options that hold where a request sets none.
 *
 * @since 0.1.0
 */
public final class OptionsProperties {

	/**
	 * Sampling temperature.
	 */
	private @Nullable Double temperature;

	/**
	 * Probability mass to sample from, between 0 and 1.
	 */
	private @Nullable Double topP;

	/**
	 * Largest number of tokens that the model may generate.
	 */
	private @Nullable Integer maxTokens;

	/**
	 * List of texts at which the model stops.
	 */
	private @Nullable List<String> stop;

	/**
	 * Seed of sampling.
	 */
	private @Nullable Long seed;

	/**
	 * Whether the model may call the tools of a request that has some: auto, none,
	 * required, or the name of the tool to call.
	 */
	private @Nullable String toolChoice;

	/**
	 * Whether the model may call several tools in one answer, for requests that have
	 * tools.
	 */
	private @Nullable Boolean parallelToolCalls;

	/**
	 * Service tier to ask for, in the provider's words.
	 */
	private @Nullable String serviceTier;

	/**
	 * Id of the end user.
	 */
	private @Nullable String user;

	private final Reasoning reasoning = new Reasoning();

	private final ResponseFormat responseFormat = new ResponseFormat();

	/**
	 * Further top-level fields of the request body, by name. A text that is valid JSON is
	 * sent as that JSON.
	 */
	private final Map<String, Object> extra = new LinkedHashMap<>();

	public @Nullable Double getTemperature() {
		return this.temperature;
	}

	public void setTemperature(@Nullable Double temperature) {
		this.temperature = temperature;
	}

	public @Nullable Double getTopP() {
		return this.topP;
	}

	public void setTopP(@Nullable Double topP) {
		this.topP = topP;
	}

	public @Nullable Integer getMaxTokens() {
		return this.maxTokens;
	}

	public void setMaxTokens(@Nullable Integer maxTokens) {
		this.maxTokens = maxTokens;
	}

	public @Nullable List<String> getStop() {
		return this.stop;
	}

	public void setStop(@Nullable List<String> stop) {
		this.stop = stop;
	}

	public @Nullable Long getSeed() {
		return this.seed;
	}

	public void setSeed(@Nullable Long seed) {
		this.seed = seed;
	}

	public @Nullable String getToolChoice() {
		return this.toolChoice;
	}

	public void setToolChoice(@Nullable String toolChoice) {
		this.toolChoice = toolChoice;
	}

	public @Nullable Boolean getParallelToolCalls() {
		return this.parallelToolCalls;
	}

	public void setParallelToolCalls(@Nullable Boolean parallelToolCalls) {
		this.parallelToolCalls = parallelToolCalls;
	}

	public @Nullable String getServiceTier() {
		return this.serviceTier;
	}

	public void setServiceTier(@Nullable String serviceTier) {
		this.serviceTier = serviceTier;
	}

	public @Nullable String getUser() {
		return this.user;
	}

	public void setUser(@Nullable String user) {
		this.user = user;
	}

	public Reasoning getReasoning() {
		return this.reasoning;
	}

	public ResponseFormat getResponseFormat() {
		return this.responseFormat;
	}

	public Map<String, Object> getExtra() {
		return this.extra;
	}

	/**
	 * How much the model should reason.
	 */
	public static class Reasoning {

		/**
		 * Effort in the provider's words, for example low or high.
		 */
		private @Nullable String effort;

		/**
		 * Number of tokens that reasoning may take.
		 */
		private @Nullable Integer budgetTokens;

		public @Nullable String getEffort() {
			return this.effort;
		}

		public void setEffort(@Nullable String effort) {
			this.effort = effort;
		}

		public @Nullable Integer getBudgetTokens() {
			return this.budgetTokens;
		}

		public void setBudgetTokens(@Nullable Integer budgetTokens) {
			this.budgetTokens = budgetTokens;
		}

	}

	/**
	 * The format that answers must have.
	 */
	public static class ResponseFormat {

		/**
		 * Kind of format. A schema implies that answers follow it.
		 */
		private @Nullable Type type;

		/**
		 * Name of the schema.
		 */
		private @Nullable String name;

		/**
		 * JSON Schema that answers must follow, as JSON text.
		 */
		private @Nullable String schema;

		/**
		 * Whether answers must follow the schema strictly.
		 */
		private @Nullable Boolean strict;

		public @Nullable Type getType() {
			return this.type;
		}

		public void setType(@Nullable Type type) {
			this.type = type;
		}

		public @Nullable String getName() {
			return this.name;
		}

		public void setName(@Nullable String name) {
			this.name = name;
		}

		public @Nullable String getSchema() {
			return this.schema;
		}

		public void setSchema(@Nullable String schema) {
			this.schema = schema;
		}

		public @Nullable Boolean getStrict() {
			return this.strict;
		}

		public void setStrict(@Nullable Boolean strict) {
			this.strict = strict;
		}

	}

	/**
	 * The kinds of format.
	 */
	public enum Type {

		/**
		 * Any JSON object.
		 */
		JSON_OBJECT,

		/**
		 * JSON that follows a schema.
		 */
		JSON_SCHEMA

	}

}
