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

package io.routekit.readme;

import java.time.Duration;

import io.routekit.Models;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentBuilder;
import io.routekit.agent.Agents;
import io.routekit.agent.autoconfigure.RouteKitAgentAutoConfiguration;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the snippet of the documentation on agents that are beans.
 */
class AgentBeanSnippetTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@Test
	void anAgentIsABean() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitAgentAutoConfiguration.class))
			.withBean(OrderTools.class, () -> new OrderTools(new Orders()))
			.withUserConfiguration(ClerkConfiguration.class)
			.withPropertyValues("routekit.provider.type=fake", "routekit.models.fast.type=fake",
					"routekit.agents.desk.tools=quote_shipping")
			.run((context) -> {
				Agents agents = context.getBean(Agents.class);
				assertThat(agents.names()).containsExactly("clerk", "desk");
				assertThat(agents.get("clerk").model()).isSameAs(context.getBean("fast"));
				assertThat(agents.get("clerk").tools()).hasSize(3);
				assertThat(agents.get("desk").tools()).hasSize(1);
				assertThat(agents.get("clerk").run("Hi").block(LIMIT)).isNotNull();
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class ClerkConfiguration {

		// @formatter:off
		@Bean
		Agent clerk(AgentBuilder builder, Models models, OrderTools orderTools) {
			return builder.name("clerk").model(models.get("fast")).tools(orderTools).build();
		}
		// @formatter:on

	}

}
