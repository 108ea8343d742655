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

package io.routekit.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.ObservationContextAssert;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.routekit.ChatOptions;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.Usage;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentException;
import io.routekit.agent.AgentFilter;
import io.routekit.agent.AgentRequest;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.AgentRun;
import io.routekit.agent.ToolResult;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AgentObservationFilter}, {@link AgentMeterObservationHandler} and
 * {@link AgentContentObservationFilter}.
 */
class AgentObservationFilterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String RUN = "gen_ai.invoke_agent.duration";

	private static final String TOOL = "gen_ai.execute_tool.duration";

	private static final FakeResponse CALL = FakeResponse.toolCall("find", "{\"number\":7}").withUsage(Usage.of(10, 3));

	private static final FakeResponse ANSWER = FakeResponse.text("It is shipped").withUsage(Usage.of(20, 5));

	private final MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final BoundedTags tags = new BoundedTags();

	private final SecretRedactor secrets = new SecretRedactor();

	private final FakeModel model = FakeModel.builder().build();

	private final MeteringFilter metering = new MeteringFilter(this.observations, null,
			new DefaultModelObservationConvention(), this.tags, this.secrets);

	private final TestTool find = new TestTool("find", Mono.just(ToolResult.of("shipped")));

	AgentObservationFilterTests() {
		this.observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new AgentMeterObservationHandler(this.meters, this.tags));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void runAndToolsAreTimedWithTheKeysOfTheConventions(boolean streaming) {
		this.model.respondWith(CALL, ANSWER);

		run(agent(this.find), streaming);

		assertThat(this.meters.get(RUN)
			.tag("gen_ai.operation.name", "invoke_agent")
			.tag("gen_ai.agent.name", "desk")
			.tag("gen_ai.provider.name", "fake")
			.tag("gen_ai.request.model", this.model.name())
			.tag("routekit.outcome", "success")
			.tag("routekit.agent.stop", "done")
			.tag("error.type", "none")
			.timer()
			.count()).isOne();
		assertThat(this.meters.get(TOOL)
			.tag("gen_ai.operation.name", "execute_tool")
			.tag("gen_ai.agent.name", "desk")
			.tag("gen_ai.tool.name", "find")
			.tag("gen_ai.tool.type", "function")
			.tag("routekit.outcome", "success")
			.tag("error.type", "none")
			.timer()
			.count()).isOne();
		assertThat(this.meters.get("routekit.agent.rounds").summary().totalAmount()).isEqualTo(2);
		assertThat(this.meters.get("routekit.agent.tool.calls").summary().totalAmount()).isEqualTo(1);
	}

	@Test
	void namesInPrometheus() {
		this.model.respondWith(CALL, ANSWER);

		run(agent(this.find), false);

		assertThat(((PrometheusMeterRegistry) this.meters).scrape()).contains(
				"gen_ai_invoke_agent_duration_seconds_count{error=\"none\",error_type=\"none\",gen_ai_agent_name=\"desk\"",
				"gen_ai_execute_tool_duration_seconds_count{error=\"none\",error_type=\"none\",gen_ai_agent_name=\"desk\"",
				"gen_ai_tool_name=\"find\",gen_ai_tool_type=\"function\"", "routekit_agent_rounds_count{",
				"routekit_agent_rounds_sum{", "routekit_agent_tool_calls_sum{");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void runIsTheParentOfTheCallsOfModelsAndTools(boolean streaming) {
		this.model.respondWith(CALL, CALL, ANSWER);
		Observation request = Observation.start("request", this.observations);

		request.scoped(() -> {
			run(agent(this.find), streaming);
			assertThat(this.observations.getCurrentObservation()).isSameAs(request);
		});
		request.stop();

		assertTree(request);
	}

	@Test
	void parentIsTheObservationInTheContextOfTheSubscriber() {
		this.model.respondWith(CALL, CALL, ANSWER);
		Observation request = Observation.start("request", this.observations);
		Observation another = Observation.start("another", this.observations);

		another.scoped(() -> agent(this.find).stream("Where is 7?")
			.contextWrite((context) -> context.put(ObservedSubscription.CONTEXT_KEY, request))
			.subscribeOn(Schedulers.parallel())
			.blockLast(TIMEOUT));
		another.stop();
		request.stop();

		assertTree(request);
	}

	private void assertTree(Observation request) {
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasNumberOfObservationsWithNameEqualTo(RUN, 1)
			.hasNumberOfObservationsWithNameEqualTo(TOOL, 2)
			.hasNumberOfObservationsWithNameEqualTo("gen_ai.client.operation.duration", 3)
			.forAllObservationsWithNameEqualTo(RUN, (run) -> run.hasParentObservationEqualTo(request))
			.forAllObservationsWithNameEqualTo(TOOL, AgentObservationFilterTests::isPartOfTheRun)
			.forAllObservationsWithNameEqualTo("gen_ai.client.operation.duration",
					AgentObservationFilterTests::isPartOfTheRun);
	}

	private static void isPartOfTheRun(ObservationContextAssert<?> observation) {
		observation.satisfies((context) -> {
			ObservationView parent = context.getParentObservation();
			assertThat(parent).isNotNull();
			assertThat(parent.getContextView().getName()).isEqualTo(RUN);
		});
	}

	@Test
	void spanOfARunHasItsUsageAndNoContent() {
		this.model.respondWith(CALL, ANSWER);

		AgentResponse response = run(agent(this.find), false);

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo(RUN)
			.that()
			.hasContextualNameEqualTo("invoke_agent desk")
			.hasHighCardinalityKeyValue("routekit.agent.run", response.run())
			.hasHighCardinalityKeyValue("routekit.agent.rounds", "2")
			.hasHighCardinalityKeyValue("routekit.agent.tool.calls", "1")
			.hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "stop")
			.hasHighCardinalityKeyValue("gen_ai.usage.input_tokens", "30")
			.hasHighCardinalityKeyValue("gen_ai.usage.output_tokens", "8");
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo(TOOL)
			.that()
			.hasContextualNameEqualTo("execute_tool find")
			.hasHighCardinalityKeyValue("gen_ai.tool.call.id", response.steps().get(0).call().id())
			.hasHighCardinalityKeyValue("routekit.agent.run", response.run())
			.hasHighCardinalityKeyValue("routekit.agent.round", "1");
		assertThat(allKeyValues()).doesNotContain("shipped", "Where is 7", "number");
	}

	// Micrometer's assertions are of a raw type
	@SuppressWarnings("unchecked")
	private String allKeyValues() {
		StringBuilder all = new StringBuilder();
		TestObservationRegistryAssert.assertThat(this.observations)
			.forAllObservationsWithNameEqualTo(RUN, (run) -> run.satisfies((context) -> all.append(context)))
			.forAllObservationsWithNameEqualTo(TOOL, (tool) -> tool.satisfies((context) -> all.append(context)));
		return all.toString();
	}

	@Test
	void contentIsRecordedIfAskedForAfterBothRedactors() {
		this.secrets.add("top-secret-key");
		this.observations.observationConfig()
			.observationFilter(new AgentContentObservationFilter(this.secrets,
					(content) -> content.replace("visa-card", "[card]")));
		this.model.respondWith(FakeResponse.toolCall("find", "{\"card\":\"visa-card\"}"), ANSWER);

		run(agent(new TestTool("find", Mono.just(ToolResult.of("paid by visa-card and top-secret-key")))), false);

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo(TOOL)
			.that()
			.hasHighCardinalityKeyValue("gen_ai.tool.call.result", "paid by [card] and ***")
			.hasHighCardinalityKeyValueWithKey("gen_ai.tool.call.arguments");
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo(RUN)
			.that()
			.hasHighCardinalityKeyValue("gen_ai.input.messages",
					"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Where is 7?\"}]}]")
			.hasHighCardinalityKeyValueWithKey("gen_ai.output.messages")
			.hasHighCardinalityKeyValueWithKey("gen_ai.tool.definitions");
		assertThat(allKeyValues()).doesNotContain("visa-card", "top-secret-key");
	}

	@Test
	void failedToolIsAnErrorWhoseTextIsNotTold() {
		this.model.respondWith(CALL, ANSWER);

		run(agent(new TestTool("find", Mono.just(ToolResult.error("no order 7")))), false);

		assertThat(this.meters.get(TOOL)
			.tag("error.type", "tool_error")
			.tag("error", "ToolFailure")
			.tag("routekit.outcome", "error")
			.timer()
			.count()).isOne();
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo(TOOL)
			.that()
			.hasError();
		assertThat(allKeyValues()).doesNotContain("no order 7");
	}

	@Test
	void toolThatTheAgentDoesNotHaveIsOther() {
		this.model.respondWith(FakeResponse.toolCall("made_up", "{}"), ANSWER);

		run(agent(this.find), false);

		assertThat(this.meters.get(TOOL).tag("gen_ai.tool.name", "_OTHER").timer().count()).isOne();
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo(TOOL)
			.that()
			.hasContextualNameEqualTo("execute_tool _OTHER");
	}

	@Test
	void failureOfTheModelHasItsTypeAndWhatIsKnown() {
		this.model.respondWith(CALL, FakeResponse.failure(ModelException.of(Kind.OVERLOADED, "Too busy")));

		assertThatExceptionOfType(AgentException.class).isThrownBy(() -> run(agent(this.find), false));

		assertThat(this.meters.get(RUN)
			.tag("error.type", "overloaded")
			.tag("routekit.outcome", "error")
			.tag("routekit.agent.stop", "none")
			.timer()
			.count()).isOne();
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo(RUN)
			.that()
			.hasError()
			.hasHighCardinalityKeyValue("routekit.agent.rounds", "1")
			.hasHighCardinalityKeyValue("gen_ai.usage.input_tokens", "10");
	}

	@Test
	void limitIsTheTypeOfTheError() {
		this.model.respondWith(CALL, CALL);
		Agent agent = Agent.builder(this.model)
			.name("desk")
			.tools(this.find)
			.limits((limits) -> limits.rounds(1))
			.filters(List.of(filter()))
			.build();

		assertThatExceptionOfType(AgentException.class).isThrownBy(() -> run(agent, false));

		assertThat(this.meters.get(RUN).tag("error.type", "rounds").timer().count()).isOne();
	}

	@Test
	void cancelledRunAndToolAreStoppedOnceFromTheInsideOut() {
		List<String> stopped = new ArrayList<>();
		this.observations.observationConfig().observationHandler(new StopHandler(stopped));
		this.model.respondWith(CALL);
		CountDownLatch running = new CountDownLatch(1);
		TestTool waiting = new TestTool("find",
				Mono.<ToolResult>never().doOnSubscribe((subscription) -> running.countDown()));

		Disposable subscription = agent(waiting).stream("Where is 7?").subscribe();
		assertThat(running.getCount()).isZero();
		subscription.dispose();
		subscription.dispose();

		assertThat(stopped).containsExactly("gen_ai.client.operation.duration", TOOL, RUN);
		assertThat(this.meters.get(RUN).tag("routekit.outcome", "cancelled").tag("error.type", "none").timer().count())
			.isOne();
		assertThat(this.meters.get(TOOL).tag("routekit.outcome", "cancelled").tag("error.type", "none").timer().count())
			.isOne();
	}

	@Test
	void racingEndAndCancellationAreMeteredOnce() throws Exception {
		int runs = 200;
		for (int i = 0; i < runs; i++) {
			this.model.respondWith(ANSWER);
			CountDownLatch started = new CountDownLatch(1);
			CountDownLatch ended = new CountDownLatch(1);
			Disposable subscription = agent(this.find).stream("Hi")
				.doFinally((signal) -> ended.countDown())
				.doOnSubscribe((upstream) -> started.countDown())
				.subscribeOn(Schedulers.parallel())
				.subscribe();
			assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
			subscription.dispose();
			assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
		}

		assertThat(this.meters.get(RUN).timers().stream().mapToLong((timer) -> timer.count()).sum()).isEqualTo(runs);
	}

	@Test
	void observationEndsBeforeTheSubscriberGetsTheEnd() {
		this.model.respondWith(ANSWER);

		StepVerifier.create(agent(this.find).stream("Hi").doOnNext((event) -> {
			if (event instanceof AgentEvent.Completed) {
				assertThat(this.meters.get(RUN).timer().count()).isOne();
			}
		})).thenConsumeWhile((event) -> true).expectComplete().verify(TIMEOUT);
	}

	@Test
	void subscriberIsNotInTheScopeOfTheRun() {
		this.model.respondWith(CALL, ANSWER);

		agent(this.find).stream("Hi")
			.doOnNext((event) -> assertThat(this.observations.getCurrentObservation()).isNull())
			.blockLast(TIMEOUT);

		assertThat(this.observations.getCurrentObservation()).isNull();
	}

	@Test
	void toolIsInTheScopeOfItsObservation() {
		AtomicReference<Observation> current = new AtomicReference<>();
		this.model.respondWith(CALL, ANSWER);

		run(agent(new TestTool("find", Mono.fromSupplier(() -> {
			current.set(this.observations.getCurrentObservation());
			return ToolResult.of("shipped");
		}))), false);

		assertThat(current.get().getContext().getName()).isEqualTo(TOOL);
	}

	@Test
	void conventionThatThrowsIsReplacedByTheDefaultOne() {
		this.model.respondWith(CALL, ANSWER);
		AgentObservationFilter filter = AgentObservationFilter.builder(this.observations)
			.runs(new AgentObservationConvention() {

				@Override
				public KeyValues getLowCardinalityKeyValues(AgentObservationContext context) {
					throw new IllegalStateException("broken");
				}

				@Override
				public String getName() {
					return "own.run";
				}

			}, new DefaultAgentObservationConvention())
			.tools(new ToolObservationConvention() {

				@Override
				public KeyValues getHighCardinalityKeyValues(ToolObservationContext context) {
					throw new IllegalStateException("broken");
				}

				@Override
				public String getName() {
					return "own.tool";
				}

			}, new DefaultToolObservationConvention())
			.build();

		AgentResponse response = run(agent(filter, this.find), false);

		assertThat(response.content()).isEqualTo("It is shipped");
		assertThat(this.meters.get("own.run").tag("gen_ai.agent.name", "desk").timer().count()).isOne();
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo("own.tool")
			.that()
			.hasBeenStopped()
			.hasHighCardinalityKeyValue("routekit.agent.round", "1");
	}

	@Test
	void handlerThatThrowsFailsNoRun() {
		this.observations.observationConfig().observationHandler(new ThrowingHandler());
		this.model.respondWith(CALL, ANSWER);

		assertThat(run(agent(this.find), true).content()).isEqualTo("It is shipped");
	}

	@Test
	void tagsOfAThousandRunsAreBounded() {
		AgentObservationFilter filter = AgentObservationFilter.builder(this.observations)
			.runs(null, new DefaultAgentObservationConvention(List.of("feature")))
			.tools(null, new DefaultToolObservationConvention(List.of("feature")))
			.tags(this.tags)
			.build();
		for (int i = 0; i < 1000; i++) {
			this.model.respondWith(FakeResponse.toolCall("tool-" + i, "{}"), ANSWER);
			AgentRequest request = AgentRequest.builder()
				.messages(Message.user("Hi"))
				.tag("feature", "feature-" + i)
				.options(ChatOptions.builder().model("model-" + i).build())
				.build();
			Agent.builder(this.model)
				.name("agent-" + i)
				.tools(this.find)
				.filters(List.of(filter))
				.build()
				.run(request)
				.block(TIMEOUT);
		}

		assertThat(valuesOf(RUN, "gen_ai.agent.name")).hasSizeLessThanOrEqualTo(101).contains("agent-0", "_OTHER");
		assertThat(valuesOf(RUN, "gen_ai.request.model")).hasSizeLessThanOrEqualTo(102);
		assertThat(valuesOf(RUN, "routekit.tag.feature")).hasSizeLessThanOrEqualTo(102);
		assertThat(valuesOf(TOOL, "gen_ai.tool.name")).containsExactly("_OTHER");
		assertThat(valuesOf("routekit.agent.rounds", "gen_ai.agent.name")).hasSizeLessThanOrEqualTo(101);
		assertThat(this.tags.sets()).as("sets of calls").isZero();
		assertThat(this.meters.get(RUN).timers().stream().mapToLong((timer) -> timer.count()).sum()).isEqualTo(1000);
	}

	private List<String> valuesOf(String meter, String key) {
		return this.meters.get(meter).meters().stream().map((each) -> each.getId().getTag(key)).distinct().toList();
	}

	@Test
	void eachMeterHasOneSetOfKeys() {
		this.model.respondWith(CALL, ANSWER, FakeResponse.failure(ModelException.of(Kind.SERVER, "Broken")));
		run(agent(this.find), false);
		assertThatExceptionOfType(AgentException.class).isThrownBy(() -> run(agent(this.find), false));

		for (String meter : List.of(RUN, TOOL, "routekit.agent.rounds", "routekit.agent.tool.calls")) {
			assertThat(this.meters.get(meter)
				.meters()
				.stream()
				.map((each) -> each.getId().getTags().stream().map(Tag::getKey).toList())
				.distinct()).as(meter).hasSize(1);
		}
	}

	@Test
	void secretsAreInNoKeyValue() {
		this.secrets.add("top-secret-key");
		this.model.respondWith(FakeResponse.toolCall("find", "{}"), ANSWER);
		AgentRequest request = AgentRequest.of("Hi")
			.mutate()
			.options(ChatOptions.builder().model("top-secret-key").build())
			.build();

		agent(this.find).run(request).block(TIMEOUT);

		assertThat(allKeyValues()).doesNotContain("top-secret-key");
		assertThat(((PrometheusMeterRegistry) this.meters).scrape()).doesNotContain("top-secret-key");
	}

	@Test
	void registryWithoutHandlersCostsNothing() {
		AgentObservationFilter filter = AgentObservationFilter.builder(ObservationRegistry.NOOP).build();
		Flux<AgentEvent> events = Flux.empty();
		AgentRun run = new AgentRun("run-1", "desk", this.model, AgentRequest.of("Hi"),
				List.of(this.find.definition()));

		assertThat(filter.filterRun(run, events)).isSameAs(events);
	}

	private Agent agent(TestTool tool) {
		return agent(filter(), tool);
	}

	private Agent agent(AgentFilter filter, TestTool tool) {
		Model metered = this.model.filter(this.metering);
		return Agent.builder(metered).name("desk").tools(tool).filters(List.of(filter)).build();
	}

	private AgentObservationFilter filter() {
		return AgentObservationFilter.builder(this.observations).tags(this.tags).secrets(this.secrets).build();
	}

	private static AgentResponse run(Agent agent, boolean streaming) {
		if (!streaming) {
			return agent.run("Where is 7?").block(TIMEOUT);
		}
		return agent.stream("Where is 7?")
			.ofType(AgentEvent.Completed.class)
			.map(AgentEvent.Completed::response)
			.blockLast(TIMEOUT);
	}

	static class ThrowingHandler implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			throw new IllegalStateException("x");
		}

		@Override
		public void onStop(Observation.Context context) {
			throw new IllegalStateException("x");
		}

	}

	static class StopHandler implements ObservationHandler<Observation.Context> {

		private final List<String> stopped;

		StopHandler(List<String> stopped) {
			this.stopped = stopped;
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			this.stopped.add(context.getName());
		}

	}

}
