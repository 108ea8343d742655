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

package io.routekit.anthropic;

import java.util.Locale;

import io.routekit.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * Meaning of the stop reasons.
 */
final class StopReasons {

	private StopReasons() {
	}

	static FinishReason of(@Nullable String raw, boolean toolCalls) {
		FinishReason reason = (raw != null) ? of(raw.toLowerCase(Locale.ROOT)) : FinishReason.OTHER;
		if (reason == FinishReason.LENGTH || reason == FinishReason.REFUSAL) {
			return reason;
		}
		if (toolCalls) {
			return FinishReason.TOOL_CALLS;
		}
		return (reason == FinishReason.TOOL_CALLS) ? FinishReason.OTHER : reason;
	}

	/**
	 * Return whether the model was stopped before it was done, as far as is known.
	 * @param raw the stop reason
	 * @return whether a tool call that is still open may be incomplete
	 */
	static boolean isCut(@Nullable String raw) {
		FinishReason reason = of(raw, false);
		return reason == FinishReason.LENGTH || reason == FinishReason.REFUSAL || raw == null
				|| raw.equalsIgnoreCase("pause_turn");
	}

	private static FinishReason of(String raw) {
		return switch (raw) {
			case "end_turn", "stop_sequence" -> FinishReason.STOP;
			case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
			case "tool_use" -> FinishReason.TOOL_CALLS;
			case "refusal" -> FinishReason.REFUSAL;
			default -> FinishReason.OTHER;
		};
	}

}
