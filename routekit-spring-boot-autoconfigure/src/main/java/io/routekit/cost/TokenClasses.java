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

package io.routekit.cost;

/**
 * The tokens of a call in classes that do not overlap, each of which has a rate.
 *
 * @param input tokens of the prompt that belong to no other class
 * @param cacheRead tokens that were read from the cache
 * @param cacheWrite tokens that were written to the cache, for no certain time
 * @param cacheWrite5m tokens that were written to the cache for five minutes
 * @param cacheWrite1h tokens that were written to the cache for an hour
 * @param audioInput tokens of audio in the prompt
 * @param output generated tokens, those of reasoning too, but not those of audio
 * @param audioOutput generated tokens of audio
 */
record TokenClasses(long input, long cacheRead, long cacheWrite, long cacheWrite5m, long cacheWrite1h, long audioInput,
		long output, long audioOutput) {

	static TokenClasses of(UsageFields usage) {
		return isAdditive(usage) ? additive(usage) : subsets(usage);
	}

	/**
	 * Tell whether a usage counts the tokens of the cache beside those of the input, as
	 * Anthropic's does.
	 * @param usage the usage
	 * @return whether it does, or else counts them within
	 */
	static boolean isAdditive(UsageFields usage) {
		return usage.has("input_tokens") && !usage.has("input_tokens_details") && !usage.has("prompt_tokens");
	}

	private static TokenClasses additive(UsageFields usage) {
		UsageFields creation = usage.object("cache_creation");
		long hour = creation.count("ephemeral_1h_input_tokens");
		long fiveMinutes = creation.count("ephemeral_5m_input_tokens");
		long unexplained = Math.max(0, usage.count("cache_creation_input_tokens") - hour - fiveMinutes);
		return new TokenClasses(usage.count("input_tokens"), usage.count("cache_read_input_tokens"), 0,
				fiveMinutes + unexplained, hour, 0, usage.count("output_tokens"), 0);
	}

	// All others count them within, as those of audio
	private static TokenClasses subsets(UsageFields usage) {
		UsageFields promptDetails = usage
			.object(usage.has("input_tokens_details") ? "input_tokens_details" : "prompt_tokens_details");
		UsageFields outputDetails = usage
			.object(usage.has("output_tokens_details") ? "output_tokens_details" : "completion_tokens_details");
		long prompt = usage.count("prompt_tokens", "input_tokens");
		long cacheRead = Math.min(prompt, promptDetails.has("cached_tokens") ? promptDetails.count("cached_tokens")
				: usage.count("prompt_cache_hit_tokens", "cached_tokens"));
		long cacheWrite = Math.min(prompt - cacheRead, promptDetails.count("cache_write_tokens"));
		long audioInput = Math.min(prompt - cacheRead - cacheWrite, promptDetails.count("audio_tokens"));
		long output = usage.count("completion_tokens", "output_tokens");
		long reasoning = outputDetails.count("reasoning_tokens");
		long total = usage.count("total_tokens");
		// Some hosts count reasoning beside the output
		if (prompt + output != total && prompt + output + reasoning == total) {
			output += reasoning;
		}
		long audioOutput = Math.min(output, outputDetails.count("audio_tokens"));
		return new TokenClasses(prompt - cacheRead - cacheWrite - audioInput, cacheRead, cacheWrite, 0, 0, audioInput,
				output - audioOutput, audioOutput);
	}

	long prompt() {
		return this.input + this.cacheRead + this.cacheWrite + this.cacheWrite5m + this.cacheWrite1h + this.audioInput;
	}

}
