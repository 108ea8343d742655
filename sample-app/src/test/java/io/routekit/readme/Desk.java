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
import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.routekit.Message;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentBuilder;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.AgentTool;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * The agent of the README.
 */
// @formatter:off
@Service
class Desk {

	private final Agent agent;

	Desk(AgentBuilder builder, Orders orders) {
		this.agent = builder.name("desk")
			.instructions("You are the desk of a shop. Look orders up instead of guessing.")
			.tool("find_order", "Finds an order", OrderNumber.class, (order) -> orders.find(order.number()))
			.tools(AgentTool.builder("cancel_order", OrderNumber.class)
				.description("Cancels an order")
				.function((order) -> orders.cancel(order.number()))
				.approval())
			.limits((limits) -> limits.rounds(10).total(Duration.ofMinutes(2)))
			.build();
	}

	Mono<AgentResponse> answer(List<Message> conversation) {
		return this.agent.run(conversation);
	}

	record OrderNumber(@JsonPropertyDescription("The number on the invoice") int number) {
	}

}
// @formatter:on
