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

package io.routekit;

import java.math.BigDecimal;

import org.springframework.util.Assert;

/**
 * Cost of a call.
 *
 * @param amount the exact amount, never negative; zero is a known price
 * @param currency the ISO 4217 code of the currency, {@code USD} for the bundled prices
 * @param source where the amount comes from
 * @since 0.1.0
 */
public record Cost(BigDecimal amount, String currency, Source source) {

	/**
	 * The currency of the bundled price catalogue.
	 */
	public static final String USD = "USD";

	public Cost {
		Assert.notNull(amount, "'amount' must not be null");
		Assert.isTrue(amount.signum() >= 0, "'amount' must not be negative");
		Assert.hasText(currency, "'currency' must not be empty");
		Assert.notNull(source, "'source' must not be null");
	}

	/**
	 * Where the amount of a {@link Cost} comes from.
	 * <p>
	 * Further sources may be added, so code that tells them apart needs a default branch.
	 */
	public enum Source {

		/**
		 * The provider said in its response what it charges.
		 */
		REPORTED,

		/**
		 * The amount was computed from the token counts and a price catalogue.
		 */
		CATALOGUE,

		/**
		 * The amount was computed like that for an answer that was not complete, from the
		 * token counts that the provider had told by then. It may charge more.
		 */
		ESTIMATED

	}

}
