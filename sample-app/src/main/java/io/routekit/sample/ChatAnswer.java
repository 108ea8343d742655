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

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.routekit.Cost;
import io.routekit.FinishReason;
import io.routekit.ModelResponse;
import io.routekit.ToolCall;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a model as the HTTP API shows it. What is not known is {@code null}.
 */
record ChatAnswer(String content, @Nullable String reasoning, @Nullable String refusal, FinishReason finishReason,
		List<Call> toolCalls, String provider, @Nullable String model, @Nullable String id, @Nullable String requestId,
		@Nullable Tokens usage) {

	static ChatAnswer of(ModelResponse response) {
		Usage usage = response.usage();
		return new ChatAnswer(response.content(), response.reasoning(), response.refusal(), response.finishReason(),
				response.toolCalls().stream().map(Call::of).toList(), response.provider(), response.model(),
				response.id(), response.requestId(), (usage != null) ? Tokens.of(usage) : null);
	}

	/**
	 * A call of a tool.
	 */
	record Call(String id, String name, @Nullable Map<String, Object> arguments, String rawArguments,
			boolean complete) {

		static Call of(ToolCall call) {
			return new Call(call.id(), call.name(), call.complete() ? call.argumentsAsMap() : null, call.arguments(),
					call.complete());
		}

	}

	/**
	 * How many tokens a call took.
	 */
	record Tokens(@Nullable Long promptTokens, @Nullable Long completionTokens, @Nullable Long totalTokens,
			@Nullable Long cachedTokens, @Nullable Long cacheWriteTokens, @Nullable Long reasoningTokens,
			@Nullable Price cost) {

		static Tokens of(Usage usage) {
			Cost cost = usage.cost();
			return new Tokens(usage.promptTokens(), usage.completionTokens(), usage.totalTokens(), usage.cachedTokens(),
					usage.cacheWriteTokens(), usage.reasoningTokens(), (cost != null) ? Price.of(cost) : null);
		}

	}

	/**
	 * What a call cost. The amount is a text, since JSON numbers are often read as binary
	 * floating point.
	 */
	record Price(String amount, String currency, String source) {

		static Price of(Cost cost) {
			return new Price(cost.amount().stripTrailingZeros().toPlainString(), cost.currency(),
					cost.source().name().toLowerCase(Locale.ROOT));
		}

	}

}
