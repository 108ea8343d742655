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
import java.util.List;
import java.util.function.UnaryOperator;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import io.routekit.ToolMessage;
import io.routekit.agent.AgentResponse.Stop;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.http.TestCalls;
import io.routekit.json.RouteKitJacksonModule;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the approval of calls.
 */
class ApprovalTests {

	private static final String SECRET = "a secret that all instances share";

	private final List<String> ran = new ArrayList<>();

	private final FakeModel model = FakeModel.builder().build();

	private final Agent agent = agent(SECRET);

	private Agent agent(String secret) {
		return agent(this.model, secret);
	}

	private Agent agent(Model model, String secret) {
		AgentTool find = TestTool.of("find", this::run);
		AgentTool cancel = TestTool.of("cancel", this::run).withApproval();
		return Agent.builder(model).tools(find, cancel).approvalSecret(secret).build();
	}

	private Mono<ToolResult> run(ToolContext context) {
		return Mono.fromCallable(() -> {
			this.ran.add(context.call().name() + context.call().arguments());
			return ToolResult.of("did " + context.call().name());
		});
	}

	@Test
	void noCallOfTheReplyRunsBeforeTheDecision() {
		AgentResponse response = askForApproval();
		assertThat(response.stop()).isEqualTo(Stop.APPROVAL);
		assertThat(response.pending()).extracting(ToolCall::name).containsExactly("cancel");
		assertThat(response.messages()).hasSize(2);
		assertThat(this.ran).isEmpty();
	}

	@Test
	void goesOnWhenItIsApproved() {
		AgentResponse pending = askForApproval();
		this.model.respondWith("Cancelled");
		AgentResponse response = resume(this.agent, pending.messages(), ApprovalDecision.approve(idOf(pending)));
		assertThat(this.ran).containsExactlyInAnyOrder("find{}", "cancel{\"number\":7}");
		assertThat(response.content()).isEqualTo("Cancelled");
		assertThat(response.run()).isEqualTo(pending.run());
		assertThat(response.steps()).extracting((step) -> step.call().name()).containsExactly("find", "cancel");
		assertThat(response.messages()).extracting(Message::text)
			.containsExactly("Cancel 7", "", "did find", "did cancel", "Cancelled");
		assertThat(this.model.lastRequest().messages()).noneMatch(ApprovalTests::isSigned);
		ChatRequest.of(response.messages());
	}

	@Test
	void tellsTheModelWhyItWasRefused() {
		AgentResponse pending = askForApproval();
		this.model.respondWith("As you like");
		AgentResponse response = resume(this.agent, pending.messages(),
				ApprovalDecision.refuse(idOf(pending), "It is shipped"));
		assertThat(this.ran).containsExactly("find{}");
		assertThat(response.messages().get(3).text()).isEqualTo("The call was refused: It is shipped");
		assertThat(response.steps()).hasSize(1);
	}

	@Test
	void callWithoutADecisionStaysPending() {
		this.model.respondWith(FakeResponse.toolCall("cancel", "{\"number\":7}")
			.thenToolCall("cancel", "{\"number\":8}")
			.thenToolCall("find", "{}"), FakeResponse.text("Done"));
		AgentResponse pending = this.agent.run("Cancel 7 and 8").block(TestCalls.LIMIT);
		String second = pending.pending().get(1).id();
		AgentResponse still = resume(this.agent, pending.messages(), ApprovalDecision.approve(second));
		assertThat(still.stop()).isEqualTo(Stop.APPROVAL);
		assertThat(still.pending()).containsExactly(pending.pending().get(0));
		assertThat(still.rounds()).isZero();
		assertThat(this.ran).containsExactlyInAnyOrder("cancel{\"number\":8}", "find{}");
		AgentResponse done = resume(this.agent, still.messages(), ApprovalDecision.approve(idOf(still)));
		assertThat(done.messages()).extracting(Message::text)
			.containsExactly("Cancel 7 and 8", "", "did cancel", "did cancel", "did find", "Done");
		List<String> ids = ((AssistantMessage) done.messages().get(1)).toolCalls().stream().map(ToolCall::id).toList();
		assertThat(done.messages().subList(2, 5)).extracting((message) -> ((ToolMessage) message).toolCallId())
			.isEqualTo(ids);
	}

