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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.routekit.ToolCall;
import io.routekit.fake.FakeModel;
import io.routekit.http.TestCalls;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ToolRunner}.
 */
class ToolRunnerTests {

	private static final AgentRun RUN = new AgentRun("run_1", "desk", FakeModel.of("ok"), AgentRequest.of("Hi"));

	@Test
	void runsATool() {
		List<AgentEvent> events = run(List.of(tool("find_order").function((in) -> in.number() + 1).build()),
				call("c1", "find_order", "{\"number\":7}"));

		assertThat(events).hasSize(2);
		assertThat(result(events, "c1")).isEqualTo(ToolResult.of("8"));
	}

	private static AgentTool.Builder<Order> tool(String name) {
		return AgentTool.builder(name, Order.class).jsonTypes(new TestJsonTypes());
	}

	private static ToolCall call(String id, String name, String arguments) {
		return ToolCall.of(id, name, arguments);
	}

	private static List<AgentEvent> run(List<AgentTool> tools, ToolCall... calls) {
		return new ArrayList<>(new ToolRunner(tools, Collections.emptyList(), 8, 1000).run(List.of(calls), RUN, 1)
			.collectList()
			.blockOptional(TestCalls.LIMIT)
			.orElseThrow());
	}

	private static ToolResult result(List<AgentEvent> events, String id) {
		return events.stream()
			.filter(AgentEvent.ToolFinished.class::isInstance)
			.map((event) -> ((AgentEvent.ToolFinished) event).step())
			.filter((step) -> step.call().id().equals(id))
			.map(ToolStep::result)
			.findFirst()
			.orElseThrow();
	}

	record Order(int number) {
	}

}
