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

import io.routekit.Model;
import io.routekit.actuate.autoconfigure.RouteKitEndpointAutoConfiguration;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the kinds of application that can have a model.
 */
class WebApplicationTypeTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(RouteKitAutoConfiguration.class,
			RouteKitObservationAutoConfiguration.class, RouteKitEndpointAutoConfiguration.class);

	private static final String FAKE = "routekit.provider.type=fake";

	@Test
	void commandLine() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(FAKE)
			.run(this::assertThatModelAnswers);
	}

	@Test
	void servlet() {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(FAKE)
			.run(this::assertThatModelAnswers);
	}

	@Test
	void reactive() {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(FAKE)
			.run(this::assertThatModelAnswers);
	}

	private void assertThatModelAnswers(ApplicationContext context) {
		assertThat(context.getBean(Model.class).chat("Hi").block(TIMEOUT)).isNotNull();
	}

}
