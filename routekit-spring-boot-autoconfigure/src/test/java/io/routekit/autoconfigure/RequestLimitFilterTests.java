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

package io.routekit.autoconfigure;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.routekit.AssistantPart;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelProvider;
import io.routekit.ModelResponse;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import io.routekit.fake.FakeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestLimitFilter} with all that can be a model.
 */
class RequestLimitFilterTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String[] LIMITS = { "routekit.provider.limit.messages=3", "routekit.provider.limit.parts=4",
			"routekit.provider.limit.tool-calls=2", "routekit.provider.limit.tools=1" };

	private final StringBuilder calls = new StringBuilder();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
		.withPropertyValues(LIMITS);

	static Stream<ApplicationContextRunner> models() {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
			.withPropertyValues(LIMITS);
		ApplicationContextRunner http = runner.withPropertyValues("routekit.provider.api-key=k",
				"routekit.provider.base-url=http://localhost:1", "routekit.provider.model=m",
				"routekit.provider.azure.deployment=m");
		return Stream.of(http.withPropertyValues("routekit.provider.type=openai"),
				http.withPropertyValues("routekit.provider.type=azure-openai"),
				http.withPropertyValues("routekit.provider.type=anthropic"),
				runner.withPropertyValues("routekit.provider.type=fake"),
				runner.withBean(ModelProvider.class, () -> new TestProvider("mine"))
					.withPropertyValues("routekit.provider.type=mine"),
				runner.withBean(Model.class, () -> (request) -> Mono.just(ModelResponse.of("own"))),
				runner.withBean(FakeModel.class, () -> FakeModel.of("own", "own")));
	}

	@ParameterizedTest
	@MethodSource("models")
	void refusesWhatIsTooMuchForAnyModel(ApplicationContextRunner runner) {
		runner.run((context) -> {
			Model model = context.getBean(Model.class);
			assertRefused(model, request(messages(4), 0),
					"The request has 4 messages, but at most 3 are allowed (routekit.provider.limit.messages)");
			assertRefused(model, request(messages(1), 2),
					"The request has 2 tools, but at most 1 are allowed (routekit.provider.limit.tools)");
			assertRefused(model, request(List.of(Message.user("Hi"), user(5)), 0),
					"'messages[1]' has 5 parts, but at most 4 are allowed (routekit.provider.limit.parts)");
			assertRefused(model, request(List.of(assistant(5, 0)), 0),
					"'messages[0]' has 5 parts, but at most 4 are allowed (routekit.provider.limit.parts)");
			assertRefused(model, request(List.of(assistant(0, 1), tool(5)), 0),
					"'messages[1]' has 5 parts, but at most 4 are allowed (routekit.provider.limit.parts)");
			assertRefused(model, request(List.of(assistant(1, 3)), 0),
					"'messages[0]' has 3 tool calls, but at most 2 are allowed (routekit.provider.limit.tool-calls)");
		});
	}

	private static void assertRefused(Model model, ChatRequest request, String message) {
		for (Publisher<?> call : List.of(model.chat(request), model.stream(request))) {
			ModelException failure = null;
			try {
				Flux.from(call).blockLast(LIMIT);
			}
			catch (ModelException ex) {
				failure = ex;
			}
			assertThat(failure).isNotNull().hasMessage(message);
			assertThat(failure.getKind()).isEqualTo(Kind.INVALID_REQUEST);
			assertThat(failure.isRetryable()).isFalse();
			assertThat(failure.getProvider()).isEqualTo(model.provider());
			assertThat(failure.getModel()).isNotNull();
		}
	}

	private static ChatRequest request(List<? extends Message> messages, int tools) {
		return ChatRequest.builder()
			.messages(messages)
			.tools(IntStream.range(0, tools).mapToObj((number) -> Tool.of("t" + number, "A tool", "{}")).toList())
			.build();
	}

	private static List<Message> messages(int count) {
		return Collections.nCopies(count, Message.user("Hi"));
	}

	private static Message user(int parts) {
		return new UserMessage(Collections.nCopies(parts, (ContentPart) new TextPart("Hi")));
	}

	private static Message tool(int parts) {
		return new ToolMessage("c0", Collections.nCopies(parts, (ContentPart) new TextPart("Hi")), false);
	}

	private static Message assistant(int texts, int toolCalls) {
		return Message
			.assistant(
					Stream
						.concat(Collections.nCopies(texts, new TextPart("Hi")).stream(),
								IntStream.range(0, toolCalls)
									.mapToObj((number) -> ToolCall.of("c" + number, "t", "{}")))
						.toArray(AssistantPart[]::new));
	}

	@Test
	void takesAsMuchAsIsAllowed() {
		this.runner.withPropertyValues("routekit.provider.type=fake").run((context) -> {
			Model model = context.getBean(Model.class);
			model.chat(request(messages(3), 1)).block(LIMIT);
			model.chat(request(List.of(user(4)), 0)).block(LIMIT);
			model.chat(request(List.of(assistant(2, 2)), 0)).block(LIMIT);
			assertThat(context.getBean(FakeModel.class).requests()).hasSize(3);
		});
	}

	@Test
	void asksTheModelNothing() {
		this.runner.withPropertyValues("routekit.provider.type=fake").run((context) -> {
			assertRefused(context.getBean(Model.class), request(messages(4), 0),
					"The request has 4 messages, but at most 3 are allowed (routekit.provider.limit.messages)");
			assertThat(context.getBean(FakeModel.class).requests()).isEmpty();
		});
	}

	@Test
	void isNextToTheModelSoThatFailuresAreMeteredLikeOthers() {
		this.runner.withPropertyValues("routekit.provider.type=fake")
			.withBean(CountingFilter.class, () -> new CountingFilter(this.calls))
			.run((context) -> {
				assertRefused(context.getBean(Model.class), request(messages(4), 0),
						"The request has 4 messages, but at most 3 are allowed (routekit.provider.limit.messages)");
				assertThat(this.calls).hasToString("cs");
			});
	}

	@Test
	void aNamedModelInheritsLimitsAndHasItsOwn() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.models.small.limit.messages=2")
			.run((context) -> {
				Model small = context.getBean("small", Model.class);
				assertRefused(small, request(messages(3), 0),
						"The request has 3 messages, but at most 2 are allowed (routekit.models.small.limit.messages)");
				assertRefused(small, request(messages(1), 2),
						"The request has 2 tools, but at most 1 are allowed (routekit.models.small.limit.tools)");
				context.getBean(Model.class).chat(request(messages(3), 0)).block(LIMIT);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "messages=0", "parts=-1", "tool-calls=1000001", "tools=0" })
	void wrongLimitFailsTheStartWithAModelBeanToo(String limit) {
		this.runner.withPropertyValues("routekit.provider.limit." + limit)
			.withBean(Model.class, () -> (request) -> Mono.just(ModelResponse.of("own")))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("'routekit.provider.limit.%s' must be positive"
					.formatted(limit.substring(0, limit.indexOf('=')))));
	}

	@Test
	void defaultsAreGenerous() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
			.withPropertyValues("routekit.provider.type=fake")
			.run((context) -> {
				Model model = context.getBean(Model.class);
				model.chat(request(messages(10_000), 1_000)).block(LIMIT);
				model.chat(request(List.of(user(10_000), assistant(0, 1_000)), 0)).block(LIMIT);
				assertRefused(model, request(messages(10_001), 0),
						"The request has 10001 messages, but at most 10000 are allowed (routekit.provider.limit.messages)");
			});
	}

}
