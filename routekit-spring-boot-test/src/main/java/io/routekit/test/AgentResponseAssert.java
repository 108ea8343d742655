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
import java.util.List;
import java.util.Objects;

import io.routekit.Cost;
import io.routekit.ToolCall;
import io.routekit.Usage;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.AgentResponse.Stop;
import io.routekit.agent.ToolStep;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ assertions about the {@link AgentResponse} of a run. Failures show what the run
 * has done, a step a line.
 *
 * @since 0.1.0
 * @see RouteKitAssertions#assertThat(AgentResponse)
 */
public final class AgentResponseAssert extends AbstractAssert<AgentResponseAssert, AgentResponse> {

	AgentResponseAssert(@Nullable AgentResponse actual) {
		super(actual, AgentResponseAssert.class);
	}

	/**
	 * Verify that the model has answered.
	 * @return this assertion
	 */
	public AgentResponseAssert isDone() {
		return hasStopped(Stop.DONE);
	}

	/**
	 * Verify why the run ended.
	 * @param stop the expected reason
	 * @return this assertion
	 */
	public AgentResponseAssert hasStopped(Stop stop) {
		isNotNull();
		if (this.actual.stop() != stop) {
			throw mismatch("the end %s".formatted(stop));
		}
		return this;
	}

	/**
	 * Verify that calls wait for approval.
	 * @param tools the names of the tools of all these calls, in their order
	 * @return this assertion
	 */
	public AgentResponseAssert isPendingApproval(String... tools) {
		isNotNull();
		List<String> actual = this.actual.pending().stream().map(ToolCall::name).toList();
		if (this.actual.stop() != Stop.APPROVAL || !actual.equals(List.of(tools))) {
			throw mismatch("pending calls of %s".formatted(List.of(tools)));
		}
		return this;
	}

	/**
	 * Verify the text of the answer.
	 * @param content the expected text
	 * @return this assertion
	 */
	public AgentResponseAssert hasContent(String content) {
		isNotNull();
		if (!this.actual.content().equals(content)) {
			throw mismatch("the answer “%s”".formatted(content));
		}
		return this;
	}

	/**
	 * Verify that the answer contains a text.
	 * @param text the expected part of the answer
	 * @return this assertion
	 */
	public AgentResponseAssert hasContentContaining(String text) {
		isNotNull();
		if (!this.actual.content().contains(text)) {
			throw mismatch("an answer that contains “%s”".formatted(text));
		}
		return this;
	}

	/**
	 * Verify how many times the model was asked.
	 * @param rounds the expected number
	 * @return this assertion
	 */
	public AgentResponseAssert hasRounds(int rounds) {
		isNotNull();
		if (this.actual.rounds() != rounds) {
			throw mismatch("%d rounds".formatted(rounds));
		}
		return this;
	}

	/**
	 * Verify that a tool was called.
	 * @param tool the name of the tool
	 * @return this assertion
	 */
	public AgentResponseAssert hasCalledTool(String tool) {
		if (stepsOf(tool).isEmpty()) {
			throw mismatch("a call of '%s'".formatted(tool));
		}
		return this;
	}

	/**
	 * Verify that a tool was called with some arguments.
	 * @param tool the name of the tool
	 * @param arguments the expected arguments as JSON; white space and the order of
	 * members do not matter
	 * @return this assertion
	 */
	public AgentResponseAssert hasCalledTool(String tool, String arguments) {
		if (stepsOf(tool).stream().noneMatch((step) -> JsonText.isSame(arguments, step.call().arguments()))) {
			throw mismatch("the call %s(%s)".formatted(tool, arguments));
		}
		return this;
	}

	/**
	 * Verify how many times a tool was called.
	 * @param tool the name of the tool
	 * @param times the expected number
	 * @return this assertion
	 */
	public AgentResponseAssert hasCalledTool(String tool, int times) {
		if (stepsOf(tool).size() != times) {
			throw mismatch("%d calls of '%s'".formatted(times, tool));
		}
		return this;
	}

	/**
	 * Verify which tools were called.
	 * @param tools the names of the tools of all calls, in their order; none if no tool
	 * was called
	 * @return this assertion
	 */
	public AgentResponseAssert hasCalledTools(String... tools) {
		isNotNull();
		if (!this.actual.steps().stream().map((step) -> step.call().name()).toList().equals(List.of(tools))) {
			throw mismatch("the calls of %s".formatted(List.of(tools)));
		}
		return this;
	}

	/**
	 * Verify that a tool was not called.
	 * @param tool the name of the tool
	 * @return this assertion
	 */
	public AgentResponseAssert hasNotCalledTool(String tool) {
		if (!stepsOf(tool).isEmpty()) {
			throw mismatch("no call of '%s'".formatted(tool));
		}
		return this;
	}

	/**
	 * Verify what the model was told of a tool, by a call that did not fail.
	 * @param tool the name of the tool
	 * @param text the expected text
	 * @return this assertion
	 */
	public AgentResponseAssert hasResult(String tool, String text) {
		return hasResult(tool, text, false);
	}

	/**
	 * Verify what the model was told of a call that failed.
	 * @param tool the name of the tool
	 * @param text the expected text
	 * @return this assertion
	 */
	public AgentResponseAssert hasFailedResult(String tool, String text) {
		return hasResult(tool, text, true);
	}

	private AgentResponseAssert hasResult(String tool, String text, boolean error) {
		if (stepsOf(tool).stream()
			.map(ToolStep::result)
			.noneMatch((result) -> result.error() == error && JsonText.isSame(text, result.text()))) {
			throw mismatch("the %s “%s” of '%s'".formatted(error ? "failure" : "result", text, tool));
		}
		return this;
	}

	/**
	 * Verify the usage of all rounds together, and nothing but the tokens that are
	 * counted.
	 * @param promptTokens the expected tokens of the prompts
	 * @param completionTokens the expected tokens of the completions
	 * @return this assertion
	 */
	public AgentResponseAssert hasTokens(long promptTokens, long completionTokens) {
		isNotNull();
		Usage usage = this.actual.usage();
		if (usage == null || !Objects.equals(usage.promptTokens(), promptTokens)
				|| !Objects.equals(usage.completionTokens(), completionTokens)) {
			throw mismatch("%d tokens of prompts and %d of completions".formatted(promptTokens, completionTokens));
		}
		return this;
	}

	/**
	 * Verify what all rounds cost together.
	 * @param amount the expected amount in USD as a decimal number, however many zeros it
	 * ends with, or {@code null} if the cost is not known
	 * @return this assertion
	 */
	public AgentResponseAssert hasCost(@Nullable String amount) {
		isNotNull();
		Usage usage = this.actual.usage();
		Cost cost = (usage != null) ? usage.cost() : null;
		if (!isAmount(cost, amount)) {
			throw mismatch((amount != null) ? "a cost of %s USD".formatted(amount) : "a cost that is not known");
		}
		return this;
	}

	private static boolean isAmount(@Nullable Cost cost, @Nullable String amount) {
		if (cost == null || amount == null) {
			return cost == null && amount == null;
		}
		return cost.currency().equals(Cost.USD) && cost.amount().compareTo(new BigDecimal(amount)) == 0;
	}

	private List<ToolStep> stepsOf(String tool) {
		isNotNull();
		return this.actual.steps().stream().filter((step) -> step.call().name().equals(tool)).toList();
	}

	private AssertionError mismatch(String expected) {
		return failure("Expected %s in the run:%s", expected, Conversation.describe(this.actual));
	}

}
