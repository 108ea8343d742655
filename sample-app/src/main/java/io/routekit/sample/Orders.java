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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.routekit.sample.Order.Status;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The orders of the shop. There never are others: all that changes is which ones are
 * cancelled, until the sample stops.
 */
@Component
final class Orders {

	private static final List<Order> PLACED = List.of(
			placed(1, Status.DELIVERED, "2026-10-02", "Coffee grinder", 1, "89.00"),
			placed(2, Status.DELIVERED, "2026-10-19", "Paper filters, 100 pieces", 3, "14.70"),
			placed(3, Status.SHIPPED, "2026-11-20", "Desk lamp", 2, "119.80"),
			placed(4, Status.SHIPPED, "2026-11-23", "Kettle", 1, "64.50"),
			placed(5, Status.CANCELLED, "2026-11-24", "Teapot", 1, "42.00").cancelled("Placed by mistake"),
			placed(6, Status.OPEN, "2026-11-27", "Espresso cups, set of six", 1, "38.40"),
			placed(7, Status.OPEN, "2026-11-28", "Armchair", 1, "329.00"),
			placed(8, Status.OPEN, "2026-11-30", "Bookshelf", 2, "258.00"));

	private final Map<Integer, Order> cancelled = new ConcurrentHashMap<>();

	private static Order placed(int number, Status status, String placed, String item, int quantity, String total) {
		return new Order(number, status, LocalDate.parse(placed), item, quantity, new BigDecimal(total), null);
	}

	/**
	 * Return the orders.
	 * @return the orders, oldest first
	 */
	List<Order> all() {
		return PLACED.stream().map((order) -> this.cancelled.getOrDefault(order.number(), order)).toList();
	}

	/**
	 * Return an order.
	 * @param number its number
	 * @return the order, or {@code null} if there is none of that number
	 */
	@Nullable Order find(int number) {
		return all().stream().filter((order) -> order.number() == number).findFirst().orElse(null);
	}

	/**
	 * Cancel an order, unless it is cancelled already.
	 * @param order the order
	 * @param reason why
	 * @return the order as it is now
	 */
	Order cancel(Order order, String reason) {
		return this.cancelled.computeIfAbsent(order.number(), (number) -> order.cancelled(reason));
	}

}
