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

package io.routekit.observation;

import io.routekit.Tool;
import io.routekit.agent.AgentTool;
import io.routekit.agent.ToolContext;
import io.routekit.agent.ToolResult;
import reactor.core.publisher.Mono;

/**
 * A tool that gives the same result each time.
 *
 * @param name the name of the tool
 * @param result the result
 */
record TestTool(String name, Mono<ToolResult> result) implements AgentTool {

	@Override
	public Tool definition() {
		return Tool.of(this.name, null, "{\"type\":\"object\",\"properties\":{}}");
	}

	@Override
	public Mono<ToolResult> call(ToolContext context) {
		return this.result;
	}

}
