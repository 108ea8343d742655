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

package io.routekit;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelCall}.
 */
class ModelCallTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofSeconds(10);

	private static final Duration LONG = Duration.ofSeconds(20);

	private final WatchedCalls watched = new WatchedCalls();

	private final Model answer = ((Model) (request) -> Mono.just(ModelResponse.of("Hello")))
		.filter(this.watched.filter());

	@Test
	void thereIsNoneOutsideOfACall() {
		assertThat(ModelCall.from(Context.empty())).isNull();
	}

	@Test
	void knowsTheNameAndTheRequestOfTheCaller() {
		Model tagged = this.answer.filter(ModelFilter.ofRequest((request) -> request.mutate().tag("a", "b").build()));
		ChatRequest request = ChatRequest.of("Hi");
		ModelCall.model("fast", null, tagged).chat(request).block(LIMIT);
		ModelCall.model("fast", null, tagged).stream(request).blockLast(LIMIT);
		assertThat(this.watched.calls()).extracting(ModelCall::name).containsExactly("fast", "fast");
		assertThat(this.watched.calls()).extracting(ModelCall::request).containsExactly(request, request);
		assertThat(this.watched.calls()).extracting(ModelCall::isStreaming).containsExactly(false, true);
	}

	@Test
	void beginsAnewWithEachSubscription() {
		Mono<ModelResponse> call = ModelCall.model("fast", Timeouts.defaults(), this.answer).chat("Hi");
		call.block(LIMIT);
		call.block(LIMIT);
		assertThat(this.watched.calls()).doesNotHaveDuplicates().hasSize(2);
		assertThat(this.watched.calls().get(0).deadline()).isNotSameAs(this.watched.calls().get(1).deadline());
	}

	@Test
	void aFilterFindsTheModelThatItSurrounds() {
		Model tagging = ((Model) (request) -> Mono.just(ModelResponse.of(request.tags().get("model"))))
			.filter(ModelFilter.ofRequest(
					(request, context) -> request.mutate().tag("model", ModelCall.from(context).name()).build()));
		assertThat(ModelCall.model("fast", null, tagging).chat("Hi").block(LIMIT).content()).isEqualTo("fast");
		assertThat(ModelCall.model("large", null, tagging)
			.stream("Hi")
			.ofType(StreamEvent.Text.class)
			.blockFirst(LIMIT)
			.text()).isEqualTo("large");
	}

	@Test
	void callOfAModelWithinAnotherOneHasItsParent() {
		Model inner = ModelCall.model("inner", null, this.answer);
		Model outer = ModelCall.routing("outer", inner);
		Model outermost = ModelCall.model("outermost", null, outer);
		outermost.chat("Hi").block(LIMIT);
		ModelCall call = this.watched.calls().get(0);
		assertThat(call.name()).isEqualTo("inner");
		assertThat(call.isRouting()).isFalse();
		assertThat(call.isDelegating()).isFalse();
		assertThat(call.parent().name()).isEqualTo("outer");
		assertThat(call.parent().isRouting()).isTrue();
		assertThat(call.parent().isDelegating()).isTrue();
		assertThat(call.parent().parent().isDelegating()).isTrue();
		assertThat(call.parent().parent().parent()).isNull();
	}

	@Test
	void hasTheRoundOfTheAgentThatMakesItAndSoDoTheCallsWithin() {
		AgentRound round = new AgentRound("run-1", "desk", 2);
		Model route = ModelCall.routing("outer", ModelCall.model("inner", null, this.answer));
		route.chat("Hi").contextWrite((context) -> context.put(AgentRound.class, round)).block(LIMIT);
		this.answer.chat("Hi").contextWrite((context) -> context.put(AgentRound.class, round)).block(LIMIT);
		route.chat("Hi").block(LIMIT);
		assertThat(this.watched.calls()).extracting(ModelCall::agentRound).containsExactly(round, round, null);
		assertThat(this.watched.calls().get(0).parent().agentRound()).isEqualTo(round);
	}

	@ParameterizedTest
	@MethodSource("deadlines")
	void hasTheEarliestDeadline(Timeouts outer, Timeouts inner, Timeouts request, Duration chat, Duration stream) {
		Model model = ModelCall.model("outer", outer, ModelCall.model("inner", inner, this.answer));
		ChatRequest timed = (request != null)
				? ChatRequest.of("Hi").withOptions(ChatOptions.builder().timeouts(request).build())
				: ChatRequest.of("Hi");
		model.chat(timed).block(LIMIT);
		model.stream(timed).blockLast(LIMIT);
		List<Duration> totals = this.watched.calls()
			.stream()
			.map(ModelCall::deadline)
			.map((deadline) -> (deadline != null) ? deadline.timeout() : Duration.ZERO)
			.toList();
		assertThat(totals).containsExactly(chat, stream);
	}

	static Stream<Object[]> deadlines() {
		Timeouts none = Timeouts.defaults();
		Timeouts ten = Timeouts.builder().total(SHORT).build();
		Timeouts twenty = Timeouts.builder().total(LONG).build();
		Duration whole = Timeouts.defaults().chatTotal();
		return Stream.of(new Object[] { null, null, null, Duration.ZERO, Duration.ZERO },
				new Object[] { null, none, null, whole, Duration.ZERO }, new Object[] { null, ten, null, SHORT, SHORT },
				new Object[] { twenty, ten, null, SHORT, SHORT }, new Object[] { ten, twenty, null, SHORT, SHORT },
				new Object[] { ten, null, null, SHORT, SHORT }, new Object[] { null, ten, twenty, LONG, LONG },
				new Object[] { null, null, twenty, LONG, LONG },
				new Object[] { ten, twenty, Timeouts.builder().idle(SHORT).build(), SHORT, SHORT });
	}

	@Test
	void knowsTheLastThatWasTold() {
		Model telling = TestModels.streaming(Flux.deferContextual((context) -> {
			ModelCall call = ModelCall.from(context);
			assertThat(call.response()).isNull();
			call.update(ModelResponse.of("a"));
			call.update(ModelResponse.of("b"));
			return Flux.error(new IllegalStateException("broken"));
		})).filter(this.watched.filter());
		telling.stream("Hi").onErrorComplete().blockLast(LIMIT);
		assertThat(this.watched.known().content()).isEqualTo("b");
	}

	@Test
	void printsNoPrompt() {
		ModelCall.model("fast", null, this.answer).chat("secret prompt").block(LIMIT);
		assertThat(this.watched.calls().get(0)).hasToString("ModelCall[name=fast, streaming=false]");
	}

}
