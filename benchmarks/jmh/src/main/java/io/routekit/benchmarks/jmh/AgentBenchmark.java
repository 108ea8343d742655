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

package io.routekit.benchmarks.jmh;

import java.util.ArrayList;
import java.util.List;

import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.ToolCall;
import io.routekit.Usage;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentRequest;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.AgentTool;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import reactor.core.publisher.Mono;

/**
 * What a run of an agent takes beside its model, which answers at once: each round but
 * the last one calls a tool that does nothing. What a round costs is the difference to
 * {@link #calls}, by the number of rounds.
 */
@State(Scope.Thread)
public class AgentBenchmark {

	private static final String TOOL = "find_order";

	@Param({ "1", "3" })
	private int rounds;

	private Model model;

	private Agent agent;

	private AgentRequest question;

	private List<ChatRequest> requests;

	/**
	 * Make the agent, and the requests that it makes.
	 */
	@Setup
	public void setUp() {
		this.model = new ReadyModel(2 * this.rounds - 1);
		this.question = AgentRequest.of("Where is order 7?");
		this.agent = Agent.builder(this.model)
			.tools(AgentTool.builder(TOOL, Order.class)
				.description("Finds an order")
				.function((order) -> "shipped")
				.nonBlocking())
			.build();
		this.requests = requests();
	}

	private List<ChatRequest> requests() {
		List<Message> conversation = new ArrayList<>(this.question.messages());
		List<ChatRequest> requests = new ArrayList<>();
		for (int round = 0; round < this.rounds; round++) {
			requests.add(
					ChatRequest.builder().messages(conversation).tools(this.agent.tools().get(0).definition()).build());
			conversation.add(ReadyModel.CALL.toMessage());
			conversation.add(Message.tool("call_1", "shipped"));
		}
		return requests;
	}

	/**
	 * Call the model alone, with the same requests.
	 * @param answers takes the answers
	 */
	@Benchmark
	public void calls(Blackhole answers) {
		for (ChatRequest request : this.requests) {
			answers.consume(this.model.chat(request).block());
		}
	}

	@Benchmark
	public @Nullable AgentResponse run() {
		return this.agent.run(this.question).block();
	}

	@Benchmark
	public @Nullable AgentEvent stream() {
		return this.agent.stream(this.question).blockLast();
	}

	/**
	 * The arguments of the tool.
	 *
	 * @param number the number of the order
	 */
	record Order(int number) {

	}

	/**
	 * A model whose answers are there.
	 *
	 * @param last how many messages the last request has
	 */
	private record ReadyModel(int last) implements Model {

		static final ModelResponse CALL = ModelResponse.builder()
			.parts(List.of(ToolCall.of("call_1", TOOL, "{\"number\":7}")))
			.usage(Usage.of(1200, 300))
			.build();

		private static final Mono<ModelResponse> call = Mono.just(CALL);

		private static final Mono<ModelResponse> answer = Mono
			.just(ModelResponse.of("It is shipped.").mutate().usage(Usage.of(1200, 300)).build());

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			return (request.messages().size() < this.last) ? call : answer;
		}

	}

}
