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

package io.routekit.http;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.routekit.ChatOptions;
import io.routekit.FinishReason;
import io.routekit.Message;
import io.routekit.Reasoning;
import io.routekit.StreamEvent;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentRequest;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.AgentTool;
import io.routekit.agent.ApprovalDecision;
import io.routekit.agent.ToolContext;
import io.routekit.agent.ToolResult;
import io.routekit.http.RawServer.Script;
import io.routekit.json.RouteKitJacksonModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an agent gets on with all providers: what goes to them in later rounds is
 * valid, has what they want back, and stops when the run does.
 */
@ParameterizedClass
@EnumSource
class AgentContractTests {

	private static final ToolCall FIND = ToolCall.of("call_a", "find_order", "{\"number\":7}");

	private static final ToolCall QUOTE = ToolCall.of("call_b", "quote_shipping", "{}");

	private static final ToolCall AGAIN = ToolCall.of("call_c", "find_order", "{\"number\":8}");

	private final RawServer server = new RawServer().expectUnknown("reasoning_content", "extra_content");

	private final Sinks.Empty<Void> quoted = Sinks.empty();

	private final WireProvider provider;

	AgentContractTests(WireProvider provider) {
		this.provider = provider;
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private Agent agent() {
		return agent(false);
	}

	private Agent agent(boolean approval) {
		return Agent.builder(this.provider.model(this.server))
			.instructions("Look it up")
			.options(ChatOptions.builder().reasoning(Reasoning.effort("low")).build())
			.approvalSecret("a secret that all instances share")
			.tools(new TestTool("find_order", approval, this::find), new TestTool("quote_shipping", false, this::quote))
			.build();
	}

	// The first call ends after the second one
	private Mono<ToolResult> find(ToolContext context) {
		return this.quoted.asMono().thenReturn(ToolResult.of("found " + context.call().arguments()));
	}

	private Mono<ToolResult> quote(ToolContext context) {
		return Mono.just(ToolResult.of("4 EUR")).doFinally((signal) -> this.quoted.tryEmitEmpty());
	}

	@Test
	void laterRoundsAreValidAndHaveTheStateOfTheEarlierOnes() {
		this.server.reply(answer("state-1", FIND, QUOTE)).reply(answer("state-2", AGAIN)).reply(answer("state-3"));

		AgentResponse response = agent().run("Where are 7 and 8?").block(LIMIT);

		assertThat(response.content()).isEqualTo("See");
		assertThreeRounds();
		assertThat(this.server.requests().get(1).body()).contains("state-1");
		assertThat(this.server.requests().get(2).body()).contains("state-1", "state-2");
	}

	@Test
	void laterRoundsOfStreamsAreValid() {
		this.server.reply(events(FIND, QUOTE)).reply(events(AGAIN)).reply(Script.events(this.provider.stream("See")));

		AgentEvent last = agent().stream("Where are 7 and 8?").blockLast(LIMIT);

		assertThat(((AgentEvent.Completed) last).response().content()).isEqualTo("See");
		assertThreeRounds();
	}

	private void assertThreeRounds() {
		List<JsonNode> requests = this.server.requests()
			.stream()
			.map((request) -> this.provider.messages(request.json()))
			.toList();
		assertThat(requests).hasSize(3);
		assertThat(this.provider.callIds(requests.get(1))).containsExactly("call_a", "call_b");
		assertThat(this.provider.resultIds(requests.get(1))).containsExactly("call_a", "call_b");
		assertThat(this.provider.callIds(requests.get(2))).containsExactly("call_a", "call_b", "call_c");
		assertThat(this.provider.resultIds(requests.get(2))).containsExactly("call_a", "call_b", "call_c");
		// What is not the same from round to round is in no cache of a provider
		for (int i = 1; i < 3; i++) {
			assertThat(nodes(requests.get(i))).startsWith(nodes(requests.get(i - 1)).toArray(JsonNode[]::new));
		}
	}

	private static List<JsonNode> nodes(JsonNode array) {
		return array.valueStream().toList();
	}

	@Test
	void runThatWaitedForApprovalGoesOnWithItsStateAfterARestart() {
		JsonMapper mapper = JsonMapper.builder().addModule(new RouteKitJacksonModule()).build();
		TypeReference<List<Message>> conversation = new TypeReference<>() {
		};
		this.server.reply(answer("state-1", FIND, QUOTE)).reply(answer("state-2"));
		AgentResponse pending = agent(true).run("Where is 7?").block(LIMIT);
		String json = mapper.writerFor(conversation).writeValueAsString(pending.messages());

		AgentResponse response = agent(true)
			.resume(mapper.readValue(json, conversation), List.of(ApprovalDecision.approve("call_a")))
			.block(LIMIT);

		assertThat(response.content()).isEqualTo("See");
		JsonNode messages = this.provider.messages(this.server.request().json());
		assertThat(this.provider.callIds(messages)).containsExactly("call_a", "call_b");
		assertThat(this.provider.resultIds(messages)).containsExactly("call_a", "call_b");
		assertThat(this.server.request().body()).contains("state-1").doesNotContain("routekit", pending.run());
	}

	@Test
	void cancelWhileTheModelStreamsClosesTheConnection() throws InterruptedException {
		this.server.reply(events(QUOTE)).reply((connection) -> {
			connection.startEvents();
			connection.chunk(this.provider.stream().text("It").take());
			connection.stall();
		});

		List<AgentEvent> events = agent().stream("How much?")
			.takeUntil((event) -> event.equals(new AgentEvent.ModelEvent(2, new StreamEvent.Text("It"))))
			.collectList()
			.block(LIMIT);

		assertThat(events).isNotEmpty();
		assertThat(this.server.awaitClientGone()).isTrue();
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void cancelWhileTheModelAnswersClosesTheConnection() throws InterruptedException {
		CountDownLatch reached = new CountDownLatch(1);
		this.server.reply(answer("state-1", QUOTE)).reply((connection) -> {
			reached.countDown();
			connection.stall();
		});

		Disposable run = agent().run(AgentRequest.of("How much?")).subscribe();

		assertThat(reached.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		run.dispose();
		assertThat(this.server.awaitClientGone()).isTrue();
		assertThat(this.server.requests()).hasSize(2);
	}

	private Script answer(String state, ToolCall... calls) {
		return Script.json(200, WireProvider.withState(this.provider.answer("See", calls), state));
	}

	private Script events(ToolCall... calls) {
		WireStream stream = this.provider.stream();
		for (int i = 0; i < calls.length; i++) {
			stream.call(calls[i].id(), calls[i].name()).arguments(i, calls[i].arguments());
		}
		return Script.events(stream.finish(FinishReason.TOOL_CALLS).end().take());
	}

	/**
	 * A tool whose results a test knows.
	 *
	 * @param name the name
	 * @param approval whether its calls need approval
	 * @param function makes the result
	 */
	private record TestTool(String name, boolean approval,
			Function<ToolContext, Mono<ToolResult>> function) implements AgentTool {

		@Override
		public Tool definition() {
			return Tool.of(this.name, "A tool", "{\"type\":\"object\",\"properties\":{}}");
		}

		@Override
		public Mono<ToolResult> call(ToolContext context) {
			return this.function.apply(context);
		}

		@Override
		public boolean needsApproval(ToolContext context) {
			return this.approval;
		}

	}

}
