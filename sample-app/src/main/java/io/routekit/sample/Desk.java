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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.routekit.Model;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The desk of a small shop: an agent over any of the configured models.
 */
@Component
final class Desk {

	private static final String INSTRUCTIONS = """
			You are the desk of a small shop. Look orders up instead of guessing, and call several tools at once \
			where that helps. Cancel an order only if the customer asks for it: somebody approves each cancellation \
			before it happens, so do not ask whether you may. Answer in a few short sentences.""";

	private final ChatModels models;

	private final ObjectProvider<AgentBuilder> builders;

	private final DeskTools tools;

	private final Map<Model, Agent> agents = new ConcurrentHashMap<>();

	Desk(ChatModels models, ObjectProvider<AgentBuilder> builders, DeskTools tools) {
		this.models = models;
		this.builders = builders;
		this.tools = tools;
	}

	/**
	 * Return the agent over a model.
	 * @param model the name of a configured model, or {@code null} for the main one
	 * @return the agent
	 */
	Agent over(@Nullable String model) {
		return this.agents.computeIfAbsent(this.models.get(model), this::create);
	}

	private Agent create(Model model) {
		return this.builders.getObject()
			.model(model)
			.name("desk")
			.instructions(INSTRUCTIONS)
			.tools(this.tools)
			.limits((limits) -> limits.rounds(10).toolCalls(20).total(Duration.ofMinutes(2)))
			.build();
	}

}
