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

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.routekit.JsonTypes;
import io.routekit.Message;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.fake.FakeModel;
import io.routekit.http.TestCalls;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.aop.framework.ProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MethodTools}.
 */
class MethodToolsTests {

	private static final AgentRun RUN = new AgentRun("run_1", "desk", FakeModel.of("ok"),
			AgentRequest.builder().messages(List.of(Message.user("Hi"))).attribute("tenant", "acme").build(),
			Collections.emptyList());

	@Test
	void annotatedMethodsAreToolsInTheOrderOfTheirNames() {
		List<AgentTool> tools = tools(new Orders());

		assertThat(tools).extracting((tool) -> tool.definition().name())
			.containsExactly("cancel_order", "find_order", "later", "list", "now");
	}

	@Test
	void modelIsToldOfTheParametersByTheirNames() {
		Tool definition = find(tools(new Orders()), "find_order").definition();

		assertThat(definition.description()).isEqualTo("Finds an order");
		assertThat(definition.parameters()).contains("\"number\"", "\"detailed\"").doesNotContain("context");
		assertThat(definition.strict()).isNull();
	}

	@Test
	void methodGetsTheArgumentsAndTheContextWhereverItIs() {
		assertThat(call(tools(new Orders()), "find_order", "{\"number\":7,\"detailed\":true}").text())
			.isEqualTo("7 true acme");
	}

	@Test
	void annotationSaysHowTheToolRuns() {
		AgentTool tool = find(tools(new Orders()), "cancel_order");

		assertThat(tool.definition().strict()).isTrue();
		assertThat(tool.isSerial()).isTrue();
		assertThat(tool.timeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(tool.needsApproval(context("cancel_order", "{\"number\":7}"))).isTrue();
		AgentTool other = find(tools(new Orders()), "list");
		assertThat(other.isSerial()).isFalse();
		assertThat(other.timeout()).isNull();
		assertThat(other.definition().description()).isNull();
		assertThat(other.needsApproval(context("list", "{}"))).isFalse();
	}

	@Test
	void onlyMethodsThatReturnAPublisherOrAStageRunWhereTheyAreCalled() {
		List<AgentTool> tools = tools(new Orders());
		String thread = Thread.currentThread().getName();

		assertThat(call(tools, "now", "{}").text()).isEqualTo(thread);
		assertThat(call(tools, "later", "{}").text()).isEqualTo(thread);
		assertThat(call(tools, "list", "{}").text()).startsWith("[\"boundedElastic-");
	}

	@Test
	void methodFailsAsItself() {
		assertThatExceptionOfType(ToolException.class)
			.isThrownBy(() -> call(tools(new Orders()), "cancel_order", "{\"number\":7}"))
			.withMessage("Already shipped");
	}

	@Test
	void methodsOfSuperclassesAndInterfacesAreTools() {
		List<AgentTool> tools = tools(new Inherited());

		assertThat(tools).extracting((tool) -> tool.definition().name()).containsExactly("count", "find_stock");
		assertThat(call(tools, "find_stock", "{\"article\":\"A\"}").text()).isEqualTo("stock of A");
		assertThat(call(tools, "count", "{}").text()).isEqualTo("2");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void methodsAreCalledThroughAProxy(boolean ofClass) {
		AtomicInteger calls = new AtomicInteger();
		ProxyFactory factory = new ProxyFactory(new Inherited());
		factory.setProxyTargetClass(ofClass);
		factory.addAdvice((MethodInterceptor) (invocation) -> {
			calls.incrementAndGet();
			return invocation.proceed();
		});

		List<AgentTool> tools = ofClass ? tools(factory.getProxy()) : tools(interfaceOnly(calls));

		assertThat(call(tools, "find_stock", "{\"article\":\"A\"}").text()).isEqualTo("stock of A");
		assertThat(calls).hasValue(1);
	}

	private static Object interfaceOnly(AtomicInteger calls) {
		Stock stock = (article) -> "stock of " + article;
		ProxyFactory factory = new ProxyFactory(stock);
		factory.addAdvice((MethodInterceptor) (invocation) -> {
			calls.incrementAndGet();
			return invocation.proceed();
		});
		return factory.getProxy();
	}

	@Test
	void refusesAMethodThatItsProxyDoesNotHave() {
		ProxyFactory factory = new ProxyFactory(new Inherited());
		factory.setProxyTargetClass(false);
		factory.setInterfaces(Stock.class);

		assertThatIllegalArgumentException().isThrownBy(() -> tools(factory.getProxy()))
			.withMessageStartingWith("The method 'count' of %s cannot be a tool: ".formatted(Counted.class.getName()))
			.withMessageContaining("proxy");
	}

	@Test
	void refusesABeanWithoutTools() {
		assertThatIllegalArgumentException().isThrownBy(() -> tools("text"))
			.withMessage("No method of java.lang.String is annotated with @ToolMethod");
	}

	@Test
	void refusesTwoMethodsOfOneName() {
		assertThatIllegalArgumentException().isThrownBy(() -> tools(new Overloaded()))
			.withMessage("Two methods of %s are the tool 'find'; give one of them another name with @ToolMethod(name)"
				.formatted(Overloaded.class.getName()));
	}

	@Test
	void refusesAPrivateMethod() {
		assertThatIllegalArgumentException().isThrownBy(() -> tools(new Private()))
			.withMessageEndingWith("it is private, so make it package-private or public");
	}

	@Test
	void refusesANameThatNoModelTakes() {
		assertThatIllegalArgumentException().isThrownBy(() -> tools(new IllegalName()))
			.withMessageContaining("The method 'find' of ")
			.withMessageContaining("The tool name 'find it' must consist of");
	}

	@Test
	void refusesATimeoutThatIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> tools(new IllegalTimeout()))
			.withMessageContaining("cannot be a tool: ")
			.withMessageContaining("soon");
	}

