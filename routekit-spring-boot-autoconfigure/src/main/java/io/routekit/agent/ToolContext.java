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

import java.util.Map;

import io.routekit.OneLine;
import io.routekit.ToolCall;

import org.springframework.util.Assert;

/**
 * What a tool is called with, besides the arguments that the model wrote.
 *
 * @param call the call of the model
 * @param run the run that it belongs to
 * @param round the round of the run, from 1
 * @since 0.1.0
 */
public record ToolContext(ToolCall call, AgentRun run, int round) {

	public ToolContext {
		Assert.notNull(call, "'call' must not be null");
		Assert.notNull(run, "'run' must not be null");
		Assert.isTrue(round > 0, "'round' must be positive");
	}

	/**
	 * Return the tags of the run.
	 * @return values by key
	 */
	public Map<String, String> tags() {
		return this.run.request().tags();
	}

	/**
	 * Return what the application gave the run for its tools, such as the tenant. No
	 * model sees it.
	 * @return values by name
	 */
	public Map<String, Object> attributes() {
		return this.run.request().attributes();
	}

	@Override
	public String toString() {
		return "ToolContext[call=%s, run=%s, round=%d]".formatted(OneLine.ofName(this.call.id()), this.run.id(),
				this.round);
	}

}