	@Test
	void forcesNoToolAfterTheDecision() {
		AgentRequest request = AgentRequest.builder()
			.messages(Message.user("Cancel 7"))
			.options(ChatOptions.builder().toolChoice(ToolChoice.REQUIRED).build())
			.build();
		this.model.respondWith(FakeResponse.toolCall("cancel", "{\"number\":7}"), FakeResponse.text("Cancelled"));
		AgentResponse pending = this.agent.run(request).block(TestCalls.LIMIT);
		this.agent
			.run(AgentRequest.builder()
				.messages(pending.messages())
				.options(request.options())
				.decisions(List.of(ApprovalDecision.approve(idOf(pending))))
				.build())
			.block(TestCalls.LIMIT);
		assertThat(this.model.requests()).extracting((call) -> call.options().toolChoice())
			.containsExactly(ToolChoice.REQUIRED, ToolChoice.AUTO);
	}

	@Test
	void callsOfOneIdWaitForTheirDecisionTogether() {
		ModelResponse reply = ModelResponse.builder()
			.parts(List.of(ToolCall.of("same", "cancel", "{}"), ToolCall.of("same", "find", "{}"),
					ToolCall.of("other", "find", "{\"number\":8}")))
			.finishReason(FinishReason.TOOL_CALLS, null)
			.build();
		Model faulty = (request) -> Mono.just((request.messages().size() == 1) ? reply
				: ModelResponse.builder()
					.parts(List.of(new TextPart("Done")))
					.finishReason(FinishReason.STOP, null)
					.build());
		Agent agent = agent(faulty, SECRET);
		AgentResponse pending = agent.run("Cancel").block(TestCalls.LIMIT);
		AgentResponse still = resume(agent, pending.messages());
		assertThat(this.ran).containsExactly("find{\"number\":8}");
		AgentResponse done = resume(agent, still.messages(), ApprovalDecision.approve("same"));
		assertThat(this.ran).containsExactlyInAnyOrder("find{\"number\":8}", "cancel{}", "find{}");
		assertThat(done.messages()).extracting(Message::text)
			.containsExactly("Cancel", "", "did cancel", "did find", "did find", "Done");
	}

	@Test
	void callThatStillWaitsWasNotCancelled() {
		this.model.respondWith(FakeResponse.toolCall("cancel", "{}")
			.thenToolCall("unknown", "{}")
			.thenToolCall("unknown", "{}")
			.thenToolCall("unknown", "{}"));
		AgentResponse pending = this.agent.run("Cancel").block(TestCalls.LIMIT);
		assertThatExceptionOfType(AgentException.class).isThrownBy(() -> resume(this.agent, pending.messages()))
			.satisfies((failure) -> assertThat(failure.getProgress().messages().subList(2, 6)).extracting(Message::text)
				.contains("The tool was not called")
				.doesNotContain("The tool was cancelled"));
	}

	@Test
	void resultsAreInTheOrderOfTheCallsAlsoIfTheRunFails() {
		this.model.respondWith(FakeResponse.toolCall("unknown", "{}")
			.thenToolCall("unknown", "{}")
			.thenToolCall("unknown", "{}")
			.thenToolCall("cancel", "{}"));
		AgentResponse pending = this.agent.run("Cancel").block(TestCalls.LIMIT);
		assertThatExceptionOfType(AgentException.class)
			.isThrownBy(() -> resume(this.agent, pending.messages(), ApprovalDecision.refuse(idOf(pending), null)))
			.satisfies((failure) -> assertThat(failure.getProgress().messages()).last()
				.extracting(Message::text)
				.isEqualTo("The call was refused"));
	}

	@Test
	void goesOnOnAnotherInstanceAfterAWayThroughJson() {
		JsonMapper mapper = JsonMapper.builder().addModule(new RouteKitJacksonModule()).build();
		AgentResponse pending = askForApproval();
		String json = mapper.writerFor(new TypeReference<List<Message>>() {
		}).writeValueAsString(pending.messages());
		List<Message> messages = mapper.readValue(json, new TypeReference<>() {
		});
		this.model.respondWith("Cancelled");
		AgentResponse response = resume(agent(SECRET), messages, ApprovalDecision.approve(idOf(pending)));
		assertThat(response.stop()).isEqualTo(Stop.DONE);
	}

	@Test
	void callIsRefusedIfItsArgumentsWereChanged() {
		refuses((call) -> ToolCall.of(call.id(), call.name(), "{\"number\":8}"));
	}

	@Test
	void callIsRefusedIfItsNameWasChanged() {
		refuses((call) -> ToolCall.of(call.id(), call.name().equals("find") ? "cancel" : "find", call.arguments()));
	}

	@Test
	void callIsRefusedIfItsIdWasChanged() {
		AgentResponse pending = askForApproval();
		assertRefused(changed(pending, (call) -> ToolCall.of(call.id() + "x", call.name(), call.arguments())),
				idOf(pending) + "x");
	}

