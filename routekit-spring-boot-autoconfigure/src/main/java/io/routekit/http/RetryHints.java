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

package io.routekit.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What the headers of an error say about trying again.
 *
 * @param retryAfter how long to wait, or {@code null} if they do not say
 * @param shouldRetry whether to try again at all, or {@code null} if they do not say
 */
record RetryHints(@Nullable Duration retryAfter, @Nullable Boolean shouldRetry) {

	private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}(\\.[0-9]{0,30})?");

	private static final double MAX_SECONDS = Duration.ofDays(365).toSeconds();

	static RetryHints of(HttpHeaders headers) {
		Duration retryAfter = duration(headers.getFirst("retry-after-ms"), 0.001);
		if (retryAfter == null) {
			retryAfter = duration(headers.getFirst(HttpHeaders.RETRY_AFTER), 1);
		}
		if (retryAfter == null) {
			retryAfter = untilDate(headers.getFirst(HttpHeaders.RETRY_AFTER));
		}
		return new RetryHints(retryAfter, flag(headers.getFirst("x-should-retry")));
	}

	private static @Nullable Duration duration(@Nullable String value, double unitInSeconds) {
		if (value == null || !NUMBER.matcher(value.strip()).matches()) {
			return null;
		}
		double seconds = Double.parseDouble(value.strip()) * unitInSeconds;
		return Duration.ofNanos((long) (Math.max(0, Math.min(seconds, MAX_SECONDS)) * 1_000_000_000));
	}

	private static @Nullable Duration untilDate(@Nullable String value) {
		if (value == null) {
			return null;
		}
		try {
			Instant date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			Duration wait = Duration.between(Instant.now(), date);
			return wait.isNegative() ? Duration.ZERO : wait;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static @Nullable Boolean flag(@Nullable String value) {
		if (value == null) {
			return null;
		}
		return switch (value.strip().toLowerCase(Locale.ROOT)) {
			case "true" -> true;
			case "false" -> false;
			default -> null;
		};
	}

}
