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

package io.routekit.readme;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

import io.routekit.ChatOptions;
import io.routekit.Cost;
import io.routekit.Message;
import io.routekit.StreamEvent;
import io.routekit.Tool;
import io.routekit.Usage;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentBuilder;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentException;
import io.routekit.agent.AgentException.Reason;
import io.routekit.agent.AgentRequest;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.AgentResponse.Stop;
import io.routekit.agent.AgentTool;
import io.routekit.agent.ApprovalDecision;
import io.routekit.agent.ConversationWindow;
import io.routekit.agent.ToolContext;
import io.routekit.agent.ToolResult;
import io.routekit.agent.ToolStep;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.json.RouteKitJacksonModule;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static io.routekit.test.RouteKitAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the snippets of the documentation on agents.
 */
class AgentSnippetTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final FakeModel model = FakeModel.builder().build();

	private final Orders orders = new Orders();

	private final JsonMapper jsonMapper = JsonMapper.builder().addModule(new RouteKitJacksonModule()).build();

	@Test
	void findsAnOrder() {
		FakeModel model = FakeModel.builder().build();
		Desk desk = new Desk(Agent.builder(model), new Orders());
		// @formatter:off
		model.respondWith(FakeResponse.toolCall("find_order", "{\"number\":7}"), FakeResponse.text("It is shipped."));

		AgentResponse response = desk.answer(List.of(Message.user("Where is order 7?"))).block(LIMIT);

		assertThat(response).isDone()
			.hasRounds(2)
			.hasCalledTool("find_order", "{\"number\":7}")
			.hasNotCalledTool("cancel_order")
			.hasContent("It is shipped.");
		assertThat(model).lastRequest().hasToolResult("{\"number\":7,\"state\":\"shipped\"}");
		// @formatter:on
	}

	@Test
	void rulesAnswerByTheResult() {
		// @formatter:off
		FakeModel model = FakeModel.builder()
			.when((request) -> request.messages().size() == 1)
			.respondWith(FakeResponse.toolCall("find_order", "{\"number\":7}")
				.thenToolCall("quote_shipping", "{\"country\":\"NO\",\"weight\":2}"))
			.whenResultOf("find_order")
			.respondWith("It is shipped.")
			.build();
		// @formatter:on
		AgentResponse response = Agent.builder(model)
			.tools(new OrderTools(this.orders))
			.build()
			.run(asked("Where is 7?"))
			.block(LIMIT);
		assertThat(response).isDone().hasCalledTools("find_order", "quote_shipping");
	}

	@Test
	void methodsAreTools() {
		Agent agent = agent(Agent.builder(this.model), new OrderTools(this.orders));
		assertThat(agent.tools()).extracting((tool) -> tool.definition().name())
			.containsExactly("cancel_order", "find_order", "quote_shipping");
		this.model.respondWith(FakeResponse.toolCall("find_order", "{\"number\":7}"), FakeResponse.text("Sorry"));
		assertThat(agent.run("Where is 7?").block(LIMIT)).isDone()
			.hasFailedResult("find_order", "The customer is not signed in, so there are no orders");
		this.model.respondWith(FakeResponse.toolCall("find_order", "{\"number\":9}"), FakeResponse.text("Sorry"));
		assertThat(agent.run(asked("Where is 9?")).block(LIMIT)).isDone()
			.hasFailedResult("find_order", "There is no order 9");
	}

	private static Agent agent(AgentBuilder builder, OrderTools orderTools) {
		Agent agent = builder.tools(orderTools).build();
		return agent;
	}

	private static AgentRequest asked(String question) {
		String customer = "c-17";
		// @formatter:off
		AgentRequest request = AgentRequest.builder()
			.messages(Message.user(question))
			.attribute("customer", customer)
			.tag("feature", "desk")
			.options(ChatOptions.builder().maxTokens(500).build())
			.build();
		// @formatter:on
		return request;
	}

	@Test
	void toolsAreMadeByHand() {
		this.model.respondWith(FakeResponse.toolCall("now", "{}"), FakeResponse.text("Noon"));
		AgentResponse response = Agent.builder(this.model).tools(new Clock()).build().run("Hi").block(LIMIT);
		assertThat(response).isDone().hasResult("now", "12:00");
	}

	@Test
	void approvalGoesThroughJson() {
		String secret = "0123456789abcdef0123456789abcdef";
		Agent agent = Agent.builder(this.model).tools(new OrderTools(this.orders)).approvalSecret(secret).build();
		Agent other = Agent.builder(this.model).tools(new OrderTools(this.orders)).approvalSecret(secret).build();
		this.model.respondWith(FakeResponse.toolCall("cancel_order", "{\"number\":8,\"reason\":\"too late\"}"),
				FakeResponse.text("It is cancelled."));
		AgentResponse response = agent.run(asked("Cancel 8")).block(LIMIT);
		assertThat(response).isPendingApproval("cancel_order");
		assertThat(this.orders.find(8).state()).isEqualTo("paid");
		String json = write(response);
		assertThat(json).contains("\"issuer\":\"routekit.approval\"");
		AgentResponse resumed = resume(other, json, response.pending().get(0).id(), true).block(LIMIT);
		assertThat(resumed).isDone().hasContent("It is cancelled.");
		assertThat(this.orders.find(8).state()).isEqualTo("cancelled");
	}

	private String write(AgentResponse response) {
		String json = this.jsonMapper.writerFor(new TypeReference<List<Message>>() {
		}).writeValueAsString(response.messages());
		return json;
	}

	Mono<AgentResponse> resume(Agent agent, String json, String callId, boolean approved) {
		List<Message> messages = this.jsonMapper.readValue(json, new TypeReference<>() {
		});
		ApprovalDecision decision = approved ? ApprovalDecision.approve(callId)
				: ApprovalDecision.refuse(callId, "The customer has changed their mind");
		return agent.resume(messages, List.of(decision));
	}

	@Test
	void runIsWatched() {
		this.model.respondWith(FakeResponse.toolCall("find_order", "{\"number\":7}"), FakeResponse.text("It is fine"));
		List<String> lines = new ArrayList<>();
		watch(Agent.builder(this.model).tools(new OrderTools(this.orders)).build(), lines).blockLast(LIMIT);
		assertThat(lines).containsExactly("looks with find_order", "It", " is", " fine", "2 rounds");
	}

	private static Flux<AgentEvent> watch(Agent agent, List<String> lines) {
		Flux<AgentEvent> events = agent.stream(asked("Where is 7?")).doOnNext((event) -> {
			if (event instanceof AgentEvent.ModelEvent model && model.event() instanceof StreamEvent.Text text) {
				lines.add(text.text());
			}
			else if (event instanceof AgentEvent.ToolStarted tool) {
				lines.add("looks with " + tool.call().name());
			}
			else if (event instanceof AgentEvent.Completed completed) {
				lines.add(completed.response().rounds() + " rounds");
			}
		});
		return events;
	}

	@Test
	void limitTellsHowFarTheRunCame() {
		Cost cost = new Cost(new BigDecimal("0.60"), Cost.USD, Cost.Source.REPORTED);
		this.model.respondWith(
				FakeResponse.toolCall("find_order", "{\"number\":7}").withUsage(Usage.of(10, 2).withCost(cost)));
		Agent agent = Agent.builder(this.model)
			.tools(new OrderTools(this.orders))
			.limits((limits) -> limits.cost("0.50"))
			.build();
		List<ToolStep> steps = new ArrayList<>();
		assertThatExceptionOfType(AgentException.class)
			.isThrownBy(() -> noteSteps(agent.run(asked("Where is 7?")), steps).block(LIMIT))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(Reason.COST));
		assertThat(steps).hasSize(1);
	}

	private static Mono<AgentResponse> noteSteps(Mono<AgentResponse> run, List<ToolStep> steps) {
		return run.doOnError(AgentException.class, (ex) -> {
			if ("cost".equals(ex.getReason().limit())) {
				steps.addAll(ex.getProgress().steps());
			}
		});
	}

	@Test
	void conversationGoesOnInAWindow() {
		Agent agent = Agent.builder(this.model).build();
		this.model.respondWith("One", "Two");
		List<Message> conversation = agent.run("Hi").block(LIMIT).messages();
		AgentResponse response = goOn(agent, conversation, "And?").block(LIMIT);
		assertThat(response.messages()).extracting(Message::text).containsExactly("Hi", "One", "And?", "Two");
		assertThat(response.stop()).isEqualTo(Stop.DONE);
	}

	private static Mono<AgentResponse> goOn(Agent agent, List<Message> conversation, String question) {
		List<Message> next = new ArrayList<>(conversation);
		next.add(Message.user(question));
		return agent.run(ConversationWindow.ofTokens(next, 20_000));
	}

	private static final class Clock implements AgentTool {

		@Override
		public Tool definition() {
			return Tool.of("now", "Tells the time", "{\"type\":\"object\",\"properties\":{}}");
		}

		@Override
		public Mono<ToolResult> call(ToolContext context) {
			return Mono.fromSupplier(() -> ToolResult.of(LocalTime.NOON.toString()));
		}

	}

}
