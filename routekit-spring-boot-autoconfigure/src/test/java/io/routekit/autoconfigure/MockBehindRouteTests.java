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

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * Tests for mocks that routes and fallbacks lead to, which answer for what they are told
 * and with nothing for all else.
 */
class MockBehindRouteTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final Model mock = Mockito.mock(Model.class);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
		.withInitializer((context) -> context.getBeanFactory().registerSingleton("fast", this.mock))
		.withPropertyValues("routekit.routes.any.models=fast,fast2", "routekit.routes.drawn.weights.fast=1",
				"routekit.models.fast2.fallback=fast", "routekit.models.fast2.type=fake");

	@BeforeEach
	void answer() {
		ModelResponse response = ModelResponse.of("mocked");
		given(this.mock.chat(any(ChatRequest.class))).willReturn(Mono.just(response));
		given(this.mock.stream(any(ChatRequest.class)))
			.willReturn(Flux.just(new StreamEvent.Text("mocked"), new StreamEvent.Completed(response)));
	}

	@Test
	void routesLeadToAMock() {
		this.runner.run((context) -> {
			assertMocked(context, "any");
			assertMocked(context, "drawn");
		});
	}

	@Test
	void modelFallsBackToAMock() {
		this.runner.run((context) -> {
			FakeModel fake = context.getBean("fast2", Model.class).unwrap(FakeModel.class);
			ModelException failure = ModelException.of(ModelException.Kind.OVERLOADED, "Too many");
			fake.respondWith(FakeResponse.failure(failure), FakeResponse.failure(failure));
			assertMocked(context, "fast2");
		});
	}

	private static void assertMocked(AssertableApplicationContext context, String name) {
		Model model = context.getBean(name, Model.class);
		assertThat(model.chat("Hi").map(ModelResponse::content).block(TIMEOUT)).isEqualTo("mocked");
		assertThat(model.stream("Hi").blockFirst(TIMEOUT)).isEqualTo(new StreamEvent.Text("mocked"));
	}

}
