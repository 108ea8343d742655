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

package io.routekit.completions;

import java.util.Locale;

import io.routekit.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * Meaning of the finish reasons of the various servers.
 */
final class FinishReasons {

	private FinishReasons() {
	}

	static FinishReason of(@Nullable String raw, boolean toolCalls, boolean refused) {
		FinishReason reason = (raw != null) ? of(raw.toLowerCase(Locale.ROOT)) : FinishReason.OTHER;
		if (reason == FinishReason.LENGTH || reason == FinishReason.CONTENT_FILTERED) {
			return reason;
		}
		// Several servers say "stop" although they call tools
		if (toolCalls) {
			return FinishReason.TOOL_CALLS;
		}
		if (refused) {
			return FinishReason.REFUSAL;
		}
		return (reason == FinishReason.TOOL_CALLS) ? FinishReason.OTHER : reason;
	}

	/**
	 * Return whether the model was stopped before it was done, as far as is known.
	 * @param raw the finish reason
	 * @return whether what came last may be incomplete
	 */
	static boolean isCut(@Nullable String raw) {
		return raw == null || isLimit(raw);
	}

	private static boolean isLimit(String raw) {
		FinishReason reason = of(raw.toLowerCase(Locale.ROOT));
		return reason == FinishReason.LENGTH || reason == FinishReason.CONTENT_FILTERED;
	}

	/**
	 * Return what counts when a reason comes after another one.
	 * @param known the reason that is known
	 * @param raw the reason that comes now
	 * @return the later one, unless the known one tells that the model was stopped
	 */
	static @Nullable String latest(@Nullable String known, @Nullable String raw) {
		boolean settled = known != null && isLimit(known) && !"error".equalsIgnoreCase(raw);
		return (raw == null || settled) ? known : raw;
	}

	private static FinishReason of(String raw) {
		return switch (raw) {
			case "stop", "eos", "end_turn", "stop_sequence" -> FinishReason.STOP;
			case "length", "max_tokens", "model_length" -> FinishReason.LENGTH;
			case "tool_calls", "tool_call", "function_call" -> FinishReason.TOOL_CALLS;
			case "content_filter" -> FinishReason.CONTENT_FILTERED;
			default -> FinishReason.OTHER;
		};
	}

}
