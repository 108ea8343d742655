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

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.util.StringUtils;

/**
 * How long the body of an error asks to wait before the next try, in a member or in
 * words: not every server has a header for it.
 */
final class ToldWait {

	private static final String[] SECONDS = { "retryDelay", "retry_delay", "retry_after", "retryAfter", "Retry-After",
			"retry-after", "retry_after_seconds", "retryAfterSeconds", "resets_in_seconds", "estimated_time" };

	private static final String[] MILLIS = { "retry_after_ms", "retryAfterMs", "retry-after-ms" };

	private static final Set<String> TRIGGERS = Set.of("retry", "retrying", "again", "wait", "reset", "resets");

	private static final Set<String> CONNECTORS = Set.of("in", "after", "for", "about", "approximately", "at", "least",
			"another", "within", "up", "to");

	private static final long FIRST_EPOCH_SECOND = 1_000_000_000L;

	private static final long FIRST_EPOCH_MILLI = 1_000_000_000_000L;

	private ToldWait() {
	}

	/**
	 * Look for a member of an error, of its details and of its metadata.
	 * @param error the error
	 * @return the wait, or {@code null} if no member tells it
	 */
	static @Nullable Duration inMembers(JsonNode error) {
		Duration wait = inMember(error);
		for (JsonNode detail : error.path("details")) {
			wait = (wait != null) ? wait : inMember(detail);
		}
		JsonNode metadata = error.path("metadata");
		wait = (wait != null) ? wait : inMember(metadata);
		wait = (wait != null) ? wait : inMember(metadata.path("headers"));
		return (wait != null) ? wait : untilReset(metadata.path("headers"));
	}

	private static @Nullable Duration inMember(JsonNode object) {
		for (String name : MILLIS) {
			Duration wait = of(object.path(name), Duration.ofMillis(1));
			if (wait != null) {
				return wait;
			}
		}
		for (String name : SECONDS) {
			Duration wait = of(object.path(name), Duration.ofSeconds(1));
			if (wait != null) {
				return wait;
			}
		}
		return null;
	}

	private static @Nullable Duration of(JsonNode value, Duration unit) {
		if (value.isObject()) {
			Duration seconds = of(value.path("seconds"), Duration.ofSeconds(1));
			Duration nanos = of(value.path("nanos"), Duration.ofNanos(1));
			return (seconds != null && nanos != null) ? seconds.plus(nanos) : seconds;
		}
		String text = (value.isNumber() || value.isString()) ? value.asString() : null;
		Duration number = HeaderDuration.ofSignedNumber(text, unit);
		return (number != null) ? number : HeaderDuration.ofParts(text);
	}

	// A gateway hands on the headers of another server, which have the time in
	// milliseconds
	private static @Nullable Duration untilReset(JsonNode headers) {
		String text = headers.path("X-RateLimit-Reset").asString("");
		if (text.isEmpty() || text.length() > 15 || !text.chars().allMatch(Character::isDigit)) {
			return null;
		}
		long reset = Long.parseLong(text);
		if (reset < FIRST_EPOCH_SECOND) {
			return Duration.ofSeconds(reset);
		}
		Instant time = (reset < FIRST_EPOCH_MILLI) ? Instant.ofEpochSecond(reset) : Instant.ofEpochMilli(reset);
		Duration wait = Duration.between(Instant.now(), time);
		return wait.isNegative() ? Duration.ZERO : wait;
	}

	/**
	 * Look for words such as {@code Please retry in 45.8s} or
	 * {@code try again after 2 minutes and 5 seconds}.
	 * @param text the text
	 * @return the wait, or {@code null} if the text does not tell it
	 */
	static @Nullable Duration inText(String text) {
		String[] words = StringUtils.tokenizeToStringArray(text.toLowerCase(Locale.ROOT), " \t\r\n,;:()~");
		for (int i = 0; i < words.length; i++) {
			if (TRIGGERS.contains(words[i])) {
				int next = i + 1;
				while (next < words.length && CONNECTORS.contains(words[next])) {
					next++;
				}
				Duration wait = inWords(words, next);
				if (wait != null) {
					return wait;
				}
				i = next - 1;
			}
		}
		return null;
	}

	private static @Nullable Duration inWords(String[] words, int start) {
		Duration wait = null;
		int position = start;
		while (position < words.length) {
			String word = withoutStop(words[position]);
			Duration part = HeaderDuration.ofParts(word);
			Duration unit = (position + 1 < words.length) ? unit(withoutStop(words[position + 1])) : null;
			if (part == null && unit != null) {
				part = HeaderDuration.ofNumber(word, unit);
				position++;
			}
			if (part == null) {
				return wait;
			}
			wait = (wait != null) ? wait.plus(part) : part;
			position++;
			if (position < words.length && words[position].equals("and")) {
				position++;
			}
		}
		return wait;
	}

	private static String withoutStop(String word) {
		return word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
	}

	private static @Nullable Duration unit(String word) {
		return switch (word) {
			case "ms", "millisecond", "milliseconds" -> Duration.ofMillis(1);
			case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
			case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
			case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
			case "d", "day", "days" -> Duration.ofDays(1);
			default -> null;
		};
	}

}
