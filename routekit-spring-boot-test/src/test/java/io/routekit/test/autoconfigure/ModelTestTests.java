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

package io.routekit.test.autoconfigure;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.agent.Agents;
import io.routekit.fake.FakeModel;
import io.routekit.test.autoconfigure.example.ExampleApplication;
import io.routekit.test.autoconfigure.example.PoliteFilter;
import io.routekit.test.autoconfigure.example.Summarizer;
import io.routekit.test.autoconfigure.example.TeamHeader;
import io.routekit.test.autoconfigure.example.Warehouse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.NestedTestConfiguration;
import org.springframework.test.context.NestedTestConfiguration.EnclosingConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ModelTest}.
 */
@ModelTest(components = Summarizer.class,
		properties = { "routekit.provider.type=openai", "routekit.provider.model=gpt-5-mini",
				"routekit.agents.clerk.instructions=Be brief", "routekit.agents.desk.tools=left_out" })
@ContextConfiguration(classes = ExampleApplication.class)
class ModelTestTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@Autowired
	private ApplicationContext context;

	@Autowired
	private FakeModel fake;

	@Test
	void componentUsesTheFake(@Autowired Summarizer summarizer) {
		this.fake.respondWith("short");

		assertThat(summarizer.summarize("long").block(TIMEOUT)).isEqualTo("short");
		assertThat(this.fake.lastRequest().messages()).containsExactly(Message.user("long"), Message.user("Please"));
	}

	@Test
	void otherComponentsAreLeftOut() {
		assertThat(this.context.getBeansOfType(Warehouse.class)).isEmpty();
		assertThat(this.context.getBeansOfType(PoliteFilter.class)).hasSize(1);
		assertThat(this.context.getBeansOfType(TeamHeader.class)).hasSize(1);
	}

	@Test
	void agentIsMadeWhenItIsAskedForWhateverOthersNeed(@Autowired Agents agents) {
		this.fake.respondWith("short");

		assertThat(agents.get("clerk").run("long").block(TIMEOUT).content()).isEqualTo("short");
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> agents.get("desk"))
			.withMessageContaining("left_out");
	}

	@Test
	void otherAutoConfigurationsAreLeftOut() {
		assertThat(this.context.containsBean("applicationTaskExecutor")).isFalse();
	}

	@Test
	void propertiesOfTheTestAreSeen(@Autowired Model model) {
		assertThat(model.name()).isEqualTo("gpt-5-mini");
	}

	@Test
	void callsAreMetered(@Autowired Model model, @Autowired MeterRegistry meters) {
		model.chat("Hi").block(TIMEOUT);

		assertThat(meters.get("gen_ai.client.operation.duration")
			.tag("gen_ai.request.model", "gpt-5-mini")
			.timer()
			.count()).isPositive();
	}

	/**
	 * A test with filters instead of components.
	 */
	@Nested
	@NestedTestConfiguration(EnclosingConfiguration.OVERRIDE)
	@ModelTest(includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Summarizer.class),
			excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = PoliteFilter.class))
	@ContextConfiguration(classes = ExampleApplication.class)
	class WithFilters {

		@Test
		void componentsAreIncludedAndExcluded(@Autowired ApplicationContext context) {
			assertThat(context.getBeansOfType(Summarizer.class)).hasSize(1);
			assertThat(context.getBeansOfType(PoliteFilter.class)).isEmpty();
		}

	}

}
