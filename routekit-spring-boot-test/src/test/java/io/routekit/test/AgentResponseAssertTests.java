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

package io.routekit.test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.routekit.Cost;
import io.routekit.Message;
import io.routekit.ModelResponse;
import io.routekit.ToolCall;
import io.routekit.Usage;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.AgentResponse.Stop;
import io.routekit.agent.ToolResult;
import io.routekit.agent.ToolStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.routekit.test.RouteKitAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link AgentResponseAssert}.
 */
class AgentResponseAssertTests {

	private static final String RUN = """
			in the run:
			  round 1: → find_order({"number":7,"full":true}) as call_1 returned: {"state":"shipped"}
			  round 2: → find_order({"number":9}) as call_2 failed: There is no order 9
			  DONE after 3 rounds, 30 tokens of prompts, 6 of completions, 0.0421 USD: It is shipped""";

	private static final AgentResponse DONE = new AgentResponse("run-1", ModelResponse.of("It is shipped"),
			List.of(Message.user("Where is 7?")),
			List.of(step(1, ToolCall.of("call_1", "find_order", "{\"number\":7,\"full\":true}"),
					ToolResult.of("{\"state\":\"shipped\"}")),
					step(2, ToolCall.of("call_2", "find_order", "{\"number\":9}"),
							ToolResult.error("There is no order 9"))),
			3, Usage.of(30, 6).withCost(new Cost(new BigDecimal("0.0421"), Cost.USD, Cost.Source.CATALOGUE)), Stop.DONE,
			Collections.emptyList());

	private static final AgentResponse PENDING = new AgentResponse("run-2", ModelResponse.of(""),
			List.of(Message.user("Cancel 7")), Collections.emptyList(), 1, null, Stop.APPROVAL,
			List.of(ToolCall.of("call_1", "cancel_order", "{\"number\":7}")));

	private static ToolStep step(int round, ToolCall call, ToolResult result) {
		return new ToolStep(round, call, result, Duration.ofMillis(3));
	}

	@Test
	void passIfAllIsAsExpected() {
		assertThat(DONE).isDone()
			.hasStopped(Stop.DONE)
			.hasContent("It is shipped")
			.hasContentContaining("shipped")
			.hasRounds(3)
			.hasCalledTool("find_order")
			.hasCalledTool("find_order", "{ \"full\": true, \"number\": 7 }")
			.hasCalledTool("find_order", 2)
			.hasCalledTool("cancel_order", 0)
			.hasCalledTools("find_order", "find_order")
			.hasNotCalledTool("cancel_order")
			.hasResult("find_order", "{ \"state\": \"shipped\" }")
			.hasFailedResult("find_order", "There is no order 9")
			.hasTokens(30, 6)
			.hasCost("0.04210");
		assertThat(PENDING).isPendingApproval("cancel_order").hasCalledTools().hasCost(null);
	}

	static Stream<Arguments> expectations() {
		return Stream.of(expectation((run) -> run.hasStopped(Stop.LENGTH), "the end LENGTH"),
				expectation((run) -> run.isPendingApproval("find_order"), "pending calls of [find_order]"),
				expectation((run) -> run.hasContent("It"), "the answer “It”"),
				expectation((run) -> run.hasContentContaining("lost"), "an answer that contains “lost”"),
				expectation((run) -> run.hasRounds(2), "2 rounds"),
				expectation((run) -> run.hasCalledTool("cancel_order"), "a call of 'cancel_order'"),
				expectation((run) -> run.hasCalledTool("find_order", "{\"number\":8}"),
						"the call find_order({\"number\":8})"),
				expectation((run) -> run.hasCalledTool("find_order", 1), "1 calls of 'find_order'"),
				expectation((run) -> run.hasCalledTools("find_order"), "the calls of [find_order]"),
				expectation((run) -> run.hasNotCalledTool("find_order"), "no call of 'find_order'"),
				expectation((run) -> run.hasResult("find_order", "There is no order 9"),
						"the result “There is no order 9” of 'find_order'"),
				expectation((run) -> run.hasFailedResult("cancel_order", "No"), "the failure “No” of 'cancel_order'"),
				expectation((run) -> run.hasTokens(30, 7), "30 tokens of prompts and 7 of completions"),
				expectation((run) -> run.hasCost("0.0422"), "a cost of 0.0422 USD"),
				expectation((run) -> run.hasCost(null), "a cost that is not known"));
	}

	private static Arguments expectation(Consumer<AgentResponseAssert> expectation, String message) {
		return arguments(expectation, message);
	}

	@ParameterizedTest
	@MethodSource("expectations")
	void failWithTheStepsOfTheRun(Consumer<AgentResponseAssert> expectation, String message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> expectation.accept(assertThat(DONE)))
			.withMessage("Expected %s %s", message, RUN);
	}

	@Test
	void failWithTheCallsThatWait() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(PENDING).isDone()).withMessage("""
				Expected the end DONE in the run:
				  pending: → cancel_order({"number":7}) as call_1
				  APPROVAL after 1 rounds""");
	}

	@Test
	void failIfThereIsNoRun() {
		AgentResponse none = null;
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(none).isDone())
			.withMessageContaining("not to be null");
	}

}
