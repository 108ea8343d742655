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

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.Usage;
import io.routekit.cost.PriceCatalogue;
import io.routekit.cost.PricingFilter;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteKitCostAutoConfiguration}.
 */
class RouteKitCostAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitCostAutoConfiguration.class));

	private static Cost cost(PricingFilter filter) {
		Usage usage = new Usage(null, null, null, null, null, null, null, Map.of("prompt_tokens", 1_000_000));
		ModelResponse response = ModelResponse.of("x").mutate().model("gpt-5-mini").usage(usage).build();
		Model model = new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return Mono.just(response);
			}

			@Override
			public String name() {
				return "gpt-5-mini";
			}

			@Override
			public String provider() {
				return "openai";
			}

		};
		return filter.chat(ChatRequest.of("Hi"), model).block(Duration.ofSeconds(5)).usage().cost();
	}

	@Test
	void pricesByTheBundledCatalogue() {
		this.contextRunner.run((context) -> assertThat(cost(context.getBean(PricingFilter.class)).amount())
			.isEqualByComparingTo("0.25"));
	}

	@Test
	void pricesByACatalogueBean() {
		this.contextRunner.withUserConfiguration(CustomCatalogue.class)
			.run((context) -> assertThat(cost(context.getBean(PricingFilter.class)).amount())
				.isEqualByComparingTo("0.2"));
	}

	@Test
	void backsOffWithAFilterBean() {
		PricingFilter filter = new PricingFilter(PriceCatalogue.bundled());
		this.contextRunner.withBean("own", PricingFilter.class, () -> filter)
			.run((context) -> assertThat(context).getBean(PricingFilter.class).isSameAs(filter));
	}

	/**
	 * A catalogue of one's own.
	 */
	@Configuration(proxyBeanMethods = false)
	static class CustomCatalogue {

		@Bean
		PriceCatalogue prices() {
			String csv = "provider,model_id,input\nopenai,gpt-5-mini,0.2";
			return PriceCatalogue.bundled()
				.and(PriceCatalogue.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8))));
		}

	}

}
