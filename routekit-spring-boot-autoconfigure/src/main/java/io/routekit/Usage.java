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

package io.routekit;

import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How many tokens a call took and what it cost. A number that the provider did not report
 * is {@code null}: unknown is not zero.
 *
 * @param promptTokens the tokens of the prompt, all of them, cached ones too
 * @param completionTokens the tokens that were generated, those of reasoning too
 * @param totalTokens the tokens in total as the provider reported them, otherwise prompt
 * and completion added
 * @param cachedTokens the tokens of the prompt that were read from a cache
 * @param cacheWriteTokens the tokens of the prompt that were written to a cache
 * @param reasoningTokens the generated tokens that were spent on reasoning
 * @param cost the cost of the call, or {@code null} if it has no known price
 * @param raw the usage as the provider reported it: the JSON object of its wire format
 * @since 0.1.0
 */
public record Usage(@Nullable Long promptTokens, @Nullable Long completionTokens, @Nullable Long totalTokens,
		@Nullable Long cachedTokens, @Nullable Long cacheWriteTokens, @Nullable Long reasoningTokens,
		@Nullable Cost cost, Map<String, Object> raw) {

	/**
	 * Create a new {@link Usage} instance. A missing total is computed.
	 */
	public Usage {
		raw = Collections.unmodifiableMap(raw);
		if (totalTokens == null && promptTokens != null && completionTokens != null) {
			long total = promptTokens + completionTokens;
			totalTokens = (total >= 0) ? Long.valueOf(total) : null;
		}
	}

	/**
	 * Create a usage of two numbers.
	 * @param promptTokens the tokens of the prompt
	 * @param completionTokens the tokens that were generated
	 * @return the usage
	 */
	public static Usage of(long promptTokens, long completionTokens) {
		return new Usage(promptTokens, completionTokens, null, null, null, null, null, Collections.emptyMap());
	}

	/**
	 * Return a copy with a cost.
	 * @param cost the cost of the call, or {@code null} if it has no known price
	 * @return the copy
	 */
	public Usage withCost(@Nullable Cost cost) {
		return new Usage(this.promptTokens, this.completionTokens, this.totalTokens, this.cachedTokens,
				this.cacheWriteTokens, this.reasoningTokens, cost, this.raw);
	}

}
