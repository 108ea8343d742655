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
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A limit of a provider, as the headers of a reply tell of it.
 *
 * @param type what is limited: {@code requests}, {@code tokens}, {@code input_tokens} or
 * {@code output_tokens}
 * @param limit how many there can be in the period of the limit, or {@code null} if that
 * is not known
 * @param remaining how many are left, or {@code null} if that is not known
 * @param reset how long it takes until the limit is there as a whole again, or
 * {@code null} if that is not known
 * @since 0.1.0
 * @see RateLimitHeaders
 */
public record RateLimit(String type, @Nullable Long limit, @Nullable Long remaining, @Nullable Duration reset) {

	public RateLimit {
		Assert.notNull(type, "'type' must not be null");
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

}
