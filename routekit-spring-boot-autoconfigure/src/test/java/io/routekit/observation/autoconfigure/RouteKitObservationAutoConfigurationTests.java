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

package io.routekit.observation.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentFilter;
import io.routekit.agent.AgentRequest;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.observation.AgentMeterObservationHandler;
import io.routekit.observation.ContentRedactor;
import io.routekit.observation.DefaultModelObservationConvention;
import io.routekit.observation.MeteringFilter;
import io.routekit.observation.ModelContentObservationFilter;
import io.routekit.observation.ModelMeterObservationHandler;
import io.routekit.observation.ModelObservationContext;
import io.routekit.observation.ModelObservationConvention;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteKitObservationAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RouteKitObservationAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final ApplicationContextRunner withoutBoot = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitObservationAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.withoutBoot
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void configuredModelIsMetered() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.provider.model=m").run((context) -> {
			context.getBean(Model.class).chat("Hi").block(TIMEOUT);
			assertMeteredOnce(context);
			assertThat(meters(context).get("gen_ai.client.operation.duration")
				.tag("gen_ai.request.model", "m")
				.timer()
				.count()).isOne();
			assertThat(meters(context).find("gen_ai.client.token.usage").summaries()).isNotEmpty();
		});
	}

	@Test
	void modelOfApplicationIsMeteredOnce() {
		this.runner.withBean("own", Model.class, () -> (request) -> Mono.just(ModelResponse.of("own")))
			.run((context) -> {
				context.getBean(Model.class).stream("Hi").blockLast(TIMEOUT);
				assertMeteredOnce(context);
			});
	}

	@Test
	void runsOfAgentsAreMeteredOnce() {
		this.runner
			.withPropertyValues("routekit.provider.type=fake", "routekit.observations.tags=feature",
					"routekit.provider.fake.responses=Hello")
			.run((context) -> {
				assertThat(context).hasSingleBean(AgentFilter.class).hasSingleBean(AgentMeterObservationHandler.class);
				AgentRequest request = AgentRequest.builder().messages(Message.user("Hi")).tag("feature", "f").build();
				Agent.builder(context.getBean(Model.class))
					.name("desk")
					.filters(List.of(context.getBean(AgentFilter.class)))
					.build()
					.run(request)
					.block(TIMEOUT);
				assertThat(meters(context).get("gen_ai.invoke_agent.duration")
					.tag("gen_ai.agent.name", "desk")
					.tag("routekit.tag.feature", "f")
					.timer()
					.count()).isOne();
				assertThat(meters(context).get("routekit.agent.rounds").summary().totalAmount()).isOne();
			});
	}

	@Test
	void filtersOfApplicationSurroundMetering() {
		this.runner.withPropertyValues("routekit.provider.type=fake")
			.withBean("twice", ModelFilter.class, TwiceFilter::new)
			.run((context) -> {
				context.getBean(Model.class).chat("Hi").block(TIMEOUT);
				assertThat(meters(context).get("gen_ai.client.operation.duration").timer().count()).isEqualTo(2);
			});
	}

	@Test
	void conventionOfApplicationIsUsed() {
		this.runner.withPropertyValues("routekit.provider.type=fake")
			.withBean(ModelObservationConvention.class, CustomConvention::new)
			.run((context) -> {
				context.getBean(Model.class).chat("Hi").block(TIMEOUT);
				assertThat(meters(context).get("custom").timer().count()).isOne();
			});
	}

	@Test
	void configuredTagsOfRequestsAreTagsOfMeters() {
		this.runner
			.withPropertyValues("routekit.provider.type=fake", "routekit.observations.tags=feature, tenant",
					"routekit.provider.options.max-tokens=5")
			.run((context) -> {
				context.getBean(Model.class).chat(tagged()).block(TIMEOUT);
				assertThat(meters(context).get("gen_ai.client.operation.duration")
					.tag("routekit.tag.feature", "search")
					.tag("routekit.tag.tenant", "none")
					.timer()
					.count()).isOne();
			});
	}

	@Test
	void conventionOfApplicationCanExtendTheDefaultOneWithTags() {
		this.runner.withPropertyValues("routekit.provider.type=fake")
			.withBean(ModelObservationConvention.class,
					() -> new DefaultModelObservationConvention(List.of("feature")) {

						@Override
						public String getName() {
							return "custom";
						}

					})
			.run((context) -> {
				context.getBean(Model.class).chat(tagged()).block(TIMEOUT);
				assertThat(meters(context).get("custom").tag("routekit.tag.feature", "search").timer().count()).isOne();
			});
	}

	@Test
	void globalConventionOfTheRegistryIsUsed() {
		this.runner.withPropertyValues("routekit.provider.type=fake")
			.withBean(GlobalObservationConvention.class, GlobalConvention::new)
			.run((context) -> {
				context.getBean(Model.class).chat("Hi").block(TIMEOUT);
				assertThat(meters(context).get("global").timer().count()).isOne();
			});
	}

	@Test
	void wrongKeyOfATagFailsNamingTheProperty() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.observations.tags=feature,Tenant")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(ModelConfigurationException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("'routekit.observations.tags'")
						.hasMessageContaining("'Tenant'");
					assertThat(failure.getAction()).contains("'routekit.observations.tags'");
				}));
	}

	private static ChatRequest tagged() {
		return ChatRequest.builder().messages(Message.user("Hi")).tag("feature", "search").build();
	}

	@Test
	void backsOffFromBeansOfApplication() {
		this.runner.withPropertyValues("routekit.provider.type=fake")
			.withBean("own", MeteringFilter.class, () -> new MeteringFilter(ObservationRegistry.NOOP, null))
			.withBean("handler", ModelMeterObservationHandler.class,
					() -> new ModelMeterObservationHandler(new SimpleMeterRegistry()))
			.run((context) -> assertThat(context).hasSingleBean(MeteringFilter.class)
				.hasSingleBean(ModelMeterObservationHandler.class));
	}

	@Test
	void worksWithoutObservationRegistry() {
		this.withoutBoot.withPropertyValues("routekit.provider.type=fake").run((context) -> {
			assertThat(context).doesNotHaveBean(MeteringFilter.class);
			assertThat(context.getBean(Model.class).chat("Hi").block(TIMEOUT)).isNotNull();
		});
	}

	@Test
	void worksWithoutMicrometerCore() {
		this.withoutBoot.withPropertyValues("routekit.provider.type=fake")
			.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> {
				assertThat(context).hasSingleBean(MeteringFilter.class)
					.doesNotHaveBean(ModelMeterObservationHandler.class);
				assertThat(context.getBean(Model.class).chat("Hi").block(TIMEOUT)).isNotNull();
			});
	}

	@Test
	void contentIsNotRecordedByDefaultEvenWithRedactor(CapturedOutput output) {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.provider.fake.responses=cold")
			.withBean(ContentRedactor.class, () -> (content) -> content)
			.withBean(KeyValuesHandler.class)
			.run((context) -> {
				context.getBean(Model.class).chat("Hi").block(TIMEOUT);
				assertThat(context).doesNotHaveBean(ModelContentObservationFilter.class);
				assertThat(context.getBean(KeyValuesHandler.class).keyValues).contains("gen_ai.usage.input_tokens")
					.doesNotContain("gen_ai.input.messages", "gen_ai.output.messages", "cold");
			});
		assertThat(output).doesNotContain("include-content");
	}

	@Test
	void contentIsRecordedIfAskedForWhichAWarningTells(CapturedOutput output) {
		this.runner
			.withPropertyValues("routekit.provider.type=fake", "routekit.provider.fake.responses=cold",
					"routekit.observations.include-content=true")
			.withBean(KeyValuesHandler.class)
			.run((context) -> {
				context.getBean(Model.class).stream("weather?").blockLast(TIMEOUT);
				assertThat(context.getBean(KeyValuesHandler.class).keyValues).contains("weather?", "cold");
				assertThat(meters(context).getMeters()).isNotEmpty()
					.allSatisfy((meter) -> assertThat(meter.getId().toString()).doesNotContain("weather?", "messages"));
			});
		assertThat(output).containsOnlyOnce("'routekit.observations.include-content'");
	}

	@Test
	void contentPassesThroughTheRedactorOfTheApplication() {
		this.runner
			.withPropertyValues("routekit.provider.type=fake", "routekit.provider.fake.responses=cold",
					"routekit.observations.include-content=true")
			.withBean(ContentRedactor.class, () -> (content) -> content.replace("cold", "***"))
			.withBean(KeyValuesHandler.class)
			.run((context) -> {
				context.getBean(Model.class).chat("weather?").block(TIMEOUT);
				assertThat(context.getBean(KeyValuesHandler.class).keyValues).contains("weather?", "***")
					.doesNotContain("cold");
			});
	}

	@Test
	void contentFilterOfTheApplicationIsUsed() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.observations.include-content=true")
			.withBean("own", ModelContentObservationFilter.class,
					() -> new ModelContentObservationFilter(new SecretRedactor(), (content) -> "***"))
			.run((context) -> assertThat(context).getBeanNames(ModelContentObservationFilter.class)
				.containsExactly("own"));
	}

	private static void assertMeteredOnce(AssertableApplicationContext context) {
		assertThat(meters(context).get("gen_ai.client.operation.duration").timer().count()).isOne();
	}

	private static MeterRegistry meters(AssertableApplicationContext context) {
		return context.getBean(MeterRegistry.class);
	}

	static class TwiceFilter implements ModelFilter {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request, Model next) {
			return next.chat(request).then(next.chat(request));
		}

		@Override
		public Flux<StreamEvent> stream(ChatRequest request, Model next) {
			return next.stream(request);
		}

	}

	static class CustomConvention implements ModelObservationConvention {

		@Override
		public String getName() {
			return "custom";
		}

	}

	static class GlobalConvention implements GlobalObservationConvention<ModelObservationContext> {

		@Override
		public String getName() {
			return "global";
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ModelObservationContext;
		}

	}

	static class KeyValuesHandler implements ObservationHandler<Observation.Context> {

		private String keyValues = "";

		@Override
		public void onStop(Observation.Context context) {
			this.keyValues += context.getAllKeyValues();
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
