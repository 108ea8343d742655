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
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.routekit.agent.ToolException;
import io.routekit.agent.ToolMethod;
import io.routekit.sample.Order.Status;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * The tools of the desk. What a {@link ToolException} says is for the model.
 */
@Component
final class DeskTools {

	private static final Duration TIME_OF_CARRIER = Duration.ofSeconds(1);

	private static final double HEAVIEST = 30;

	private static final int LONGEST_REASON = 200;

	private final Orders orders;

	DeskTools(Orders orders) {
		this.orders = orders;
	}

	@ToolMethod(description = "Finds an order by its number")
	Order findOrder(@JsonPropertyDescription("The number of the order") int number) {
		Order order = this.orders.find(number);
		if (order == null) {
			throw new ToolException("There is no order %d; ask for the number, or list the orders".formatted(number));
		}
		return order;
	}

	@ToolMethod(description = "Lists the orders, oldest first")
	List<Order> listOrders(
			@JsonPropertyDescription("Only orders that are this far; all if there is none") @Nullable Status status) {
		return this.orders.all().stream().filter((order) -> status == null || order.status() == status).toList();
	}

	@ToolMethod(description = "Asks the carrier what it takes for a parcel, and how long")
	Mono<Quote> quoteShipping(
			@JsonPropertyDescription("The name of the country in English, or its ISO code") String country,
			@JsonPropertyDescription("The weight in kilograms, up to 30") double weight) {
		Country destination = Country.of(country);
		if (destination == null) {
			throw new ToolException("There is no country of that name; use the English name, or the ISO code");
		}
		if (weight <= 0 || weight > HEAVIEST) {
			throw new ToolException("The weight must be more than 0 and no more than 30 kilograms");
		}
		return Mono.just(Quote.of(destination, weight)).delayElement(TIME_OF_CARRIER);
	}

	@ToolMethod(description = "Cancels an order that has not been shipped", approval = true)
	Order cancelOrder(@JsonPropertyDescription("The number of the order") int number,
			@JsonPropertyDescription("Why the customer wants it, in one sentence") String reason) {
		Order order = findOrder(number);
		if (order.status() == Status.SHIPPED || order.status() == Status.DELIVERED) {
			throw new ToolException("Order %d has been shipped and cannot be cancelled any more".formatted(number));
		}
		if (reason.isBlank() || reason.length() > LONGEST_REASON) {
			throw new ToolException("The reason must have 1 to %d characters".formatted(LONGEST_REASON));
		}
		return this.orders.cancel(order, reason);
	}

	/**
	 * What the carrier says.
	 *
	 * @param country the country
	 * @param weight the weight in kilograms
	 * @param price the price in EUR
	 * @param days how many days it takes
	 */
	record Quote(String country, double weight, BigDecimal price, int days) {

		static Quote of(Country country, double weight) {
			BigDecimal price = country.zone().price(BigDecimal.valueOf(weight));
			return new Quote(country.name(), weight, price.setScale(2, RoundingMode.HALF_UP), country.zone().days());
		}

	}

}
