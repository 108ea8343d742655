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

package io.routekit.wire;

import java.util.Locale;

import io.routekit.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * Meaning of the finish reasons of the various servers. Gateways pass on those of others
 * in any spelling, so they mean the same in all wire formats.
 *
 * @since 0.1.0
 */
public final class FinishReasons {

	private FinishReasons() {
	}

	/**
	 * Return the finish reason of an answer.
	 * @param raw the reason in the words of the server, or {@code null} if it gave none
	 * @param toolCalls whether the answer calls tools
	 * @param refused whether the answer is a refusal
	 * @return the finish reason
	 */
	public static FinishReason of(@Nullable String raw, boolean toolCalls, boolean refused) {
		FinishReason reason = find(raw);
		if (isStopped(reason)) {
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
	 * @param raw the reason, or {@code null} if there is none
	 * @return whether what came last may be incomplete
	 */
	public static boolean isCut(@Nullable String raw) {
		return raw == null || isStopped(find(raw)) || "pauseturn".equals(letters(raw));
	}

	private static boolean isStopped(FinishReason reason) {
		return reason == FinishReason.LENGTH || reason == FinishReason.CONTENT_FILTERED
				|| reason == FinishReason.REFUSAL;
	}

	/**
	 * Return what counts when a reason comes after another one.
	 * @param known the reason that is known, or {@code null} if there is none
	 * @param raw the reason that comes now, or {@code null} if there is none
	 * @return the later one, unless the known one tells that the model was stopped
	 */
	public static @Nullable String latest(@Nullable String known, @Nullable String raw) {
		boolean settled = known != null && isStopped(find(known)) && !"error".equalsIgnoreCase(raw);
		// Some servers write the absence of a reason as a text
		return (raw == null || raw.equals("null") || settled) ? known : raw;
	}

	private static FinishReason find(@Nullable String raw) {
		String letters = (raw != null) ? letters(raw) : "";
		return switch (letters.startsWith("finishreason") ? letters.substring("finishreason".length()) : letters) {
			case "stop", "stopsequence", "stoptoken", "eos", "eostoken", "endturn", "complete", "completed", "normal" ->
				FinishReason.STOP;
			case "length", "maxlength", "modellength", "maxtokens", "maxnewtokens", "maxoutputtokens", "tokenlimit",
					"modelcontextwindowexceeded", "contextwindowexceeded", "contextlengthexceeded", "errorlimit" ->
				FinishReason.LENGTH;
			case "toolcalls", "toolcall", "tooluse", "functioncall", "functioncalls" -> FinishReason.TOOL_CALLS;
			case "contentfilter", "contentfiltered", "contentblocked", "contentpolicyviolation", "safety",
					"prohibitedcontent", "recitation", "blocklist", "spii", "imagesafety", "imageprohibitedcontent",
					"imagerecitation", "modelarmor", "sensitive", "sensitivecontent", "moderation", "blocked",
					"guardrail", "guardrails", "guardrailintervened", "datainspectionfailed", "errortoxic" ->
				FinishReason.CONTENT_FILTERED;
			case "refusal", "refused" -> FinishReason.REFUSAL;
			default -> FinishReason.OTHER;
		};
	}

	// Spellings differ in case and in what separates the words. What was found may follow
	// a colon.
	private static String letters(String raw) {
		StringBuilder letters = new StringBuilder();
		for (char character : raw.toLowerCase(Locale.ROOT).toCharArray()) {
			if (character == ':') {
				break;
			}
			if (character >= 'a' && character <= 'z') {
				letters.append(character);
			}
		}
		return letters.toString();
	}

}
