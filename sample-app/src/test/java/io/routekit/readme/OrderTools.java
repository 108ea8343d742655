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

package io.routekit.readme;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.routekit.agent.ToolContext;
import io.routekit.agent.ToolException;
import io.routekit.agent.ToolMethod;
import io.routekit.readme.Orders.Order;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * The annotated methods of the documentation.
 */
// @formatter:off
@Component
class OrderTools {

	private final Orders orders;

	OrderTools(Orders orders) {
		this.orders = orders;
	}

	@ToolMethod(description = "Finds an order of the customer")
	Order findOrder(@JsonPropertyDescription("The number on the invoice") int number, ToolContext context) {
		String customer = (String) context.attributes().get("customer");
		if (customer == null) {
			throw new ToolException("The customer is not signed in, so there are no orders");
		}
		return this.orders.find(number);
	}

	@ToolMethod(description = "Cancels an order", approval = true, timeout = "10s")
	Mono<Order> cancelOrder(int number, String reason) {
		return this.orders.cancel(number);
	}

	@ToolMethod(name = "quote_shipping", description = "Says what shipping costs", serial = true)
	CompletionStage<Quote> quote(String country, double weight) {
		return CompletableFuture.completedFuture(new Quote("4.20 EUR", Duration.ofDays(3)));
	}

	record Quote(String price, Duration takes) {
	}

}
// @formatter:on
