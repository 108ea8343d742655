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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.routekit.ChatOptions;
import io.routekit.Cost;
import io.routekit.ModelResponse;
import io.routekit.OneLine;
import io.routekit.Outcome;
import io.routekit.ProviderFacts;
import io.routekit.Usage;
import io.routekit.observation.ModelObservationDocumentation.HighCardinalityKeyNames;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Collects what is known about a call for its span. What is not known is left out.
 */
final class SpanKeyValues {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	/**
	 * More than any provider takes.
	 */
	private static final int MAX_STOP_SEQUENCES = 16;

	private final ModelObservationContext context;

	private final List<KeyValue> keyValues = new ArrayList<>();

	SpanKeyValues(ModelObservationContext context) {
		this.context = context;
	}

	KeyValues collect() {
		addRequest(this.context.getRequest().options());
		addEnd();
		ModelResponse response = this.context.getResponse();
		if (response != null) {
			add(HighCardinalityKeyNames.RESPONSE_ID, response.id());
			add(HighCardinalityKeyNames.REQUEST_ID, response.requestId());
			addUsage(response.usage(), this.keyValues);
		}
		addAttributesOfProvider(response);
		return KeyValues.of(this.keyValues);
	}

	private void addRequest(ChatOptions options) {
		Map<String, Object> extra = options.extra();
		add(HighCardinalityKeyNames.REQUEST_STREAM, this.context.isStreaming() ? true : null);
		add(HighCardinalityKeyNames.REQUEST_MAX_TOKENS,
				number(extra, "max_completion_tokens", number(extra, "max_tokens", options.maxTokens())));
		add(HighCardinalityKeyNames.REQUEST_TEMPERATURE, number(extra, "temperature", options.temperature()));
		add(HighCardinalityKeyNames.REQUEST_TOP_P, number(extra, "top_p", options.topP()));
		add(HighCardinalityKeyNames.REQUEST_TOP_K, number(extra, "top_k", null));
		add(HighCardinalityKeyNames.REQUEST_FREQUENCY_PENALTY, number(extra, "frequency_penalty", null));
		add(HighCardinalityKeyNames.REQUEST_PRESENCE_PENALTY, number(extra, "presence_penalty", null));
		add(HighCardinalityKeyNames.REQUEST_SEED, number(extra, "seed", options.seed()));
		addStopSequences(options.stop());
		add(HighCardinalityKeyNames.OUTPUT_TYPE, (options.responseFormat() != null) ? "json" : null);
	}

	// Extra fields win on the wire as well
	private @Nullable Number number(Map<String, Object> extra, String field, @Nullable Number value) {
		return (extra.get(field) instanceof Number number) ? number : value;
	}

	private void addEnd() {
		if (this.context.getTimeToFirstChunk() != null) {
			add(HighCardinalityKeyNames.RESPONSE_TIME_TO_FIRST_CHUNK,
					this.context.getTimeToFirstChunk().toNanos() / 1.0E9);
		}
		add(HighCardinalityKeyNames.RESPONSE_FINISH_REASONS, finishReason());
	}

	private @Nullable String finishReason() {
		Outcome outcome = this.context.getOutcome();
		if (this.context.isStreaming() && (outcome == Outcome.ERROR || outcome == Outcome.CANCELLED)) {
			return "error";
		}
		ModelResponse response = this.context.getResponse();
		return (response != null) ? finishReason(response) : null;
	}

	static String finishReason(ModelResponse response) {
		String raw = response.rawFinishReason();
		return (raw != null) ? raw : response.finishReason().name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Add the tokens and the cost.
	 * @param usage the usage, or {@code null} if it is not known
	 * @param keyValues where to add them
	 */
	static void addUsage(@Nullable Usage usage, List<KeyValue> keyValues) {
		if (usage == null) {
			return;
		}
		add(HighCardinalityKeyNames.USAGE_INPUT_TOKENS, usage.promptTokens(), keyValues);
		add(HighCardinalityKeyNames.USAGE_OUTPUT_TOKENS, usage.completionTokens(), keyValues);
		add(HighCardinalityKeyNames.USAGE_CACHE_READ_INPUT_TOKENS, usage.cachedTokens(), keyValues);
		add(HighCardinalityKeyNames.USAGE_CACHE_CREATION_INPUT_TOKENS, usage.cacheWriteTokens(), keyValues);
		add(HighCardinalityKeyNames.USAGE_REASONING_OUTPUT_TOKENS, usage.reasoningTokens(), keyValues);
		Cost cost = usage.cost();
		add(HighCardinalityKeyNames.USAGE_COST,
				(cost != null) ? cost.amount().toPlainString() + " " + cost.currency() : null, keyValues);
	}

	private void addAttributesOfProvider(@Nullable ModelResponse response) {
		ProviderFacts.of(this.context.getModel())
			.telemetryAttributes(this.context.getRequest(), response)
			.forEach((name, value) -> this.keyValues.add(KeyValue.of(name, OneLine.ofName(value))));
	}

	private void addStopSequences(@Nullable List<String> stop) {
		if (stop != null) {
			List<String> first = stop.stream().limit(MAX_STOP_SEQUENCES).map(OneLine::ofName).toList();
			this.keyValues
				.add(HighCardinalityKeyNames.REQUEST_STOP_SEQUENCES.withValue(mapper.writeValueAsString(first)));
		}
	}

	private void add(KeyName name, @Nullable Object value) {
		add(name, value, this.keyValues);
	}

	/**
	 * Add a value in one line.
	 * @param name the key
	 * @param value the value, or {@code null} if it is not known
	 * @param keyValues where to add it
	 */
	static void add(KeyName name, @Nullable Object value, List<KeyValue> keyValues) {
		if (value != null) {
			keyValues.add(name.withValue(OneLine.ofName(value.toString())));
		}
	}

}
