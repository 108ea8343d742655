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

package io.routekit.sample;

import java.math.BigDecimal;
import java.time.LocalDate;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * An order of the shop.
 *
 * @param number the number
 * @param status how far it is
 * @param placed the day on which it was placed
 * @param item what was ordered
 * @param quantity how many
 * @param total the price of all, in EUR
 * @param reason why it was cancelled, or {@code null} if it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Order(int number, Status status, LocalDate placed, String item, int quantity, BigDecimal total,
		@Nullable String reason) {

	Order cancelled(String reason) {
		return new Order(this.number, Status.CANCELLED, this.placed, this.item, this.quantity, this.total, reason);
	}

	/**
	 * How far an order is.
	 */
	@EnumNaming(SnakeCaseStrategy.class)
	enum Status {

		OPEN, SHIPPED, DELIVERED, CANCELLED

	}

}
