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

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * Durations in the headers of answers, in the ways in which they are written. What is
 * longer than any of them is none, and nothing takes more than a year.
 */
final class HeaderDuration {

	private static final int MAX_LENGTH = 64;

	private static final Duration MAX = Duration.ofDays(365);

	private HeaderDuration() {
	}

	/**
	 * Read a number, without a sign unless told otherwise.
	 * @param value the value of the header, or {@code null} if there is none
	 * @param unit what the number counts
	 * @return the duration, or {@code null} if the value is no number
	 */
	static @Nullable Duration ofNumber(@Nullable String value, Duration unit) {
		String text = text(value);
		return (!text.isEmpty() && endOfNumber(text, 0) == text.length()) ? duration(text, unit) : null;
	}

	/**
	 * Read a number that may be negative, which stands for no time at all.
	 * @param value the value of the header, or {@code null} if there is none
	 * @param unit what the number counts
	 * @return the duration, or {@code null} if the value is no number
	 */
	static @Nullable Duration ofSignedNumber(@Nullable String value, Duration unit) {
		String text = text(value);
		boolean signed = text.startsWith("-") || text.startsWith("+");
		Duration duration = ofNumber(signed ? text.substring(1) : text, unit);
		return (duration != null && text.startsWith("-")) ? Duration.ZERO : duration;
	}

	/**
	 * Read a duration as Go writes it, such as {@code 1h2m3.5s}.
	 * @param value the value of the header, or {@code null} if there is none
	 * @return the duration, or {@code null} if the value is none
	 */
	static @Nullable Duration ofParts(@Nullable String value) {
		String text = text(value);
		Duration duration = text.isEmpty() ? null : Duration.ZERO;
		int position = 0;
		while (position < text.length() && duration != null) {
			int unit = endOfNumber(text, position);
			int end = endOfUnit(text, unit);
			Duration one = unit(text.substring(unit, end));
			duration = (unit > position && one != null) ? duration.plus(duration(text.substring(position, unit), one))
					: null;
			position = end;
		}
		return (duration != null) ? limited(duration) : null;
	}

	private static @Nullable Duration unit(String name) {
		return switch (name) {
			case "h" -> Duration.ofHours(1);
			case "m" -> Duration.ofMinutes(1);
			case "s" -> Duration.ofSeconds(1);
			case "ms" -> Duration.ofMillis(1);
			case "us" -> Duration.ofNanos(1000);
			case "ns" -> Duration.ofNanos(1);
			default -> isMicro(name) ? Duration.ofNanos(1000) : null;
		};
	}

	// Go's sign of micro is read as whatever the HTTP client takes its bytes for
	private static boolean isMicro(String name) {
		int last = name.length() - 1;
		return (last == 1 || last == 2) && name.charAt(last) == 's'
				&& name.chars().limit(last).allMatch((character) -> character > 0x7F);
	}

	private static int endOfUnit(String text, int start) {
		int position = start;
		while (position < text.length() && !isDigit(text.charAt(position))) {
			position++;
		}
		return position;
	}

	private static int endOfNumber(String text, int start) {
		int position = endOfDigits(text, start);
		boolean fraction = position > start && position < text.length() && text.charAt(position) == '.';
		return fraction ? endOfDigits(text, position + 1) : position;
	}

	private static int endOfDigits(String text, int start) {
		int position = start;
		while (position < text.length() && isDigit(text.charAt(position))) {
			position++;
		}
		return position;
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private static Duration duration(String number, Duration unit) {
		double nanos = Math.min(Double.parseDouble(number) * unit.toNanos(), MAX.toNanos());
		return Duration.ofNanos((long) nanos);
	}

	/**
	 * Read a date as HTTP has it.
	 * @param value the value of the header, or {@code null} if there is none
	 * @return how long it is until then, or {@code null} if the value is no date
	 */
	static @Nullable Duration untilHttpDate(@Nullable String value) {
		return until(value, DateTimeFormatter.RFC_1123_DATE_TIME);
	}

	/**
	 * Read a date as ISO 8601 has it.
	 * @param value the value of the header, or {@code null} if there is none
	 * @return how long it is until then, or {@code null} if the value is no date
	 */
	static @Nullable Duration untilDate(@Nullable String value) {
		return until(value, DateTimeFormatter.ISO_ZONED_DATE_TIME);
	}

	private static @Nullable Duration until(@Nullable String value, DateTimeFormatter format) {
		try {
			Instant date = ZonedDateTime.parse(text(value), format).toInstant();
			return limited(Duration.between(Instant.now(), date));
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static Duration limited(Duration duration) {
		if (duration.isNegative()) {
			return Duration.ZERO;
		}
		return (duration.compareTo(MAX) > 0) ? MAX : duration;
	}

	private static String text(@Nullable String value) {
		return (value != null && value.length() <= MAX_LENGTH) ? value.strip() : "";
	}

}
