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

import java.time.Duration;

import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.StreamEvent;
import io.routekit.agent.Agent;
import io.routekit.trace.RecordingMismatchException;
import io.routekit.trace.Recordings;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;

import static io.routekit.test.RouteKitAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Recorded}, which read what was recorded of the fake model.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "routekit.provider.type=openai", "routekit.provider.model=gpt-5-mini" })
@Recorded("greeting")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecordedTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@Autowired
	private Model model;

	@Autowired
	private Recordings recordings;

	@Test
	@Order(1)
	void recordingOfTheClassAnswers() {
		assertThat(this.model.chat("Hi").block(TIMEOUT).content()).isEqualTo("Hello");
	}

	@Test
	@Order(2)
	void recordingOfTheClassGoesOn() {
		assertThat(this.recordings.unused()).hasSize(1);
		assertThat(this.model.chat("Hi").block(TIMEOUT).content()).isEqualTo("Hello again");
	}

	@RepeatedTest(2)
	@Order(3)
	@Recorded("counting")
	void recordingOfTheMethodAnswers(RepetitionInfo repetition) {
		String text = String.join("",
				this.model.stream("Count").transform(StreamEvent::text).collectList().block(TIMEOUT));
		assertThat(text).isEqualTo((repetition.getCurrentRepetition() == 1) ? "one two" : "three four");
	}

	@Test
	@Order(4)
	@Recorded("missing")
	void nothingAnswersWithoutARecording() {
		assertThatExceptionOfType(RecordingMismatchException.class)
			.isThrownBy(() -> this.model.chat(ChatRequest.of(Message.user("Hi").text())).block(TIMEOUT))
			.withMessageContaining("missing.jsonl")
			.withMessageContaining("routekit.recording.mode=record");
	}

	@Test
	@Order(5)
	@Recorded("order")
	void recordingAnswersTheRoundsOfAnAgent() {
		Agent agent = Agent.builder(this.model)
			.tool("find_order", "Finds an order", OrderNumber.class, (order) -> new State(order.number(), "shipped"))
			.build();
		assertThat(agent.run("Where is order 7?").block(TIMEOUT)).isDone()
			.hasRounds(2)
			.hasCalledTool("find_order", "{\"number\":7}")
			.hasContent("It is shipped.");
		assertThat(this.recordings.unused()).isEmpty();
	}

	/**
	 * The arguments of a tool.
	 *
	 * @param number the number of the order
	 */
	record OrderNumber(int number) {

	}

	/**
	 * The result of a tool.
	 *
	 * @param number the number of the order
	 * @param state how far it is
	 */
	record State(int number, String state) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