	@ParameterizedTest
	@CsvSource({ "find, find", "findOrder, find_order", "findURL, find_url", "parseURLNow, parse_url_now",
			"list2Orders, list2_orders", "find_order, find_order", "A, a" })
	void nameIsThatOfTheMethodInWords(String method, String name) {
		assertThat(MethodTools.snakeCase(method)).isEqualTo(name);
	}

	private static List<AgentTool> tools(Object bean) {
		return MethodTools.of(bean, JsonTypes.defaults(), Schedulers.boundedElastic());
	}

	private static AgentTool find(List<AgentTool> tools, String name) {
		return tools.stream().filter((tool) -> tool.definition().name().equals(name)).findFirst().orElseThrow();
	}

	private static ToolResult call(List<AgentTool> tools, String name, String arguments) {
		return find(tools, name).call(context(name, arguments)).blockOptional(TestCalls.LIMIT).orElseThrow();
	}

	private static ToolContext context(String name, String arguments) {
		return new ToolContext(ToolCall.of("c1", name, arguments), RUN, 1);
	}

	static class Orders {

		@ToolMethod(description = "Finds an order")
		String findOrder(int number, ToolContext context, @Nullable Boolean detailed) {
			return number + " " + detailed + " " + context.attributes().get("tenant");
		}

		@ToolMethod(strict = true, serial = true, timeout = "5s", approval = true)
		void cancelOrder(int number) {
			throw new ToolException("Already shipped");
		}

		@ToolMethod(name = "list")
		List<String> listOrders() {
			return List.of(Thread.currentThread().getName());
		}

		@ToolMethod
		Mono<String> now() {
			return Mono.just(Thread.currentThread().getName());
		}

		@ToolMethod
		CompletableFuture<String> later() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

		String noTool() {
			return "";
		}

	}

	interface Stock {

		@ToolMethod
		String findStock(String article);

	}

	static class Counted {

		@ToolMethod
		int count() {
			return 2;
		}

	}

	static class Inherited extends Counted implements Stock {

		@Override
		public String findStock(String article) {
			return "stock of " + article;
		}

	}

	static class Overloaded {

		@ToolMethod
		String find(int number) {
			return "";
		}

		@ToolMethod
		String find(String name) {
			return "";
		}

	}

	static class Private {

		@ToolMethod
		private String find() {
			return "";
		}

	}

	static class IllegalName {

		@ToolMethod(name = "find it")
		String find() {
			return "";
		}

	}

	static class IllegalTimeout {

		@ToolMethod(timeout = "soon")
		String find() {
			return "";
		}

	}

}
