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

package io.routekit;

import org.springframework.util.Assert;

/**
 * A round in the run of an agent: the model is asked once. It travels in the context of
 * the subscription to the model, under this class as the key, where the
 * {@linkplain ModelCall#agentRound() calls} find it. It is not in the context of the
 * tools: the models that a tool calls are not asked by the agent.
 *
 * @param run the id of the run
 * @param agent the name of the agent
 * @param round the number of the round, from 1
 * @since 0.1.0
 */
public record AgentRound(String run, String agent, int round) {

	public AgentRound {
		Assert.hasText(run, "'run' must not be empty");
		Assert.hasText(agent, "'agent' must not be empty");
		Assert.isTrue(round > 0, "'round' must be positive");
	}

}
