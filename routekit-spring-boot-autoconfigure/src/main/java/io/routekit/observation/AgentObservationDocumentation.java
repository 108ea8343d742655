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

package io.routekit.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The names of the observations and meters of agents and of their keys. Names that start
 * with {@code gen_ai} are those of OpenTelemetry's semantic conventions for generative
 * AI: the keys and the names of spans are in v1.41.1, the two timers in the version that
 * is under development.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://github.com/open-telemetry/semantic-conventions/blob/v1.41.1/docs/gen-ai/gen-ai-agent-spans.md">Semantic
 * conventions for generative AI agents</a>
 */
public enum AgentObservationDocumentation implements ObservationDocumentation {

	/**
	 * A run of an agent, from the subscription to its end. Its timer and its span are
	 * named {@code gen_ai.invoke_agent.duration}.
	 */
	INVOKE_AGENT {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultAgentObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return AgentLowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return KeyName.merge(AgentHighCardinalityKeyNames.values(),
					ModelObservationDocumentation.ContentKeyNames.values());
		}

	},

	/**
	 * The call of a tool, from the subscription to its end. Its timer and its span are
	 * named {@code gen_ai.execute_tool.duration}.
	 */
	EXECUTE_TOOL {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultToolObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ToolLowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return KeyName.merge(ToolHighCardinalityKeyNames.values(), ToolContentKeyNames.values());
		}

	};

	static final String RUN_NAME = "gen_ai.invoke_agent.duration";

	static final String TOOL_NAME = "gen_ai.execute_tool.duration";

	/**
	 * Keys of meters and spans of runs. Those of the tags of runs come on top.
	 */
	public enum AgentLowCardinalityKeyNames implements KeyName {

		/**
		 * The operation, always {@code invoke_agent}.
		 */
		OPERATION_NAME("gen_ai.operation.name"),

		/**
		 * The name of the agent.
		 */
		AGENT_NAME("gen_ai.agent.name"),

		/**
		 * The provider of the model, as with its calls.
		 */
		PROVIDER_NAME("gen_ai.provider.name"),

		/**
		 * The model that is asked for, {@code none} if it has no name.
		 */
		REQUEST_MODEL("gen_ai.request.model"),

		/**
		 * Why the run failed: {@link io.routekit.agent.AgentException.Reason} in lower
		 * case, {@link io.routekit.ModelException.Kind#errorType()} if the model failed,
		 * or {@code _OTHER}; {@code none} if it did not fail.
		 */
		ERROR_TYPE("error.type"),

		/**
		 * How it ended: {@code success}, {@code error} or {@code cancelled}; {@code none}
		 * until then.
		 */
		OUTCOME("routekit.outcome"),

		/**
		 * Why a run that did not fail ended: {@code done}, {@code approval},
		 * {@code length} or {@code refusal}; {@code none} otherwise.
		 */
		STOP("routekit.agent.stop");

		private final String key;

		AgentLowCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of spans of runs, of which none holds content.
	 */
	public enum AgentHighCardinalityKeyNames implements KeyName {

		/**
		 * The id of the run.
		 */
		RUN("routekit.agent.run"),

		/**
		 * How many times the model answered.
		 */
		ROUNDS("routekit.agent.rounds"),

		/**
		 * How many calls of tools ended.
		 */
		TOOL_CALLS("routekit.agent.tool.calls"),

		/**
		 * Why the model stopped in the last round.
		 */
		RESPONSE_FINISH_REASONS("gen_ai.response.finish_reasons"),

		/**
		 * The tokens of all prompts, cached ones too.
		 */
		USAGE_INPUT_TOKENS("gen_ai.usage.input_tokens"),

		/**
		 * The generated tokens of all rounds, those of reasoning too.
		 */
		USAGE_OUTPUT_TOKENS("gen_ai.usage.output_tokens"),

		/**
		 * The tokens of the prompts that were read from a cache.
		 */
		USAGE_CACHE_READ_INPUT_TOKENS("gen_ai.usage.cache_read.input_tokens"),

		/**
		 * The tokens of the prompts that were written to a cache.
		 */
		USAGE_CACHE_CREATION_INPUT_TOKENS("gen_ai.usage.cache_creation.input_tokens"),

		/**
		 * The generated tokens that were spent on reasoning.
		 */
		USAGE_REASONING_OUTPUT_TOKENS("gen_ai.usage.reasoning.output_tokens"),

		/**
		 * The cost of all rounds with its currency.
		 */
		USAGE_COST("routekit.usage.cost");

		private final String key;

		AgentHighCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of meters and spans of tools. Those of the tags of runs come on top.
	 */
	public enum ToolLowCardinalityKeyNames implements KeyName {

		/**
		 * The operation, always {@code execute_tool}.
		 */
		OPERATION_NAME("gen_ai.operation.name"),

		/**
		 * The name of the agent.
		 */
		AGENT_NAME("gen_ai.agent.name"),

		/**
		 * The name of the tool, {@code _OTHER} if the model called one that the agent
		 * does not have.
		 */
		TOOL_NAME("gen_ai.tool.name"),

		/**
		 * The type of the tool, always {@code function}.
		 */
		TOOL_TYPE("gen_ai.tool.type"),

		/**
		 * Whether the tool failed: {@code tool_error} if the model was told so,
		 * {@code _OTHER} if even that failed; {@code none} if it did not fail.
		 */
		ERROR_TYPE("error.type"),

		/**
		 * How it ended: {@code success}, {@code error} or {@code cancelled}; {@code none}
		 * until then.
		 */
		OUTCOME("routekit.outcome");

		private final String key;

		ToolLowCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of spans of tools, of which none holds content.
	 */
	public enum ToolHighCardinalityKeyNames implements KeyName {

		/**
		 * The id of the call.
		 */
		CALL_ID("gen_ai.tool.call.id"),

		/**
		 * The id of the run.
		 */
		RUN("routekit.agent.run"),

		/**
		 * The round of the run.
		 */
		ROUND("routekit.agent.round");

		private final String key;

		ToolHighCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of spans of tools with what they get and give. They are only there if
	 * {@code routekit.observations.include-content} is set.
	 *
	 * @see AgentContentObservationFilter
	 */
	public enum ToolContentKeyNames implements KeyName {

		/**
		 * The arguments that the model wrote, as JSON.
		 */
		ARGUMENTS("gen_ai.tool.call.arguments"),

		/**
		 * The text that the model is told.
		 */
		RESULT("gen_ai.tool.call.result");

		private final String key;

		ToolContentKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Meters beside the timers. They have the keys {@link AgentLowCardinalityKeyNames}
	 * without {@link AgentLowCardinalityKeyNames#ERROR_TYPE}, and those of the tags of
	 * runs.
	 */
	public enum AgentMeterNames {

		/**
		 * Distribution of how many times the model answered in a run.
		 */
		ROUNDS("routekit.agent.rounds"),

		/**
		 * Distribution of how many calls of tools ended in a run.
		 */
		TOOL_CALLS("routekit.agent.tool.calls");

		private final String key;

		AgentMeterNames(String key) {
			this.key = key;
		}

		/**
		 * Return the name as text.
		 * @return the name
		 */
		public String asString() {
			return this.key;
		}

	}

}
