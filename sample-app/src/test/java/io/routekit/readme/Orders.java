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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.routekit.agent.ToolException;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * The orders that the agents of the documentation know.
 */
@Component
class Orders {

	private final Map<Integer, String> states = new ConcurrentHashMap<>(Map.of(7, "shipped", 8, "paid"));

	Order find(int number) {
		String state = this.states.get(number);
		if (state == null) {
			throw new ToolException("There is no order " + number);
		}
		return new Order(number, state);
	}

	Mono<Order> cancel(int number) {
		return Mono.fromSupplier(() -> {
			this.states.replace(number, "cancelled");
			return find(number);
		});
	}

	/**
	 * An order.
	 *
	 * @param number its number
	 * @param state how far it is
	 */
	record Order(int number, String state) {

	}

}
