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

import java.util.function.Function;

import io.routekit.Tool;
import reactor.core.publisher.Mono;

/**
 * A tool made by hand.
 *
 * @param name the name of the tool
 * @param needsApproval whether somebody must approve its calls
 * @param function what it does
 */
record TestTool(String name, boolean needsApproval,
		Function<ToolContext, Mono<ToolResult>> function) implements AgentTool {

	static TestTool of(String name, Function<ToolContext, Mono<ToolResult>> function) {
		return new TestTool(name, false, function);
	}

	static TestTool answering(String name, String result) {
		return of(name, (context) -> Mono.just(ToolResult.of(result)));
	}

	TestTool withApproval() {
		return new TestTool(this.name, true, this.function);
	}

	@Override
	public Tool definition() {
		return Tool.of(this.name, null, "{\"type\":\"object\",\"properties\":{}}");
	}

	@Override
	public Mono<ToolResult> call(ToolContext context) {
		return this.function.apply(context);
	}

	@Override
	public boolean needsApproval(ToolContext context) {
		return this.needsApproval;
	}

}
