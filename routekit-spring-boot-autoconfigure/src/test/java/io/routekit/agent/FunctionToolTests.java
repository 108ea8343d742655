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

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.routekit.ContentPart;
import io.routekit.FilePart;
import io.routekit.ImagePart;
import io.routekit.JsonFaultsException;
import io.routekit.Message;
import io.routekit.ToolCall;
import io.routekit.fake.FakeModel;
import io.routekit.http.TestCalls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FunctionTool}.
 */
class FunctionToolTests {

	private static final String TENANT = "tenant";

	private static final ThreadLocal<@Nullable String> tenant = new ThreadLocal<>();

	@BeforeEach
	void register() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(TENANT, tenant);
		ContextRegistry.getInstance()
			.registerThreadLocalAccessor("mdc", () -> MDC.get(TENANT), (value) -> MDC.put(TENANT, value),
					() -> MDC.remove(TENANT));
	}

	@AfterEach
	void remove() {
		ContextRegistry.getInstance().removeThreadLocalAccessor(TENANT);
		ContextRegistry.getInstance().removeThreadLocalAccessor("mdc");
	}

	@Test
	void modelIsToldOfTheTool() {
		AgentTool tool = tool().description("Finds an order").function((in) -> in).build();

		assertThat(tool.definition().name()).isEqualTo("find_order");
		assertThat(tool.definition().description()).isEqualTo("Finds an order");
		assertThat(tool.definition().parameters()).contains("\"number\"");
		assertThat(tool.definition().strict()).isNull();
		assertThat(tool).hasToString("FunctionTool[find_order]");
	}

	@Test
	void strictToolHasAStrictSchema() {
		AgentTool tool = tool().strict().function((in) -> in).build();

		assertThat(tool.definition().strict()).isTrue();
		assertThat(tool.definition().parameters()).contains("\"additionalProperties\":false");
	}

	@Test
	void toolIsNotStrictWhereNoStrictSchemaCanTellItsArguments() {
		AgentTool tool = AgentTool.builder("tag", Tags.class).strict().function((in) -> in).build();

		assertThat(tool.definition().strict()).isNull();
	}

	@ParameterizedTest
	@MethodSource("results")
	void modelIsToldWhateverTheFunctionReturns(Object value, ToolResult expected) {
		assertThat(call(tool().function((in) -> value).build())).isEqualTo(expected);
		assertThat(call(tool().function((in) -> value).nonBlocking().build())).isEqualTo(expected);
		assertThat(call(tool().function((in) -> Mono.just(value)).build())).isEqualTo(expected);
		assertThat(call(tool().function((in) -> CompletableFuture.completedFuture(value)).build())).isEqualTo(expected);
	}

	static Stream<Arguments> results() {
		ContentPart image = ImagePart.ofUrl("https://example.org/a.png");
		ContentPart file = FilePart.ofBytes("a.txt", new byte[] { 1 }, "text/plain");
		ToolResult error = ToolResult.error("no");
		return Stream.of(Arguments.of("plain \"text\"", ToolResult.of("plain \"text\"")),
				Arguments.of(new StringBuilder("text"), ToolResult.of("text")), Arguments.of(7, ToolResult.of("7")),
				Arguments.of(true, ToolResult.of("true")), Arguments.of(new BigDecimal("1.50"), ToolResult.of("1.50")),
				Arguments.of(LocalDate.EPOCH, ToolResult.of("\"1970-01-01\"")),
				Arguments.of(new Order(7), ToolResult.of("{\"number\":7}")),
				Arguments.of(List.of(new Order(7)), ToolResult.of("[{\"number\":7}]")),
				Arguments.of(Collections.emptyList(), ToolResult.of("[]")),
				Arguments.of(Map.of("a", 1), ToolResult.of("{\"a\":1}")),
				Arguments.of(new int[] { 1, 2 }, ToolResult.of("[1,2]")),
				Arguments.of(new byte[] { 1 }, ToolResult.of("\"AQ==\"")),
				Arguments.of(Optional.of("text"), ToolResult.of("text")), Arguments.of(error, error),
				Arguments.of(image, new ToolResult(List.of(image), false)),
				Arguments.of(List.of(image, file), new ToolResult(List.of(image, file), false)),
				Arguments.of(Thread.State.NEW, ToolResult.of("\"NEW\"")));
	}

	@Test
	void elementsOfAPublisherOrAStreamAreAList() {
		assertThat(call(tool().function((in) -> Flux.just(1, 2)).build())).isEqualTo(ToolResult.of("[1,2]"));
		assertThat(call(tool().function((in) -> Stream.of(1, 2)).build())).isEqualTo(ToolResult.of("[1,2]"));
		assertThat(call(tool().function((in) -> Flux.empty()).build())).isEqualTo(ToolResult.of("[]"));
	}

	@Test
	void endlessPublisherAndStreamAreCutAndCancelled() {
		AtomicBoolean cancelled = new AtomicBoolean();
		AtomicBoolean closed = new AtomicBoolean();
		String expected = IntStream.range(0, 1000).boxed().toList().toString().replace(" ", "")
				+ "\n[There are more; these are the first 1000]";

		assertThat(call(
				tool().function((in) -> Flux.range(0, Integer.MAX_VALUE).doOnCancel(() -> cancelled.set(true))).build())
			.text()).isEqualTo(expected);
		assertThat(
				call(tool().function((in) -> IntStream.iterate(0, (i) -> i + 1).boxed().onClose(() -> closed.set(true)))
					.build()).text())
			.isEqualTo(expected);
		assertThat(cancelled).isTrue();
		assertThat(closed).isTrue();
	}

	@Test
	void thereMayBeNoResult() {
		for (Object nothing : Arrays.asList(null, Mono.empty(), CompletableFuture.completedFuture(null),
				Optional.empty(), Mono.just(Optional.empty()))) {
			assertThat(tool().function((in) -> nothing).build().call(context("acme")).blockOptional(TestCalls.LIMIT))
				.isEmpty();
		}
	}

	@Test
	void argumentsThatDoNotFitDoNotReachTheFunction() {
		AgentTool tool = tool().function((in) -> {
			throw new AssertionError("It runs");
		}).build();

		assertThatExceptionOfType(JsonFaultsException.class)
			.isThrownBy(() -> tool.call(context("acme", "{\"number\":\"x\"}")).block(TestCalls.LIMIT));
	}

	@Test
	void functionGetsTheContextToo() {
		AgentTool tool = tool().function((in, context) -> in.number() + " " + context.attributes().get(TENANT)).build();

		assertThat(call(tool)).isEqualTo(ToolResult.of("7 acme"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void functionSeesWhatThreadsCarry(boolean nonBlocking) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler((context) -> true);
		Observation observation = Observation.start("run", registry);
		AgentTool.Builder<Order> tool = tool().function((in) -> Arrays.asList(tenant.get(), MDC.get(TENANT),
				registry.getCurrentObservation() == observation, Schedulers.isInNonBlockingThread()));
		AgentTool built = nonBlocking ? tool.nonBlocking().build() : tool.build();

		ToolResult result = built.call(context("acme"))
			.contextWrite((context) -> context.put(TENANT, "acme")
				.put("mdc", "acme")
				.put(ObservationThreadLocalAccessor.KEY, observation))
			.subscribeOn(Schedulers.parallel())
			.blockOptional(TestCalls.LIMIT)
			.orElseThrow();

		assertThat(result.text()).isEqualTo("[\"acme\",\"acme\",true,%s]".formatted(nonBlocking));
	}

	@Test
	void tenantsNeverMix() {
		AgentTool tool = tool().function((in, context) -> context.attributes().get(TENANT) + " " + tenant.get())
			.build();
		ToolRunner runner = new ToolRunner(List.of(tool), Collections.emptyList(), 8, 1000);

		List<String> mixed = Flux.range(0, 1000).flatMap((i) -> {
			String name = "tenant-" + i % 2;
			return runner
				.run(List.of(ToolCall.of("c1", "find_order", "{\"number\":1}"),
						ToolCall.of("c2", "find_order", "{\"number\":2}")), run(name), 1)
				.ofType(AgentEvent.ToolFinished.class)
				.map((event) -> event.step().result().text())
				.filter((text) -> !text.equals(name + " " + name))
				.contextWrite((context) -> context.put(TENANT, name))
				.subscribeOn(Schedulers.parallel());
		}, 1000).collectList().blockOptional(TestCalls.LIMIT).orElseThrow();

		assertThat(mixed).isEmpty();
	}

	@Test
	void subscriberDoesNotWaitForCodeThatMayBlock() {
		Queue<Runnable> tasks = new ArrayDeque<>();
		List<String> seen = new ArrayList<>();
		AgentTool tool = tool().scheduler(Schedulers.fromExecutor(tasks::add))
			.function((in) -> seen.add("function"))
			.build();

		tool.call(context("acme")).subscribe((result) -> seen.add("result"));
		seen.add("subscribed");
		tasks.remove().run();

		assertThat(seen).containsExactly("subscribed", "function", "result");
	}

	@Test
	void resultIsWrittenWhereTheFunctionRan() {
		AtomicReference<Thread> function = new AtomicReference<>();
		AtomicReference<Thread> written = new AtomicReference<>();
		AgentTool tool = tool().function((in) -> {
			function.set(Thread.currentThread());
			return new Lazy(written);
		}).build();

		assertThat(call(tool)).isEqualTo(ToolResult.of("{\"number\":7}"));
		assertThat(written.get()).isSameAs(function.get()).isNotSameAs(Thread.currentThread());
	}

	@Test
	void schedulerThatTakesNoMoreFailsTheCall() {
		Scheduler scheduler = Schedulers.newSingle("closed");
		scheduler.dispose();
		AgentTool tool = tool().scheduler(scheduler).function((in) -> in).build();

		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> tool.call(context("acme")).block(TestCalls.LIMIT));
	}

	@Test
	void callsNeedApprovalByWhatTheyAsk() {
		List<Integer> asked = new ArrayList<>();
		AgentTool tool = tool().approval((in, context) -> {
			asked.add(in.number());
			return in.number() > 5 && "acme".equals(context.attributes().get(TENANT));
		}).function((in) -> in).build();

		assertThat(tool.needsApproval(context("acme"))).isTrue();
		assertThat(tool.needsApproval(context("other"))).isFalse();
		assertThat(tool.needsApproval(context("acme", "{\"number\":1}"))).isFalse();
		assertThat(asked).containsExactly(7, 7, 1);
	}

	@Test
	void callThatCannotRunNeedsNoApproval() {
		AgentTool tool = tool().approval().function((in) -> in).build();

		assertThat(tool.needsApproval(context("acme"))).isTrue();
		assertThat(tool.needsApproval(context("acme", "{\"number\":\"x\"}"))).isFalse();
	}

	@Test
	void builderSaysHowTheToolRuns() {
		AgentTool tool = tool().serial().timeout(Duration.ofSeconds(5)).function((in) -> in).build();

		assertThat(tool.isSerial()).isTrue();
		assertThat(tool.timeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(tool.needsApproval(context("acme"))).isFalse();
	}

	@Test
	void refusesWhatMakesNoTool() {
		assertThatIllegalStateException().isThrownBy(() -> tool().build()).withMessage("'function' must be set");
		assertThatIllegalArgumentException().isThrownBy(() -> tool().timeout(Duration.ZERO))
			.withMessage("'timeout' must be positive");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> AgentTool.builder("find it", Order.class).function((in) -> in).build())
			.withMessageContaining("find it");
	}

	private static AgentTool.Builder<Order> tool() {
		return AgentTool.builder("find_order", Order.class);
	}

	private static ToolResult call(AgentTool tool) {
		return tool.call(context("acme")).blockOptional(TestCalls.LIMIT).orElseThrow();
	}

	private static ToolContext context(String tenant) {
		return context(tenant, "{\"number\":7}");
	}

	private static ToolContext context(String tenant, String arguments) {
		return new ToolContext(ToolCall.of("c1", "find_order", arguments), run(tenant), 1);
	}

	private static AgentRun run(String tenant) {
		return new AgentRun("run_1", "desk", FakeModel.of("ok"),
				AgentRequest.builder().messages(List.of(Message.user("Hi"))).attribute(TENANT, tenant).build(),
				Collections.emptyList());
	}

	record Order(int number) {
	}

	record Tags(Map<String, String> tags) {
	}

	/**
	 * Has a member that is found when it is written.
	 */
	public static final class Lazy {

		private final AtomicReference<Thread> thread;

		Lazy(AtomicReference<Thread> thread) {
			this.thread = thread;
		}

		public int getNumber() {
			this.thread.set(Thread.currentThread());
			return 7;
		}

	}

}
