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
 * The names of observations, meters and their keys. Names that start with {@code gen_ai}
 * are those of the OpenTelemetry semantic conventions v1.41.1.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://github.com/open-telemetry/semantic-conventions/blob/v1.41.1/docs/gen-ai/gen-ai-metrics.md">Semantic
 * conventions for generative AI client metrics</a>
 */
public enum ModelObservationDocumentation implements ObservationDocumentation {

	/**
	 * A call of a model, from the subscription to its end. Its timer and its span are
	 * named {@code gen_ai.client.operation.duration}.
	 */
	CHAT {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultModelObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return KeyName.merge(HighCardinalityKeyNames.values(), ContentKeyNames.values());
		}

	};

	/**
	 * What precedes the key of a request's {@linkplain io.routekit.ChatRequest#tags()
	 * tag} in the key of a meter or span. Its value is {@code none} if the request has no
	 * such tag. {@link BoundedTags} bounds the values in meters.
	 */
	public static final String TAG_PREFIX = "routekit.tag.";

	static final String NAME = "gen_ai.client.operation.duration";

	/**
	 * Keys of meters and spans. Those of the tags of requests come on top.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * The operation, always {@code chat}.
		 */
		OPERATION_NAME("gen_ai.operation.name"),

		/**
		 * The provider: {@code openai}, {@code anthropic}, {@code azure.ai.openai}, or
		 * the type of another one.
		 */
		PROVIDER_NAME("gen_ai.provider.name"),

		/**
		 * The model that was asked for, {@code none} if it has no name. In meters,
		 * {@link BoundedTags} bounds the names.
		 */
		REQUEST_MODEL("gen_ai.request.model"),

		/**
		 * The model that answered, {@code none} if there is no answer or no name in it.
		 * In meters, {@link BoundedTags} bounds the names.
		 */
		RESPONSE_MODEL("gen_ai.response.model"),

		/**
		 * The host of the server, {@code none} if there is no server.
		 */
		SERVER_ADDRESS("server.address"),

		/**
		 * The port of the server, {@code none} if there is no server.
		 */
		SERVER_PORT("server.port"),

		/**
		 * Why the call failed: {@link io.routekit.ModelException.Kind#errorType()}, or
		 * {@code _OTHER} for any other exception; {@code none} if it did not fail.
		 */
		ERROR_TYPE("error.type"),

		/**
		 * How the call ended: {@code success}, {@code error} or {@code cancelled};
		 * {@code none} until then.
		 */
		OUTCOME("routekit.outcome");

		private final String key;

		LowCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of spans, of which none holds a prompt or an answer.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * {@code true} if the answer is streamed.
		 */
		REQUEST_STREAM("gen_ai.request.stream"),

		/**
		 * The largest number of tokens that the model may generate.
		 */
		REQUEST_MAX_TOKENS("gen_ai.request.max_tokens"),

		/**
		 * The sampling temperature.
		 */
		REQUEST_TEMPERATURE("gen_ai.request.temperature"),

		/**
		 * The probability mass to sample from.
		 */
		REQUEST_TOP_P("gen_ai.request.top_p"),

		/**
		 * The number of tokens to sample from, if it is among the extra options.
		 */
		REQUEST_TOP_K("gen_ai.request.top_k"),

		/**
		 * The penalty for tokens by how often they occurred, if it is among the extra
		 * options.
		 */
		REQUEST_FREQUENCY_PENALTY("gen_ai.request.frequency_penalty"),

		/**
		 * The penalty for tokens that occurred, if it is among the extra options.
		 */
		REQUEST_PRESENCE_PENALTY("gen_ai.request.presence_penalty"),

		/**
		 * The seed of sampling.
		 */
		REQUEST_SEED("gen_ai.request.seed"),

		/**
		 * The first 16 texts at which the model stops, as a JSON array.
		 */
		REQUEST_STOP_SEQUENCES("gen_ai.request.stop_sequences"),

		/**
		 * {@code json} if the answer must be JSON.
		 */
		OUTPUT_TYPE("gen_ai.output.type"),

		/**
		 * The provider's id of the answer.
		 */
		RESPONSE_ID("gen_ai.response.id"),

		/**
		 * Why the model stopped, in the provider's words if it gave any; {@code error} if
		 * a stream failed or was cancelled.
		 */
		RESPONSE_FINISH_REASONS("gen_ai.response.finish_reasons"),

		/**
		 * The seconds to the first chunk of a stream.
		 */
		RESPONSE_TIME_TO_FIRST_CHUNK("gen_ai.response.time_to_first_chunk"),

		/**
		 * The id that the provider's support can find the call by.
		 */
		REQUEST_ID("routekit.request.id"),

		/**
		 * The tokens of the prompt, cached ones too.
		 */
		USAGE_INPUT_TOKENS("gen_ai.usage.input_tokens"),

		/**
		 * The generated tokens, those of reasoning too.
		 */
		USAGE_OUTPUT_TOKENS("gen_ai.usage.output_tokens"),

		/**
		 * The tokens of the prompt that were read from a cache.
		 */
		USAGE_CACHE_READ_INPUT_TOKENS("gen_ai.usage.cache_read.input_tokens"),

		/**
		 * The tokens of the prompt that were written to a cache.
		 */
		USAGE_CACHE_CREATION_INPUT_TOKENS("gen_ai.usage.cache_creation.input_tokens"),

		/**
		 * The generated tokens that were spent on reasoning.
		 */
		USAGE_REASONING_OUTPUT_TOKENS("gen_ai.usage.reasoning.output_tokens"),

		/**
		 * The cost of the call with its currency.
		 */
		USAGE_COST("routekit.usage.cost"),

		/**
		 * The API of OpenAI or Azure OpenAI, always {@code chat_completions}.
		 */
		OPENAI_API_TYPE("openai.api.type"),

		/**
		 * The service tier that OpenAI or Azure OpenAI is asked for.
		 */
		OPENAI_REQUEST_SERVICE_TIER("openai.request.service_tier"),

		/**
		 * The service tier by which OpenAI or Azure OpenAI answered.
		 */
		OPENAI_RESPONSE_SERVICE_TIER("openai.response.service_tier"),

		/**
		 * What tells apart the configurations of OpenAI's or Azure OpenAI's servers.
		 */
		OPENAI_RESPONSE_SYSTEM_FINGERPRINT("openai.response.system_fingerprint");

		private final String key;

		HighCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of spans with prompts and answers, as JSON. They are only there if
	 * {@code routekit.observations.include-content} is set.
	 *
	 * @see ModelContentObservationFilter
	 */
	public enum ContentKeyNames implements KeyName {

		/**
		 * The system messages.
		 */
		SYSTEM_INSTRUCTIONS("gen_ai.system_instructions"),

		/**
		 * The messages of the request, without those of the system.
		 */
		INPUT_MESSAGES("gen_ai.input.messages"),

		/**
		 * The answer.
		 */
		OUTPUT_MESSAGES("gen_ai.output.messages"),

		/**
		 * The tools that the model may call.
		 */
		TOOL_DEFINITIONS("gen_ai.tool.definitions");

		private final String key;

		ContentKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Meters beside the timer. They have the keys {@link LowCardinalityKeyNames} without
	 * {@link LowCardinalityKeyNames#ERROR_TYPE}, and those of the tags of requests.
	 */
	public enum MeterNames {

		/**
		 * Distribution of the tokens of a call, by {@link MeterKeyNames#TOKEN_TYPE}.
		 */
		TOKEN_USAGE("gen_ai.client.token.usage"),

		/**
		 * Time from the start of a stream to its first event.
		 */
		TIME_TO_FIRST_CHUNK("gen_ai.client.operation.time_to_first_chunk"),

		/**
		 * Number of tokens by {@link MeterKeyNames#TOKEN_CLASS}: the classes have no
		 * token in common, so that they can be added.
		 */
		TOKENS("routekit.tokens"),

		/**
		 * Sum of the costs in {@code USD}. Costs in another currency have a meter of
		 * their own, with the currency's code appended to the name.
		 */
		COST("routekit.cost"),

		/**
		 * Number of answers, and of calls that failed or were cancelled after they had
		 * used tokens, whose cost is not known.
		 */
		UNPRICED("routekit.unpriced");

		private final String key;

		MeterNames(String key) {
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

	/**
	 * Keys of single meters.
	 */
	public enum MeterKeyNames implements KeyName {

		/**
		 * The direction of tokens: {@code input} or {@code output}.
		 */
		TOKEN_TYPE("gen_ai.token.type"),

		/**
		 * The class of tokens: {@code input} (neither read from nor written to a cache),
		 * {@code cache_read}, {@code cache_write}, {@code output} (without reasoning) and
		 * {@code reasoning}.
		 */
		TOKEN_CLASS("routekit.token.class"),

		/**
		 * Where a cost comes from: {@code reported} by the provider, or computed from a
		 * price {@code catalogue}.
		 */
		COST_SOURCE("routekit.cost.source");

		private final String key;

		MeterKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
