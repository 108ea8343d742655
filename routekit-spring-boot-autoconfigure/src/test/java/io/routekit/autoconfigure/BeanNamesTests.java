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

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.Models;
import io.routekit.fake.FakeModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the beans of an application and those of RouteKit do not get in each other's
 * way, whatever their names are.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BeanNamesTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String PREFIX = "routeKit";

	/**
	 * The names that properties give.
	 */
	private static final Set<String> CONFIGURED = Set.of("model", "fast", "balanced");

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class));

	private final Map<String, Class<?>> types = new TreeMap<>();

	private ApplicationContextRunner runner = this.application;

	@BeforeAll
	void findBeans(@TempDir Path directory) {
		Set<String> names = new TreeSet<>();
		this.application.run((context) -> names.addAll(List.of(context.getBeanDefinitionNames())));
		ApplicationContextRunner configured = this.application
			.withConfiguration(AutoConfigurations.of(autoConfigurations()))
			.withPropertyValues("routekit.provider.type=fake", "routekit.provider.fake.responses=Hello",
					"routekit.provider.fake.when-exhausted=repeat-last", "routekit.models.fast.model=small",
					"routekit.routes.balanced.models=fast,model", "routekit.trace.enabled=true",
					"routekit.trace.directory=" + directory, "routekit.recording.mode=off",
					"routekit.observations.include-content=true", "routekit.observations.histogram.enabled=true",
					"management.endpoints.web.exposure.include=*");
		configured.run((context) -> {
			assertThat(context).hasNotFailed();
			for (String name : context.getBeanDefinitionNames()) {
				if (!names.contains(name) && !name.contains("io.routekit.")) {
					this.types.put(name, context.getType(name));
				}
			}
		});
		this.runner = configured.withUserConfiguration(Application.class);
	}

	private static Class<?>[] autoConfigurations() {
		List<Class<?>> classes = new ArrayList<>();
		for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
			if (name.startsWith("io.routekit.")) {
				classes.add(ClassUtils.resolveClassName(name, null));
			}
		}
		return classes.toArray(Class<?>[]::new);
	}

	@Test
	void namesOfBeansBeginLikeRouteKitUnlessTheyAreConfigured() {
		assertThat(this.types).hasSizeGreaterThan(35).containsKeys("model", "routeKitModels", "routeKitTraceFilter");
		assertThat(this.types.keySet())
			.allMatch((name) -> name.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) || CONFIGURED.contains(name));
	}

	Stream<String> shortNames() {
		return this.types.keySet()
			.stream()
			.filter((name) -> name.toLowerCase(Locale.ROOT).startsWith(PREFIX.toLowerCase(Locale.ROOT)))
			.map((name) -> StringUtils.uncapitalize(name.substring(PREFIX.length())));
	}

	@ParameterizedTest
	@MethodSource("shortNames")
	void aStrangersBeanMayHaveTheNameThatRouteKitGivesTheTypeItself(String name) {
		this.runner.withBean(name, String.class, () -> "A stranger").run((context) -> {
			assertAnswers(context);
			assertThat(context.getBean(name)).isEqualTo("A stranger");
		});
	}

	@Test
	void aStrangersBeanMayHaveTheNameOfTheModel() {
		this.runner.withBean("model", String.class, () -> "A stranger").run((context) -> {
			assertAnswers(context);
			assertThat(context.getBean("model")).isEqualTo("A stranger");
			assertThat(context.getBean(Models.class).get("model")).isSameAs(context.getBean(Model.class));
			assertThat(context.getBean(Models.class).names()).containsExactly("balanced", "fast", "model");
		});
	}

	@Test
	void aModelOfTheApplicationMayHaveTheNameOfTheModel() {
		this.runner.withBean("model", Model.class, () -> FakeModel.of("Mine")).run((context) -> {
			assertThat(context).doesNotHaveBean("routeKitModel").doesNotHaveBean("routeKitFakeModel");
			assertThat(context.getBean(Models.class).get("model")).isSameAs(context.getBean(Model.class));
			assertThat(context.getBean(Model.class).chat("Hi").map(ModelResponse::content).block(LIMIT))
				.isEqualTo("Mine");
		});
	}

	@Test
	void aModelOfTheApplicationThatIsNoDefaultKeepsItsName() {
		this.runner
			.withBean("model", Model.class, () -> FakeModel.of("Mine"),
					(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
			.run((context) -> {
				assertThat(context.getBean(Model.class).chat("Hi").map(ModelResponse::content).block(LIMIT))
					.isEqualTo("Hello");
				assertThat(
						context.getBean(Models.class).get("model").chat("Hi").map(ModelResponse::content).block(LIMIT))
					.isEqualTo("Mine");
			});
	}

	Stream<String> publicTypes() {
		return this.types.entrySet()
			.stream()
			.filter((bean) -> bean.getValue().getName().startsWith("io.routekit.")
					&& Modifier.isPublic(bean.getValue().getModifiers())
					&& !Model.class.isAssignableFrom(bean.getValue()))
			.map(Map.Entry::getKey);
	}

	@ParameterizedTest
	@MethodSource("publicTypes")
	void aBeanOfTheSameTypeTakesThePlaceOfRouteKits(String name) {
		this.runner.run((other) -> assertTakesThePlace(name, other.getBean(name)));
	}

	@SuppressWarnings("unchecked") // The bean has the type that is known by its name
	private <T> void assertTakesThePlace(String name, T bean) {
		Class<T> type = (Class<T>) this.types.get(name);
		for (String own : List.of(name, "mine")) {
			this.runner.withBean(own, type, () -> bean).run((context) -> {
				assertAnswers(context);
				assertThat(context.getBeansOfType(type)).containsOnlyKeys(own).containsValue(bean);
			});
		}
	}

	private static void assertAnswers(AssertableApplicationContext context) throws Exception {
		assertThat(context).hasNotFailed();
		assertThat(context.getBean(Answers.class).call()).containsOnly("Hello");
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Answers answers(Model model, @Qualifier("model") Model qualified, @Qualifier("fast") Model fast,
				@Qualifier("balanced") Model balanced, Models models) {
			return () -> Stream
				.of(model, qualified, fast, balanced, models.get("model"), models.get("fast"), models.get("balanced"))
				.map((each) -> each.chat("Hi").map(ModelResponse::content).block(LIMIT))
				.toList();
		}

	}

	/**
	 * What the models of the application answer, wherever they are from.
	 */
	interface Answers extends Callable<List<String>> {

	}

}
