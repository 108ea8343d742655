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
 *
 * @param content the text, empty if there is none
 * @param reasoning the reasoning, or {@code null} if there is none
 * @param refusal why the model refused, or {@code null} if it did not
 * @param finishReason why the model stopped
 * @param toolCalls the tool calls, empty if there is none
 * @param provider the type of the provider
 * @param model the name of the model that answered
 * @param id the provider's id of the answer
 * @param requestId the id that the provider's support can find the call by
 * @param usage the tokens, or {@code null} if the provider did not report them
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
	 *
	 * @param id the id that the result must name
	 * @param name the name of the tool
	 * @param arguments the arguments, or {@code null} if they cannot be read
	 * @param rawArguments the arguments as the model wrote them
	 * @param complete whether the arguments are a whole JSON object
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
	 *
	 * @param promptTokens the tokens of the prompt
	 * @param completionTokens the tokens that were generated
	 * @param totalTokens the tokens in total
	 * @param cachedTokens the tokens of the prompt that were read from a cache
	 * @param cacheWriteTokens the tokens of the prompt that were written to a cache
	 * @param reasoningTokens the generated tokens that were spent on reasoning
	 * @param cost the cost, or {@code null} if there is no known price
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
	 *
	 * @param amount the amount as a plain decimal number
	 * @param currency the ISO 4217 code of the currency
	 * @param source where the amount comes from: {@code reported} or {@code catalogue}
	 */
	record Price(String amount, String currency, String source) {

		static Price of(Cost cost) {
			return new Price(cost.amount().stripTrailingZeros().toPlainString(), cost.currency(),
					cost.source().name().toLowerCase(Locale.ROOT));
		}

	}

}
