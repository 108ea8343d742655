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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;

/**
 * The headers in which answers of a wire format tell of rate limits. Immutable.
 *
 * @since 0.1.0
 * @see Protocol#rateLimitHeaders()
 */
public final class RateLimitHeaders {

	/**
	 * The headers that most servers have, such as {@code x-ratelimit-remaining-requests}.
	 */
	public static final RateLimitHeaders COMMON = of("x-ratelimit-{value}-{type}", "requests", "tokens");

	private static final int MAX_DIGITS = 18;

	private final List<List<Names>> alternatives;

	private RateLimitHeaders(List<List<Names>> alternatives) {
		this.alternatives = alternatives;
	}

	/**
	 * Return headers of the same form for several types of limit.
	 * @param form the form of their names, with {@code {type}} where the type stands, and
	 * {@code {value}} where {@code limit}, {@code remaining} or {@code reset} does
	 * @param types the types of limit, such as {@code requests}
	 * @return the headers
	 */
	public static RateLimitHeaders of(String form, String... types) {
		Assert.hasText(form, "'form' must not be empty");
		Assert.notEmpty(types, "'types' must not be empty");
		Assert.noNullElements(types, "'types' must not contain null");
		Assert.isTrue(form.contains("{value}"), () -> "'form' must contain '{value}' but is '%s'".formatted(form));
		Assert.isTrue(types.length == 1 || form.contains("{type}"),
				() -> "'form' must contain '{type}' for several types but is '%s'".formatted(form));
		return new RateLimitHeaders(List.of(Arrays.stream(types).map((type) -> Names.of(form, type)).toList()));
	}

	/**
	 * Return headers that are these, or other ones in answers that have none of these.
	 * @param others the other ones
	 * @return the headers
	 */
	public RateLimitHeaders or(RateLimitHeaders others) {
		Assert.notNull(others, "'others' must not be null");
		List<List<Names>> all = new ArrayList<>(this.alternatives);
		all.addAll(others.alternatives);
		return new RateLimitHeaders(List.copyOf(all));
	}

	/**
	 * Return the rate limits that the headers of a reply tell of.
	 * @param headers the headers of the reply
	 * @return the limits, in the order of the types; empty if the answer tells of none
	 */
	public List<RateLimit> read(HttpHeaders headers) {
		Assert.notNull(headers, "'headers' must not be null");
		for (List<Names> types : this.alternatives) {
			List<RateLimit> limits = read(types, headers);
			if (!limits.isEmpty()) {
				return limits;
			}
		}
		return Collections.emptyList();
	}

	private static List<RateLimit> read(List<Names> types, HttpHeaders headers) {
		List<RateLimit> limits = new ArrayList<>(0);
		for (Names names : types) {
			Long limit = count(headers.getFirst(names.limit()));
			Long remaining = count(headers.getFirst(names.remaining()));
			if (limit != null || remaining != null) {
				limits.add(new RateLimit(names.type(), limit, remaining, reset(headers.getFirst(names.reset()))));
			}
		}
		return limits;
	}

	// Some servers say -1 for what they do not know
	private static @Nullable Long count(@Nullable String value) {
		String text = (value != null) ? value.strip() : "";
		boolean count = !text.isEmpty() && text.length() <= MAX_DIGITS
				&& text.chars().allMatch(RateLimitHeaders::isDigit);
		return count ? Long.valueOf(text) : null;
	}

	private static boolean isDigit(int character) {
		return character >= '0' && character <= '9';
	}

	// Seconds, as Go writes it, or a date
	private static @Nullable Duration reset(@Nullable String value) {
		Duration reset = HeaderDuration.ofNumber(value, Duration.ofSeconds(1));
		if (reset == null) {
			reset = HeaderDuration.ofParts(value);
		}
		return (reset != null) ? reset : HeaderDuration.untilDate(value);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof RateLimitHeaders other && this.alternatives.equals(other.alternatives);
	}

	@Override
	public int hashCode() {
		return this.alternatives.hashCode();
	}

	@Override
	public String toString() {
		return "RateLimitHeaders" + this.alternatives;
	}

	/**
	 * The names of the headers for a type of limit.
	 *
	 * @param type the type, with underscores
	 * @param limit the header with the limit
	 * @param remaining the header with what is left
	 * @param reset the header with when it is as at first
	 */
	private record Names(String type, String limit, String remaining, String reset) {

		static Names of(String form, String type) {
			String name = form.replace("{type}", type);
			return new Names(type.replace('-', '_'), name.replace("{value}", "limit"),
					name.replace("{value}", "remaining"), name.replace("{value}", "reset"));
		}

	}

}
