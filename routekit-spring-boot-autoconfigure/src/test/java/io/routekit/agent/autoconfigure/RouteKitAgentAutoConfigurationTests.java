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

package io.routekit.agent.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.routekit.AssistantMessage;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.SystemMessage;
import io.routekit.Tool;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentBuilder;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentFilter;
import io.routekit.agent.AgentLimits;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.AgentResponse.Stop;
import io.routekit.agent.AgentRun;
import io.routekit.agent.AgentTool;
import io.routekit.agent.Agents;
import io.routekit.agent.ApprovalDecision;
import io.routekit.agent.InvalidApprovalException;
import io.routekit.agent.ToolContext;
import io.routekit.agent.ToolMethod;
import io.routekit.agent.ToolResult;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.secret.SecretRedactor;
import io.routekit.secret.autoconfigure.RouteKitSanitizingAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.InputStreamSource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RouteKitAgentAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RouteKitAgentAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String SECRET = "0123456789-0123456789-0123456789";

	private static final String DESK = "routekit.agents.desk.instructions=Help";

	private static final Class<?>[] CONFIGURATIONS = { RouteKitAutoConfiguration.class,
			RouteKitAgentAutoConfiguration.class };

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(CONFIGURATIONS))
		.withPropertyValues("routekit.provider.type=fake");

	private final ApplicationContextRunner withTools = this.runner.withUserConfiguration(ToolsConfiguration.class);

	private static FakeModel fake(AssertableApplicationContext context, String model) {
		return context.getBean(model, Model.class).unwrap(FakeModel.class);
	}

	private static List<String> tools(AssertableApplicationContext context) {
		return context.getBean(Agent.class).tools().stream().map((tool) -> tool.definition().name()).toList();
	}

	private static ModelConfigurationException failure(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		return Stream.iterate(context.getStartupFailure(), (ex) -> ex != null, Throwable::getCause)
			.filter(ModelConfigurationException.class::isInstance)
			.map(ModelConfigurationException.class::cast)
			.findFirst()
			.orElseThrow(() -> new AssertionError(context.getStartupFailure()));
	}

	@Test
	void anAgentAsksTheModelWithItsInstructions() {
		this.runner.withPropertyValues(DESK).run((context) -> {
			Agent agent = context.getBean("desk", Agent.class);
			assertThat(agent.run("Hi").block(LIMIT).stop()).isEqualTo(Stop.DONE);
			assertThat(agent.name()).isEqualTo("desk");
			assertThat(agent.model()).isSameAs(context.getBean(Model.class));
			assertThat(agent.tools()).isEmpty();
			assertThat(agent.limits()).isEqualTo(AgentLimits.defaults());
			assertThat(fake(context, "model").lastRequest().messages()).first().isEqualTo(new SystemMessage("Help"));
		});
	}

	@Test
	void anAgentHasAModelLimitsAndOptions() {
		this.runner
			.withPropertyValues("routekit.models.fast.type=fake", "routekit.agents.desk.model=fast",
					"routekit.agents.desk.limits.rounds=3", "routekit.agents.desk.limits.tool-calls=4",
					"routekit.agents.desk.limits.cost=0.50", "routekit.agents.desk.limits.total=2m",
					"routekit.agents.desk.options.temperature=0.5", "routekit.agents.desk.parallel-calls=2",
					"routekit.agents.desk.max-result-length=1000")
			.run((context) -> {
				Agent agent = context.getBean(Agent.class);
				assertThat(agent.model()).isSameAs(context.getBean("fast"));
				assertThat(agent.limits())
					.isEqualTo(new AgentLimits(3, 4, new BigDecimal("0.50"), Duration.ofMinutes(2)));
				agent.run("Hi").block(LIMIT);
				ChatRequest request = fake(context, "fast").lastRequest();
				assertThat(request.options().temperature()).isEqualTo(0.5);
				assertThat(request.messages()).hasSize(1);
			});
	}

	@Test
	void instructionsCanBeInAFile(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("desk.txt"), "Help all, señor\n");
		for (String location : List.of(file.toString(), file.toUri().toString())) {
			this.runner.withPropertyValues("routekit.agents.desk.instructions-location=" + location).run((context) -> {
				context.getBean(Agent.class).run("Hi").block(LIMIT);
				assertThat(fake(context, "model").lastRequest().messages().get(0))
					.isEqualTo(new SystemMessage("Help all, señor\n"));
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "handMade,hand_made", "hand_made,hand_made", "orderTools,'cancel_order,find_order'",
			"find_order,find_order", "built,built_tool", "built_tool,built_tool", "several,'first,second'",
			"'find_order,handMade','find_order,hand_made'" })
	void toolsHaveTheNamesOfBeansOrTheirOwn(String names, String expected) {
		this.withTools.withPropertyValues("routekit.agents.desk.tools=" + names)
			.run((context) -> assertThat(tools(context)).isEqualTo(List.of(expected.split(","))));
	}

	@Test
	void toolsAreCalled() {
		this.withTools.withPropertyValues("routekit.agents.desk.tools=orderTools").run((context) -> {
			fake(context, "model").respondWith(FakeResponse.toolCall("find_order", "{\"number\":7}"),
					FakeResponse.text("Shipped"));
			AgentResponse response = context.getBean(Agent.class).run("Where is 7?").block(LIMIT);
			assertThat(response.content()).isEqualTo("Shipped");
			assertThat(response.steps()).singleElement()
				.satisfies((step) -> assertThat(step.result().text()).isEqualTo("Order 7"));
		});
	}

	@Test
	void anotherBeanMayHaveTheNameOfATool() {
		this.withTools.withBean("find_order", String.class, () -> "A stranger")
			.withPropertyValues("routekit.agents.desk.tools=find_order")
			.run((context) -> assertThat(tools(context)).containsExactly("find_order"));
	}

	@Test
	void toolsMadeByHandNeedNoLibrary() {
		this.runner.withClassLoader(new FilteredClassLoader("com.github.victools."))
			.withBean("handMade", AgentTool.class, () -> new HandMadeTool("hand_made"))
			.withPropertyValues("routekit.agents.desk.tools=hand_made")
			.run((context) -> assertThat(tools(context)).containsExactly("hand_made"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"desk.model=slow | 'routekit.agents.desk.model': Unknown model 'slow', known: 'model'",
			"desk.tools=none | 'routekit.agents.desk.tools' names the tool 'none', which there is not. Known: 'built', 'built_tool', 'cancel_order', 'find_order', 'find_thread', 'handMade', 'hand_made', 'orderTools', 'threadTools'",
			"desk.tools=orderTools,find_order | 'routekit.agents.desk.tools' has two tools of the name 'find_order', by 'orderTools' and by 'find_order'",
			"desk.limits.rounds=0 | 'routekit.agents.desk.limits.rounds' must be positive but is 0",
			"desk.limits.tool-calls=-1 | 'routekit.agents.desk.limits.tool-calls' must be positive but is -1",
			"desk.limits.cost=0 | 'routekit.agents.desk.limits.cost' must be positive but is 0",
			"desk.limits.total=0s | 'routekit.agents.desk.limits.total' must be positive but is 0s",
			"desk.parallel-calls=0 | 'routekit.agents.desk.parallel-calls' must be positive but is 0",
			"desk.max-result-length=0 | 'routekit.agents.desk.max-result-length' must be positive but is 0",
			"desk.options.max-tokens=0 | 'routekit.agents.desk.options.max-tokens' must be positive but is 0",
			"desk.instructions=' ' | 'routekit.agents.desk.instructions' is blank",
			"desk.instructions-location=' ' | 'routekit.agents.desk.instructions-location' is blank",
			"desk.instructions-location=classpath:none.txt | 'routekit.agents.desk.instructions-location' is classpath:none.txt, which cannot be read",
			"approval.model=fast | 'routekit.agents.approval' cannot be an agent: 'approval' is the name of what all agents have in common",
			"handMade.tools=handMade | 'routekit.agents.handmade' cannot be an agent: 'handMade' is the name of another bean",
			"model.tools=handMade | 'routekit.agents.model' cannot be an agent: 'model' is the name of the model of 'routekit.provider'",
			"routeKitDesk.tools=handMade | 'routekit.agents.routekitdesk' cannot be an agent: 'routeKitDesk' begins like the names of RouteKit's own beans",
			"desk=x | 'routekit.agents.desk' has a value, but is the name of an agent",
			"approval.secret=short | 'routekit.agents.approval.secret' must have at least 32 characters but has 5" })
	void wrongPropertiesAreExplained(String property, String message) {
		this.withTools.withPropertyValues("routekit.agents." + property.replace("' '", " "))
			.run((context) -> assertThat(failure(context)).hasMessageStartingWith(message));
	}

	@Test
	void instructionsAreSaidOnce() {
		this.runner.withPropertyValues(DESK, "routekit.agents.desk.instructions-location=classpath:x")
			.run((context) -> assertThat(failure(context)).hasMessage(
					"'routekit.agents.desk.instructions' and 'routekit.agents.desk.instructions-location' are both set"));
	}

	@Test
	void aToolThatTwoBeansHaveIsNotGuessed() {
		this.withTools.withBean("otherTools", OrderTools.class)
			.withPropertyValues("routekit.agents.desk.tools=find_order")
			.run((context) -> assertThat(failure(context))
				.hasMessage("'routekit.agents.desk.tools' names the tool 'find_order', which several beans have: "
						+ "'orderTools', 'otherTools'"));
	}

	@Test
	void aBeanWhoseToolsCannotBeToldIsExplained() {
		this.withTools.withBean("badTools", BadTools.class)
			.withPropertyValues("routekit.agents.desk.tools=badTools")
			.run((context) -> assertThat(failure(context))
				.hasMessageStartingWith(
						"'routekit.agents.desk.tools' names the bean 'badTools', whose tools cannot be told: ")
				.hasMessageContaining("private"));
	}

	@Test
	void aModelIsNamedIfThereIsNoMainOne() {
		this.runner.withBean("first", Model.class, () -> FakeModel.of("1"))
			.withBean("second", Model.class, () -> FakeModel.of("2"))
			.withPropertyValues("routekit.agents.desk.tools=")
			.run((context) -> assertThat(failure(context)).hasMessage(
					"'routekit.agents.desk.model' must be set, since of several models none is the primary one"));
	}

	@Test
	void agentsAreInjectedByName() {
		this.runner
			.withPropertyValues(DESK, "routekit.agents.clerk.instructions=Write",
					"routekit.agents.my-own.instructions=Rest")
			.withUserConfiguration(InjectedConfiguration.class)
			.run((context) -> {
				Injected injected = context.getBean(Injected.class);
				assertThat(injected.clerk().name()).isEqualTo("clerk");
				assertThat(injected.own().name()).isEqualTo("my-own");
				assertThat(injected.all()).containsOnlyKeys("clerk", "desk", "my-own");
				assertThat(injected.agents().names()).containsExactly("clerk", "desk", "my-own");
				assertThat(injected.agents().get("clerk")).isSameAs(injected.clerk());
				assertThatIllegalArgumentException().isThrownBy(() -> injected.agents().get("none"))
					.withMessage("Unknown agent 'none', known: 'clerk', 'desk', 'my-own'");
				assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
					.isThrownBy(() -> context.getBeanFactory().getBean(Agent.class))
					.withMessageContainingAll("clerk", "desk", "my-own");
			});
	}

	@Test
	void anApplicationsOwnAgentTakesThePlaceOfOne() {
		Agent own = Agent.builder(FakeModel.of("Mine")).build();
		this.runner.withPropertyValues(DESK)
			.withBean("desk", Agent.class, () -> own)
			.run((context) -> assertThat(context.getBean(Agents.class).get("desk")).isSameAs(own));
	}

	@Test
	void anApplicationsOwnAgentIsTheOneToInject() {
		Agent own = Agent.builder(FakeModel.of("Mine")).build();
		this.runner.withPropertyValues(DESK).withBean("mine", Agent.class, () -> own).run((context) -> {
			assertThat(context.getBean(Agent.class)).isSameAs(own);
			assertThat(context.getBean(Agents.class).names()).containsExactly("desk", "mine");
		});
	}

	@Test
	void thereMayBeNoAgent() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(Agent.class);
			assertThat(context.getBean(Agents.class).names()).isEmpty();
		});
	}

	@Test
	void agentsNeedModels() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RouteKitAgentAutoConfiguration.class))
			.withPropertyValues(DESK)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Agents.class));
	}

	@Test
	void eachBuilderIsNewAndPrepared() {
		this.runner.withUserConfiguration(FiltersConfiguration.class)
			.withPropertyValues("routekit.models.fast.type=fake")
			.run((context) -> {
				AgentBuilder builder = context.getBean(AgentBuilder.class);
				assertThat(context.getBean(AgentBuilder.class)).isNotSameAs(builder);
				assertThat(builder.build().model()).isSameAs(context.getBean(Model.class));
				Agent agent = builder.name("mine").model(context.getBean("fast", Model.class)).build();
				agent.run("Hi").block(LIMIT);
				assertThat(fake(context, "fast").lastRequest()).isNotNull();
				assertThat(context.getBean(Runs.class).names()).containsExactly("outer mine", "inner mine");
			});
	}

	@Test
	void filtersSurroundConfiguredAgents() {
		this.runner.withUserConfiguration(FiltersConfiguration.class).withPropertyValues(DESK).run((context) -> {
			context.getBean(Agent.class).run("Hi").block(LIMIT);
			assertThat(context.getBean(Runs.class).names()).containsExactly("outer desk", "inner desk");
		});
	}

	private ApplicationContextRunner approving(String... properties) {
		return this.withTools.withPropertyValues("routekit.agents.desk.tools=cancel_order")
			.withPropertyValues(properties);
	}

	private List<Message> pending(ApplicationContextRunner runner) {
		AtomicReference<List<Message>> messages = new AtomicReference<>();
		runner.run((context) -> {
			fake(context, "model").respondWith(FakeResponse.toolCall("cancel_order", "{\"number\":7}"));
			AgentResponse response = context.getBean(Agent.class).run("Cancel 7").block(LIMIT);
			assertThat(response.stop()).isEqualTo(Stop.APPROVAL);
			messages.set(response.messages());
		});
		return messages.get();
	}

	private static String callId(List<Message> messages) {
		return ((AssistantMessage) messages.get(messages.size() - 1)).toolCalls().get(0).id();
	}

	@Test
	void anotherInstanceGoesOnWithTheSecret(CapturedOutput output) {
		ApplicationContextRunner instances = approving("routekit.agents.approval.secret=" + SECRET);
		List<Message> messages = pending(instances);
		instances.run((context) -> {
			fake(context, "model").respondWith("Done");
			AgentResponse response = context.getBean(Agent.class)
				.resume(messages, List.of(ApprovalDecision.approve(callId(messages))))
				.block(LIMIT);
			assertThat(response.content()).isEqualTo("Done");
		});
		assertThat(output).doesNotContain("routekit.agents.approval.secret");
	}

	@Test
	void withoutTheSecretOnlyOneInstanceGoesOn(CapturedOutput output) {
		List<Message> messages = pending(approving("routekit.agents.approval.secret="));
		assertThat(output.toString().lines().filter((line) -> line.contains("'routekit.agents.approval.secret'")))
			.singleElement()
			.asString()
			.contains("WARN", "only this instance can go on");
		approving().run((context) -> assertThatExceptionOfType(InvalidApprovalException.class)
			.isThrownBy(() -> context.getBean(Agent.class)
				.resume(messages, List.of(ApprovalDecision.approve(callId(messages))))
				.block(LIMIT)));
	}

	@Test
	void agentsOfOneInstanceHaveTheSameSecret(CapturedOutput output) {
		approving().run((context) -> {
			fake(context, "model").respondWith(FakeResponse.toolCall("cancel_order", "{\"number\":7}"),
					FakeResponse.toolCall("cancel_order", "{\"number\":8}"), FakeResponse.text("Done"));
			List<Message> messages = context.getBean(Agent.class).run("Cancel 7").block(LIMIT).messages();
			context.getBean(Agent.class).run("Cancel 8").block(LIMIT);
			Agent other = context.getBean(AgentBuilder.class)
				.name(context.getBean(Agent.class).name())
				.tools(context.getBean("orderTools"))
				.build();
			assertThat(
					other.resume(messages, List.of(ApprovalDecision.approve(callId(messages)))).block(LIMIT).content())
				.isEqualTo("Done");
		});
		assertThat(output.toString().split("only this instance", -1)).hasSize(2);
	}

	@Test
	void theSecretIsNotTold() {
		this.runner.withConfiguration(AutoConfigurations.of(RouteKitSanitizingAutoConfiguration.class))
			.withPropertyValues("routekit.agents.approval.secret=" + SECRET)
			.run((context) -> {
				assertThat(context.getBean(SecretRedactor.class).redact("It is " + SECRET)).isEqualTo("It is ***");
				SanitizableData data = new SanitizableData(null, "routekit.agents.approval.secret", SECRET);
				assertThat(context.getBean(SanitizingFunction.class).apply(data).getValue())
					.isEqualTo(SanitizableData.SANITIZED_VALUE);
			});
	}

	@Test
	void aPlaceholderIsNoSecret() {
		this.runner.withPropertyValues("routekit.agents.approval.secret=${A_NAME_THAT_IS_LONGER_THAN_32_CHARACTERS}")
			.run((context) -> assertThat(failure(context)).hasMessageContaining("Nothing resolves the placeholder"));
	}

	@Test
	void toolsRunOnVirtualThreadsWhereBootHasThem() {
		boolean virtual = Runtime.version().feature() >= 21;
		this.withTools
			.withPropertyValues("routekit.agents.desk.tools=find_thread", "spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(thread(context)).startsWith(virtual ? "routekit-tool-" : "boundedElastic-"));
	}

	@Test
	void toolsThatBlockRunOnElasticThreads() {
		this.withTools.withPropertyValues("routekit.agents.desk.tools=find_thread")
			.run((context) -> assertThat(thread(context)).startsWith("boundedElastic-"));
	}

	private static String thread(AssertableApplicationContext context) {
		fake(context, "model").respondWith(FakeResponse.toolCall("find_thread", "{}"), FakeResponse.text("Done"));
		return context.getBean(Agent.class).run("Hi").block(LIMIT).steps().get(0).result().text();
	}

	@Test
	void agentsAreProcessedAheadOfTime() {
		InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(RouteKitAgentAutoConfigurationTests.class)), files);
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of("routekit.provider.type=fake", "routekit.agents.desk.tools=orderTools").applyTo(context);
		context.register(ToolsConfiguration.class);
		context.register(CONFIGURATIONS);
		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		generation.writeGeneratedContent();
		RuntimeHints hints = generation.getRuntimeHints();

		assertThat(files.getGeneratedFiles(Kind.SOURCE).values()).map(RouteKitAgentAutoConfigurationTests::text)
			.anySatisfy((source) -> assertThat(source).contains("\"routeKitAgentFactory\"", "\"desk\"",
					"\"routekit.agents.desk\""));
		assertThat(hints).matches(RuntimeHintsPredicates.reflection().onMethodInvocation(OrderTools.class, "findOrder"))
			.matches(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor(Cancellation.class)))
			.matches(RuntimeHintsPredicates.reflection().onMethodInvocation(Cancellation.class, "number"))
			.matches(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor(AgentProperties.class)));
	}

	private static Constructor<?> constructor(Class<?> type) {
		return type.getDeclaredConstructors()[0];
	}

	private static String text(InputStreamSource source) {
		try (InputStream stream = source.getInputStream()) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class ToolsConfiguration {

		@Bean
		HandMadeTool handMade() {
			return new HandMadeTool("hand_made");
		}

		@Bean
		OrderTools orderTools() {
			return new OrderTools();
		}

		@Bean
		AgentTool.Builder<Cancellation> built() {
			return AgentTool.builder("built_tool", Cancellation.class).function((in) -> in.number());
		}

		@Bean
		List<AgentTool> several() {
			return List.of(new HandMadeTool("first"), new HandMadeTool("second"));
		}

		@Bean
		ThreadTools threadTools() {
			return new ThreadTools();
		}

	}

	static class OrderTools {

		@ToolMethod(description = "Finds an order")
		String findOrder(int number) {
			return "Order " + number;
		}

		@ToolMethod(approval = true)
		Cancellation cancelOrder(int number) {
			return new Cancellation(number);
		}

	}

	static class ThreadTools {

		@ToolMethod
		String findThread() {
			return Thread.currentThread().getName();
		}

	}

	static class BadTools {

		@ToolMethod
		private String find() {
			return "";
		}

	}

	record Cancellation(int number) {

	}

	record HandMadeTool(String name) implements AgentTool {

		@Override
		public Tool definition() {
			return Tool.of(this.name, null, "{\"type\":\"object\",\"properties\":{}}");
		}

		@Override
		public Mono<ToolResult> call(ToolContext context) {
			return Mono.just(ToolResult.of("Done"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectedConfiguration {

		@Bean
		Injected injected(Agent clerk, @Qualifier("my-own") Agent own, Map<String, Agent> all, Agents agents) {
			return new Injected(clerk, own, all, agents);
		}

	}

	record Injected(Agent clerk, Agent own, Map<String, Agent> all, Agents agents) {

	}

	@Configuration(proxyBeanMethods = false)
	static class FiltersConfiguration {

		@Bean
		Runs runs() {
			return new Runs(new CopyOnWriteArrayList<>());
		}

		@Bean
		AgentFilter inner(Runs runs) {
			return new NamingFilter("inner", 2, runs);
		}

		@Bean
		AgentFilter outer(Runs runs) {
			return new NamingFilter("outer", 1, runs);
		}

	}

	record Runs(List<String> names) {

	}

	record NamingFilter(String name, int order, Runs runs) implements AgentFilter {

		@Override
		public Flux<AgentEvent> filterRun(AgentRun run, Flux<AgentEvent> events) {
			return events.doFirst(() -> this.runs.names().add(this.name + " " + run.agent()));
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

}
