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

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.ToolMessage;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.http.TestCalls;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that runs at the same time have nothing to do with each other.
 */
class ConcurrentRunsTests {

	private static final int RUNS = 1000;

	private static final String TENANT = "tenant";

	private final AtomicInteger waiting = new AtomicInteger();

	private final Sinks.Empty<Void> allWait = Sinks.empty();

	@Test
	void thousandRunsAtOnceDoNotMixTheirTenants() {
		FakeModel model = FakeModel.builder().respondWith(ConcurrentRunsTests::answer).build();
		Agent agent = Agent.builder(model).tools(TestTool.of("who_am_i", this::whoAmI)).build();

		List<AgentResponse> responses = Flux.range(0, RUNS)
			.flatMapSequential((number) -> agent.run(request(number))
				.contextWrite((context) -> context.put(TENANT, tenant(number))), RUNS)
			.collectList()
			.block(TestCalls.LIMIT);

		assertThat(responses).hasSize(RUNS).extracting(AgentResponse::run).doesNotHaveDuplicates();
		for (int number = 0; number < RUNS; number++) {
			AgentResponse response = responses.get(number);
			String own = "%1$s %1$s %1$s %2$s".formatted(tenant(number), number);
			assertThat(response.messages().get(0)).isEqualTo(Message.user(String.valueOf(number)));
			assertThat(response.steps()).extracting((step) -> step.result().text()).containsExactly(own, own, own);
			assertThat(response.content()).isEqualTo(own);
			assertThat(response.rounds()).isEqualTo(3);
		}
	}

	private static String tenant(int number) {
		return (number % 2 == 0) ? "acme" : "umbrella";
	}

	private static AgentRequest request(int number) {
		return AgentRequest.builder()
			.messages(Message.user(String.valueOf(number)))
			.attribute(TENANT, tenant(number))
			.tag(TENANT, tenant(number))
			.build();
	}

	private static FakeResponse answer(ChatRequest request) {
		long results = request.messages().stream().filter(ToolMessage.class::isInstance).count();
		if (results == 3) {
			return FakeResponse.text(request.messages().get(request.messages().size() - 1).text());
		}
		FakeResponse call = FakeResponse.toolCall("who_am_i", "{}");
		return (results == 0) ? call.thenToolCall("who_am_i", "{}") : call;
	}

	// No run goes on before all of them run tools
	private Mono<ToolResult> whoAmI(ToolContext context) {
		return Mono.deferContextual((view) -> {
			if (context.round() == 1 && this.waiting.incrementAndGet() == 2 * RUNS) {
				this.allWait.tryEmitEmpty();
			}
			return this.allWait.asMono()
				.publishOn(Schedulers.parallel())
				.then(Mono.fromCallable(() -> ToolResult.of("%s %s %s %s".formatted(context.attributes().get(TENANT),
						context.tags().get(TENANT), view.get(TENANT), numberOf(context)))));
		});
	}

	private static String numberOf(ToolContext context) {
		return context.run().request().messages().get(0).text();
	}

}
