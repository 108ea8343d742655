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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RateLimitHeaders}.
 */
class RateLimitHeadersTests {

	@Test
	void refusesAFormInWhichLimitAndRestHaveOneName() {
		assertThatIllegalArgumentException().isThrownBy(() -> RateLimitHeaders.of("x-limit-{type}", "tokens"))
			.withMessage("'form' must contain '{value}' but is 'x-limit-{type}'");
	}

	@Test
	void refusesAFormInWhichTypesHaveOneName() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RateLimitHeaders.of("x-limit-{value}", "tokens", "requests"))
			.withMessage("'form' must contain '{type}' for several types but is 'x-limit-{value}'");
	}

}
