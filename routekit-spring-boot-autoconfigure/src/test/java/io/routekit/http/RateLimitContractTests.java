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

package io.routekit.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.routekit.Model;
import io.routekit.ProviderFacts;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.http.RawServer.Script;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the gauges of the rate limits that answers tell of.
 */
@ParameterizedClass
@EnumSource
class RateLimitContractTests {

	private final RawServer server = new RawServer();

	private final WireProvider provider;

	private final ApplicationContextRunner runner;

	RateLimitContractTests(WireProvider provider) {
		this.provider = provider;
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class,
					RouteKitObservationAutoConfiguration.class, ObservationAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("routekit.provider.type=" + provider.type(),
					"routekit.provider.base-url=" + this.server.url(), "routekit.provider.api-key=sk-1",
					"routekit.provider.openai.api=" + provider.api(), "routekit.provider.model=m",
					"routekit.provider.retry.max-retries=0");
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void gaugesShowWhatTheLastAnswerTold() {
		this.runner.run((context) -> {
			this.server.reply(Script.json(200, this.provider.answer("a"), "x-ratelimit-limit-requests: 500",
					"x-ratelimit-remaining-requests: 499", "x-ratelimit-limit-tokens: 30000",
					"x-ratelimit-remaining-tokens: 29000", "x-ratelimit-reset-tokens: 2s"));
			chat(context);
			assertThat(gauge(context, "remaining", "requests")).isEqualTo(499);
			assertThat(gauge(context, "limit", "requests")).isEqualTo(500);
			assertThat(gauge(context, "remaining", "tokens")).isEqualTo(29_000);
			assertThat(gauge(context, "limit", "tokens")).isEqualTo(30_000);
			this.server.reply(Script.json(429, this.provider.error(429, "Slow down"),
					"x-ratelimit-remaining-requests: 0", "x-ratelimit-limit-requests: -1"));
			chat(context);
			assertThat(gauge(context, "remaining", "requests")).isZero();
			assertThat(gauge(context, "limit", "requests")).isNaN();
			assertThat(gauge(context, "remaining", "tokens")).isEqualTo(29_000);
		});
	}

	@Test
	void gaugesShowTheLimitsOfAnthropic() {
		this.runner.run((context) -> {
			this.server.reply(Script.events(this.provider.stream("a"), Chunking.WHOLE,
					"anthropic-ratelimit-requests-remaining: 49", "anthropic-ratelimit-input-tokens-limit: 40000",
					"anthropic-ratelimit-input-tokens-remaining: 39000",
					"anthropic-ratelimit-output-tokens-remaining: 8000"));
			context.getBean("model", Model.class).stream("Hi").blockLast(LIMIT);
			assertThat(gauge(context, "remaining", "requests")).isEqualTo(49);
			assertThat(gauge(context, "remaining", "input_tokens")).isEqualTo(39_000);
			assertThat(gauge(context, "limit", "input_tokens")).isEqualTo(40_000);
			assertThat(gauge(context, "remaining", "output_tokens")).isEqualTo(8_000);
		});
	}

	@Test
	void thereAreNoGaugesOfWhatIsNotTold() {
		this.runner.run((context) -> {
			this.server.reply(Script.json(200, this.provider.answer("a"), "x-ratelimit-remaining-requests: many",
					"x-ratelimit-reset-requests: 1s"));
			chat(context);
			assertThat(context.getBean(MeterRegistry.class).find("routekit.ratelimit.remaining").gauges()).isEmpty();
		});
	}

	private void chat(ApplicationContext context) {
		context.getBean("model", Model.class).chat("Hi").onErrorComplete().block(LIMIT);
	}

	private double gauge(ApplicationContext context, String name, String type) {
		Gauge gauge = context.getBean(MeterRegistry.class)
			.get("routekit.ratelimit." + name)
			.tags("routekit.model", "model", "gen_ai.provider.name", providerName(), "routekit.ratelimit.type", type)
			.gauge();
		return gauge.value();
	}

	private String providerName() {
		return ProviderFacts.of(this.provider.model(this.server)).telemetryName();
	}

}