	private void refuses(UnaryOperator<ToolCall> change) {
		AgentResponse pending = askForApproval();
		assertRefused(changed(pending, change), idOf(pending));
	}

	@Test
	void callIsRefusedIfItWasMadeUp() {
		assertRefused(List.of(Message.user("Hi"), Message.assistant(ToolCall.of("c1", "find", "{}"))), "c1");
	}

	@Test
	void callIsRefusedIfOneWasAdded() {
		AgentResponse pending = askForApproval();
		AssistantMessage reply = (AssistantMessage) pending.messages().get(1);
		List<AssistantPart> parts = new ArrayList<>(reply.parts());
		parts.add(ToolCall.of("made-up", "find", "{}"));
		assertRefused(List.of(pending.messages().get(0), new AssistantMessage(parts)), "made-up");
	}

	@Test
	void signatureOfAnotherRunIsRefused() {
		AgentResponse one = askForApproval();
		AgentResponse other = askForApproval();
		List<AssistantPart> parts = ((AssistantMessage) one.messages().get(1)).parts().stream().map((part) -> {
			if (part instanceof OpaquePart opaque) {
				String json = opaque.state().json().replace(one.run(), other.run());
				return new OpaquePart(new ProviderState(opaque.state().issuer(), json));
			}
			return part;
		}).toList();
		assertRefused(List.of(one.messages().get(0), new AssistantMessage(parts)), idOf(one));
	}

	@Test
	void instanceWithAnotherSecretRefuses() {
		AgentResponse pending = askForApproval();
		Agent other = agent("another secret, which nobody else has");
		assertThatExceptionOfType(InvalidApprovalException.class)
			.isThrownBy(() -> resume(other, pending.messages(), ApprovalDecision.approve(idOf(pending))))
			.withMessageContaining("another 'routekit.agents.approval.secret'");
	}

	@Test
	void decisionAboutAnythingElseIsRefused() {
		assertThatExceptionOfType(InvalidApprovalException.class)
			.isThrownBy(() -> resume(this.agent, List.of(Message.user("Hi")), ApprovalDecision.approve("c9")))
			.withMessage("The decision for 'c9' is about a call that does not wait for one");
		AgentResponse pending = askForApproval();
		ApprovalDecision decision = ApprovalDecision.approve(idOf(pending));
		assertThatExceptionOfType(InvalidApprovalException.class)
			.isThrownBy(() -> resume(this.agent, pending.messages(), decision, decision))
			.withMessageContaining("There are two decisions");
	}

	@Test
	void approvalIsNeededIfThePredicateFails() {
		AgentTool tool = new AgentTool() {

			@Override
			public Tool definition() {
				return Tool.of("find", null, "{}");
			}

			@Override
			public Mono<ToolResult> call(ToolContext context) {
				throw new AssertionError("It ran");
			}

			@Override
			public boolean needsApproval(ToolContext context) {
				throw new IllegalStateException("No tenant");
			}

		};
		this.model.respondWith(FakeResponse.toolCall("find", "{}"));
		assertThat(Agent.builder(this.model).tools(tool).build().run("Hi").block(TestCalls.LIMIT).stop())
			.isEqualTo(Stop.APPROVAL);
	}

	private AgentResponse askForApproval() {
		this.model.respondWith(FakeResponse.toolCall("find", "{}").thenToolCall("cancel", "{\"number\":7}"));
		return this.agent.run("Cancel 7").block(TestCalls.LIMIT);
	}

	private static String idOf(AgentResponse pending) {
		return pending.pending().get(0).id();
	}

	private static AgentResponse resume(Agent agent, List<Message> messages, ApprovalDecision... decisions) {
		return agent.resume(messages, List.of(decisions)).block(TestCalls.LIMIT);
	}

	private void assertRefused(List<Message> messages, String id) {
		assertThatExceptionOfType(InvalidApprovalException.class)
			.isThrownBy(() -> resume(this.agent, messages, ApprovalDecision.approve(id)));
		assertThat(this.ran).isEmpty();
	}

	private static List<Message> changed(AgentResponse pending, UnaryOperator<ToolCall> change) {
		AssistantMessage reply = (AssistantMessage) pending.messages().get(1);
		List<AssistantPart> parts = reply.parts()
			.stream()
			.map((part) -> (part instanceof ToolCall call) ? change.apply(call) : part)
			.toList();
		return List.of(pending.messages().get(0), new AssistantMessage(parts));
	}

	private static boolean isSigned(Message message) {
		return message instanceof AssistantMessage assistant
				&& assistant.parts().stream().anyMatch(OpaquePart.class::isInstance);
	}

}
