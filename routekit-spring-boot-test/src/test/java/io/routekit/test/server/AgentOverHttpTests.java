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

package io.routekit.test.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.routekit.AssistantMessage;
import io.routekit.ChatOptions;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.Reasoning;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.ToolException;
import io.routekit.agent.ToolStep;
import io.routekit.fake.FakeResponse;
import io.routekit.trace.RecordingFilter;
import io.routekit.trace.RecordingMode;
import io.routekit.trace.Recordings;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;

import static io.routekit.test.RouteKitAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for agents with a {@link ModelServer}, and for recordings of their runs, with all
 * providers.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "routekit.provider.type=fake")
class AgentOverHttpTests {

	private static final Duration WAIT = Duration.ofSeconds(20);

	@Autowired
	private List<ModelProvider> providers;

	@AutoClose
	private final ModelServer server = ModelServer.start();

	@TempDir
	private Path directory;

	static Stream<Arguments> providersWholeAndStreamed() {
		return Arrays.stream(WireProvider.values())
			.flatMap((provider) -> Stream.of(Arguments.of(provider, false), Arguments.of(provider, true)));
	}

	@ParameterizedTest
	@MethodSource("providersWholeAndStreamed")
	void threeRoundsAreScripted(WireProvider provider, boolean streamed) {
		scriptThreeRounds();

		AgentResponse response = run(model(provider), streamed);

		assertThreeRounds(response);
		assertThat(this.server.model()).hasReceived(3).hasNoUnusedResponses();
		List<Message> received = this.server.model().lastRequest().messages();
		assertThat(received).extracting(Message::text)
			.containsExactly("Look it up", "Where are 7 and 9?", "I look.", "order 7", "4 EUR", "",
					"There is no order 9");
		assertThat(resultIds(received)).isEqualTo(callIds(received)).hasSize(3);
	}

	@ParameterizedTest
	@MethodSource("providersWholeAndStreamed")
	void whatTheProviderWantsBackGoesBackAsItCame(WireProvider provider, boolean streamed) {
		scriptThreeRounds();

		run(model(provider), streamed);

		String body = this.server.lastRequest().json().toString();
		assertThat(count(body, MessagesWriter.SIGNATURE)).isEqualTo((provider == WireProvider.ANTHROPIC) ? 2 : 0);
		assertThat(count(body, ResponsesWriter.ENCRYPTED)).isEqualTo(provider.isResponses() ? 2 : 0);
	}

	@ParameterizedTest
	@MethodSource("providersWholeAndStreamed")
	void recordedRunIsReplayedWithoutTheServer(WireProvider provider, boolean streamed) {
		scriptThreeRounds();
		AgentResponse recorded;
		try (Recordings recordings = Recordings.builder(this.directory, RecordingMode.RECORD).build()) {
			recorded = run(model(provider).filter(new RecordingFilter(recordings)), streamed);
		}
		this.server.close();
		Recordings recordings = Recordings.builder(this.directory, RecordingMode.REPLAY).build();

		AgentResponse replayed = run(model(provider).filter(new RecordingFilter(recordings)), streamed);

		assertThreeRounds(replayed);
		assertThat(replayed.messages()).isEqualTo(recorded.messages());
		assertThat(replayed.usage()).isEqualTo(recorded.usage());
		assertThat(recordings.unused()).isEmpty();
	}

	private void scriptThreeRounds() {
		this.server.model()
			.respondWith(
					FakeResponse.reasoning("Two things.")
						.thenText("I look.")
						.thenToolCall("find_order", "{\"number\":7}")
						.thenToolCall("quote_shipping", "{\"country\":\"NO\"}"),
					FakeResponse.reasoning("The other one.").thenToolCall("find_order", "{\"number\":9}"),
					FakeResponse.text("7 is on its way, 9 is none of ours."));
	}

	private static void assertThreeRounds(AgentResponse response) {
		assertThat(response).isDone()
			.hasContent("7 is on its way, 9 is none of ours.")
			.hasRounds(3)
			.hasCalledTools("find_order", "quote_shipping", "find_order")
			.hasResult("find_order", "order 7")
			.hasFailedResult("find_order", "There is no order 9");
		assertThat(response.steps()).extracting(ToolStep::round).containsExactly(1, 1, 2);
	}

	private static AgentResponse run(Model model, boolean streamed) {
		Agent agent = Agent.builder(model)
			.instructions("Look it up")
			.options(ChatOptions.builder().reasoning(Reasoning.effort("low")).build())
			.tool("find_order", "Finds an order", Order.class, AgentOverHttpTests::find)
			.tool("quote_shipping", "Says what shipping costs", Place.class, (place) -> "4 EUR")
			.build();
		String question = "Where are 7 and 9?";
		return streamed ? agent.stream(question)
			.ofType(AgentEvent.Completed.class)
			.map(AgentEvent.Completed::response)
			.blockLast(WAIT) : agent.run(question).block(WAIT);
	}

	private static String find(Order order) {
		if (order.number() > 8) {
			throw new ToolException("There is no order " + order.number());
		}
		return "order " + order.number();
	}

	private Model model(WireProvider provider) {
		return this.providers.stream()
			.filter((candidate) -> candidate.type().equals(provider.type()))
			.findFirst()
			.orElseThrow()
			.create(provider.settings(this.server).build());
	}

	private static List<String> callIds(List<Message> messages) {
		return messages.stream()
			.filter(AssistantMessage.class::isInstance)
			.flatMap((message) -> ((AssistantMessage) message).toolCalls().stream())
			.map(ToolCall::id)
			.toList();
	}

	private static List<String> resultIds(List<Message> messages) {
		return messages.stream()
			.filter(ToolMessage.class::isInstance)
			.map((message) -> ((ToolMessage) message).toolCallId())
			.toList();
	}

	private static int count(String text, String part) {
		return (text.length() - text.replace(part, "").length()) / part.length();
	}

	/**
	 * The arguments of a tool.
	 *
	 * @param number the number of the order
	 */
	record Order(int number) {

	}

	/**
	 * The arguments of a tool.
	 *
	 * @param country where to ship to
	 */
	record Place(String country) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
