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
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;

/**
 * A limit of a provider, as the headers of an answer tell of it.
 *
 * @param type what is limited: {@code requests}, {@code tokens}, {@code input_tokens} or
 * {@code output_tokens}
 * @param limit how many there can be in the period of the limit, or {@code null} if that
 * is not known
 * @param remaining how many are left, or {@code null} if that is not known
 * @param reset how long it takes until the limit is there as a whole again, or
 * {@code null} if that is not known
 * @since 0.1.0
 * @see <a href="https://platform.openai.com/docs/guides/rate-limits">Rate limits of
 * OpenAI</a>
 * @see <a href="https://docs.claude.com/en/api/rate-limits">Rate limits of Anthropic</a>
 */
public record RateLimit(String type, @Nullable Long limit, @Nullable Long remaining, @Nullable Duration reset) {

	public RateLimit {
		Assert.notNull(type, "'type' must not be null");
	}

	private static final List<Names> OPENAI = Stream.of("requests", "tokens").map(Names::ofOpenAi).toList();

	private static final List<Names> ANTHROPIC = Stream.of("requests", "tokens", "input-tokens", "output-tokens")
		.map(Names::ofAnthropic)
		.toList();

	private static final int MAX_DIGITS = 18;

	/**
	 * Return the limits that the headers of a reply tell.
	 * @param headers the headers
	 * @return the limits, none if the headers tell none
	 */
	public static List<RateLimit> of(HttpHeaders headers) {
		Assert.notNull(headers, "'headers' must not be null");
		List<RateLimit> limits = of(OPENAI, headers);
		return !limits.isEmpty() ? limits : of(ANTHROPIC, headers);
	}

	private static List<RateLimit> of(List<Names> types, HttpHeaders headers) {
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

	/**
	 * Return how long to wait for the limits that are used up.
	 * @param limits the limits of an answer
	 * @return how long, or {@code null} if none is used up or that is not known
	 */
	static @Nullable Duration untilReset(List<RateLimit> limits) {
		return limits.stream()
			.filter((limit) -> limit.remaining != null && limit.remaining == 0 && limit.reset != null)
			.map(RateLimit::reset)
			.max(Duration::compareTo)
			.orElse(null);
	}

	// Azure says -1 for what it does not know
	private static @Nullable Long count(@Nullable String value) {
		String text = (value != null) ? value.strip() : "";
		boolean count = !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(RateLimit::isDigit);
		return count ? Long.valueOf(text) : null;
	}

	private static boolean isDigit(int character) {
		return character >= '0' && character <= '9';
	}

	// As Go writes it (OpenAI), seconds (Azure) or a date (Anthropic)
	private static @Nullable Duration reset(@Nullable String value) {
		Duration reset = HeaderDuration.ofNumber(value, Duration.ofSeconds(1));
		if (reset == null) {
			reset = HeaderDuration.ofParts(value);
		}
		return (reset != null) ? reset : HeaderDuration.untilDate(value);
	}

	/**
	 * The names of the headers for a type of limit.
	 *
	 * @param type the type
	 * @param limit the header with the limit
	 * @param remaining the header with what is left
	 * @param reset the header with when it is as at first
	 */
	private record Names(String type, String limit, String remaining, String reset) {

		static Names ofOpenAi(String type) {
			String prefix = "x-ratelimit-";
			return new Names(type, prefix + "limit-" + type, prefix + "remaining-" + type, prefix + "reset-" + type);
		}

		static Names ofAnthropic(String type) {
			String prefix = "anthropic-ratelimit-" + type;
			return new Names(type.replace('-', '_'), prefix + "-limit", prefix + "-remaining", prefix + "-reset");
		}

	}

}
