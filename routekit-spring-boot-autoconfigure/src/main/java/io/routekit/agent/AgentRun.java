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

package io.routekit.agent;

import java.util.List;

import io.routekit.Model;
import io.routekit.Tool;

import org.springframework.util.Assert;

/**
 * A run of an agent: who runs, over which model, for which request.
 *
 * @param id the id of the run, which goes on with what {@linkplain Agent#resume resumes}
 * it
 * @param agent the name of the agent
 * @param model the model
 * @param request the request
 * @param tools the tools that the model is told of
 * @since 0.1.0
 */
public record AgentRun(String id, String agent, Model model, AgentRequest request, List<Tool> tools) {

	public AgentRun {
		Assert.hasText(id, "'id' must not be empty");
		Assert.hasText(agent, "'agent' must not be empty");
		Assert.notNull(model, "'model' must not be null");
		Assert.notNull(request, "'request' must not be null");
		Assert.notNull(tools, "'tools' must not be null");
		tools = List.copyOf(tools);
	}

	@Override
	public String toString() {
		return "AgentRun[id=%s, agent=%s]".formatted(this.id, this.agent);
	}

}
