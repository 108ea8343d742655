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

package io.routekit.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.Model;
import io.routekit.Models;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentLimits;
import io.routekit.agent.AgentTool;
import io.routekit.agent.Agents;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.util.Assert;

/**
 * Shows the agents with their tools and limits, but not what they are told to do.
 *
 * @since 0.1.0
 */
@RegisterReflectionForBinding({ AgentsSection.AgentDescriptor.class, AgentsSection.ToolDescriptor.class })
public final class AgentsSection implements EndpointSection {

	private final Agents agents;

	private final Models models;

	private final SecretRedactor secrets;

	/**
	 * Create a new {@link AgentsSection} instance.
	 * @param agents the agents by name
	 * @param models the models by name
	 * @param secrets takes the secrets out of what is shown
	 */
	public AgentsSection(Agents agents, Models models, SecretRedactor secrets) {
		Assert.notNull(agents, "'agents' must not be null");
		Assert.notNull(models, "'models' must not be null");
		Assert.notNull(secrets, "'secrets' must not be null");
		this.agents = agents;
		this.models = models;
		this.secrets = secrets;
	}

	@Override
	public String name() {
		return "agents";
	}

	@Override
	public @Nullable Map<String, AgentDescriptor> describe() {
		Map<String, AgentDescriptor> agents = new LinkedHashMap<>();
		this.agents.names().forEach((name) -> agents.put(name, describe(this.agents.get(name))));
		return agents.isEmpty() ? null : agents;
	}

	private AgentDescriptor describe(Agent agent) {
		return new AgentDescriptor(model(agent.model()), limits(agent.limits()),
				agent.tools().stream().map(this::describe).toList());
	}

	private ToolDescriptor describe(AgentTool tool) {
		Duration timeout = tool.timeout();
		return new ToolDescriptor(this.secrets.redact(tool.definition().name()), tool.isSerial(),
				(timeout != null) ? timeout.toString() : null);
	}

	private @Nullable String model(@Nullable Model model) {
		return this.models.names().stream().filter((name) -> this.models.get(name) == model).findFirst().orElse(null);
	}

	private static @Nullable Map<String, Object> limits(@Nullable AgentLimits limits) {
		if (limits == null) {
			// A mock tells none
			return null;
		}
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("rounds", limits.rounds());
		values.put("toolCalls", limits.toolCalls());
		values.put("cost", limits.cost());
		values.put("total", limits.total());
		return SettingValues.readable(values);
	}

	/**
	 * Description of an agent.
	 *
	 * @param model the name of the model among those that are shown, or {@code null} if
	 * it is none of them
	 * @param limits the limits of a run by name, or {@code null} if a mock tells none
	 * @param tools the tools in the order in which the model is told of them
	 */
	record AgentDescriptor(@Nullable String model, @Nullable Map<String, Object> limits, List<ToolDescriptor> tools) {

	}

	/**
	 * Description of a tool.
	 *
	 * @param name the name
	 * @param serial whether the calls of a reply run one after the other
	 * @param timeout how long a call may take, or {@code null} if only the run limits it
	 */
	record ToolDescriptor(String name, boolean serial, @Nullable String timeout) {

	}

}
