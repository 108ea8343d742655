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

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Hints in the headers of an error about trying again.
 *
 * @param retryAfter how long to wait, or {@code null} if they do not say
 * @param shouldRetry whether to try again at all, or {@code null} if they do not say
 */
record RetryHints(@Nullable Duration retryAfter, @Nullable Boolean shouldRetry) {

	static RetryHints of(HttpHeaders headers) {
		String seconds = headers.getFirst(HttpHeaders.RETRY_AFTER);
		Duration retryAfter = HeaderDuration.ofSignedNumber(headers.getFirst("retry-after-ms"), Duration.ofMillis(1));
		if (retryAfter == null) {
			retryAfter = HeaderDuration.ofSignedNumber(seconds, Duration.ofSeconds(1));
		}
		if (retryAfter == null) {
			retryAfter = HeaderDuration.untilHttpDate(seconds);
		}
		return new RetryHints(retryAfter, flag(headers.getFirst("x-should-retry")));
	}

	private static @Nullable Boolean flag(@Nullable String value) {
		String flag = (value != null) ? value.strip() : "";
		if (flag.equalsIgnoreCase("true")) {
			return true;
		}
		return flag.equalsIgnoreCase("false") ? false : null;
	}

}
