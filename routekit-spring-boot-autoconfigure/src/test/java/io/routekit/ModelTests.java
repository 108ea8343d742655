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
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.routekit.fake.FakeModel;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Model}.
 */
class ModelTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final List<Message> MESSAGES = List.of(Message.user("Hi"));

	private static final Tool TOOL = Tool.of("find", "Finds", "{}");

	private final FakeModel model = FakeModel.of("Hello");

	@ParameterizedTest
	@MethodSource("invalid")
	void whatMakesNoRequestIsSignalled(Function<Model, Publisher<?>> call) {
		Publisher<?> answer = call.apply(this.model);

		StepVerifier.create(answer)
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(IllegalArgumentException.class)
				.message()
				.matches("'(messages|tools|text)' must not (be null|be empty|contain null elements)"))
			.verify(LIMIT);
		assertThat(this.model.requests()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("unfit")
	void whatDoesNotFitTogetherIsSignalled(Function<Model, Publisher<?>> call) {
		Publisher<?> answer = call.apply(this.model);

		StepVerifier.create(answer)
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOfSatisfying(ModelException.class,
					(ex) -> assertThat(ex.getKind()).isEqualTo(ModelException.Kind.INVALID_REQUEST)))
			.verify(LIMIT);
		assertThat(this.model.requests()).isEmpty();
	}

	@SuppressWarnings({ "NullAway", "DataFlowIssue" }) // What a caller without NullAway
														// does
	static Stream<Named<Function<Model, Publisher<?>>>> invalid() {
		return Stream.of(call("chat without text", (model) -> model.chat((String) null)),
				call("chat without list", (model) -> model.chat((List<Message>) null)),
				call("chat without messages", (model) -> model.chat(Collections.emptyList())),
				call("chat with tools, without messages",
						(model) -> model.chat(Collections.emptyList(), List.of(TOOL))),
				call("chat without tools", (model) -> model.chat(MESSAGES, null)),
				call("stream without text", (model) -> model.stream((String) null)),
				call("stream without list", (model) -> model.stream((List<Message>) null)),
				call("stream without messages", (model) -> model.stream(Collections.emptyList())),
				call("stream with tools, without messages",
						(model) -> model.stream(Collections.emptyList(), List.of(TOOL))),
				call("stream without tools", (model) -> model.stream(MESSAGES, null)));
	}

	static Stream<Named<Function<Model, Publisher<?>>>> unfit() {
		List<Tool> twice = List.of(TOOL, TOOL);
		List<Message> answered = List.of(Message.tool("call_1", "4"));
		return Stream.of(call("chat with two tools of a name", (model) -> model.chat(MESSAGES, twice)),
				call("chat with a result of no call", (model) -> model.chat(answered)),
				call("stream with two tools of a name", (model) -> model.stream(MESSAGES, twice)),
				call("stream with a result of no call", (model) -> model.stream(answered)));
	}

	private static Named<Function<Model, Publisher<?>>> call(String name, Function<Model, Publisher<?>> call) {
		return Named.of(name, call);
	}

}
