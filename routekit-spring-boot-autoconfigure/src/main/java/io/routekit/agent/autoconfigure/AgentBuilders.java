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

package io.routekit.agent.autoconfigure;

import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Supplier;

import io.routekit.JsonType;
import io.routekit.JsonTypes;
import io.routekit.Model;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentBuilder;
import io.routekit.agent.AgentFilter;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Prepares builders of agents with what all agents of an application have in common.
 */
final class AgentBuilders {

	private final ObjectProvider<AgentFilter> filters;

	private final ObjectProvider<JsonTypes> jsonTypes;

	private final Scheduler scheduler;

	private final ApprovalSecret secret;

	AgentBuilders(ObjectProvider<AgentFilter> filters, ObjectProvider<JsonTypes> jsonTypes, Scheduler scheduler,
			ApprovalSecret secret) {
		this.filters = filters;
		this.jsonTypes = jsonTypes;
		this.scheduler = scheduler;
		this.secret = secret;
	}

	/**
	 * Create a builder.
	 * @param model the model to ask
	 * @return the builder
	 */
	AgentBuilder create(Model model) {
		return Agent.builder(model)
			.filters(this.filters.orderedStream().toList())
			.filters(this.secret.filters())
			.jsonTypes(jsonTypes(model))
			.scheduler(this.scheduler)
			.approvalSecret(this.secret.value());
	}

	/**
	 * Return the JSON of types. What knows it is made when it is needed first, and may be
	 * missing until then.
	 * @param model the model to ask if the application has none
	 * @return the JSON of types
	 */
	JsonTypes jsonTypes(Model model) {
		return new LateJsonTypes(() -> this.jsonTypes.getIfAvailable(model::jsonTypes));
	}

	/**
	 * Return what runs the tools that may block.
	 * @return the scheduler
	 */
	Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * Types that are found when they are needed.
	 *
	 * @param types finds them
	 */
	private record LateJsonTypes(Supplier<JsonTypes> types) implements JsonTypes {

		@Override
		public <T> JsonType<T> of(Type type) {
			return this.types.get().of(type);
		}

		@Override
		public JsonType<Object[]> ofParameters(List<Parameter> parameters) {
			return this.types.get().ofParameters(parameters);
		}

		@Override
		public String write(@Nullable Object value) {
			return this.types.get().write(value);
		}

	}

}
