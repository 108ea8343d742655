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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.Models;
import io.routekit.test.autoconfigure.AutoConfigureFakeModel.Replace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.InputStreamSource;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.javapoet.ClassName;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for each feature together with each other one: where a real provider is
 * configured, where the fake one is, where {@link AutoConfigureFakeModel} replaces it,
 * and where the application is processed ahead of time.
 */
class FeaturePairsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String[] REAL = { "routekit.provider.type=openai", "routekit.provider.api-key=k" };

	private static final String[] FAKE = { "routekit.provider.type=fake" };

	private static final String[] WITHOUT_KEY = { "routekit.provider.type=openai",
			"routekit.provider.api-key=${KEY_OF_PRODUCTION}" };

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(autoConfigurations()));

	private static Class<?>[] autoConfigurations() {
		return ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((candidate) -> candidate.startsWith("io.routekit.") && !candidate.contains("Endpoint")
					&& !candidate.contains("Health") && !candidate.contains("Sanitizing"))
			.map((candidate) -> ClassUtils.resolveClassName(candidate, null))
			.toArray(Class<?>[]::new);
	}

	private String[] properties(Feature first, Feature second) {
		return Stream.of(first, second)
			.flatMap((feature) -> feature.properties.stream())
			.distinct()
			.map((property) -> property.replace("DIRECTORY", this.directory.toString()))
			.toArray(String[]::new);
	}

	@ParameterizedTest
	@EnumSource
	void startsWithARealProvider(Feature first) {
		for (Feature second : EnumSet.range(first, Feature.LAZY)) {
			this.runner.withPropertyValues(REAL)
				.withPropertyValues(properties(first, second))
				.run((context) -> assertThat(context).as("%s, %s", first, second)
					.hasNotFailed()
					.getBean(Models.class)
					.satisfies((models) -> assertThat(models.names()).allSatisfy(models::get)));
		}
	}

	@ParameterizedTest
	@EnumSource
	void answersWithTheFakeProvider(Feature first) {
		for (Feature second : EnumSet.range(first, Feature.LAZY)) {
			this.runner.withPropertyValues(FAKE)
				.withPropertyValues(properties(first, second))
				.run((context) -> assertThat(context).as("%s, %s", first, second)
					.hasNotFailed()
					.getBean("model", Model.class)
					.satisfies(FeaturePairsTests::answers));
		}
	}

	@ParameterizedTest
	@EnumSource
	void answersWithTheAnnotation(Feature first) {
		for (Feature second : EnumSet.range(first, Feature.LAZY)) {
			this.runner
				.withInitializer(
						(context) -> new FakeModelContextCustomizer(Replace.ANY).customizeContext(context, null))
				.withPropertyValues(WITHOUT_KEY)
				.withPropertyValues(properties(first, second))
				.run((context) -> assertThat(context).as("%s, %s", first, second)
					.hasNotFailed()
					.getBean(Models.class)
					.satisfies((models) -> assertThat(models.names()).allSatisfy((name) -> answers(models.get(name)))));
		}
	}

	@ParameterizedTest
	@EnumSource
	void isProcessedAheadOfTime(Feature first) {
		for (Feature second : EnumSet.range(first, Feature.LAZY)) {
			InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(FeaturePairsTests.class)), files);
			AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
			TestPropertyValues.of(WITHOUT_KEY).and(properties(first, second)).applyTo(context);
			context.register(autoConfigurations());
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			assertThat(files.getGeneratedFiles(Kind.SOURCE)).as("%s, %s", first, second).isNotEmpty();
		}
	}

	@Test
	void modelOfARegistrarIsProcessedAheadOfTime() {
		String sources = processAheadOfTime(OwnModelConfiguration.class);

		assertThat(sources).contains("\"ownModel\"").doesNotContain("createDefault");
	}

	@Test
	void modelKeepsTheNameThatItGotAheadOfTime() {
		String sources = processAheadOfTime(TakenNameConfiguration.class);

		assertThat(sources).contains("createDefault", "\"routeKitModel\"");
	}

	private static String processAheadOfTime(Class<?> configuration) {
		InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(FeaturePairsTests.class)), files);
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of(FAKE).applyTo(context);
		context.register(configuration);
		context.register(autoConfigurations());
		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		generation.writeGeneratedContent();
		return files.getGeneratedFiles(Kind.SOURCE)
			.values()
			.stream()
			.map(FeaturePairsTests::text)
			.collect(Collectors.joining());
	}

	private static String text(InputStreamSource source) {
		try (InputStream stream = source.getInputStream()) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void answers(Model model) {
		assertThat(model.chat("Hi").block(LIMIT)).isNotNull();
		assertThat(model.stream("Hi").blockLast(LIMIT)).isNotNull();
	}

	/**
	 * What users combine.
	 */
	enum Feature {

		NAMED_MODEL("routekit.models.fast.model=small"),

		MODEL_OF_ANOTHER_TYPE("routekit.models.claude.type=anthropic", "routekit.models.claude.api-key=k"),

		DEEP_EXTRA_FIELD("routekit.provider.options.extra.provider.routing.by.sort=price",
				"routekit.models.deep.options.extra.a.b.c.d.e.f=1"),

		HEADER("routekit.provider.headers.x-team=search"),

		ROUTE("routekit.routes.any.models=model", "routekit.routes.drawn.weights.model=1"),

		FALLBACK("routekit.provider.fallback=spare", "routekit.models.spare.model=small"),

		AGENT("routekit.agents.desk.instructions=Help", "routekit.agents.desk.limits.rounds=3"),

		RETRY("routekit.provider.retry.max-retries=1"),

		CIRCUIT_BREAKER("routekit.provider.circuit-breaker.enabled=true"),

		CONCURRENCY_LIMIT("routekit.provider.concurrency-limit.max-calls=9"),

		COST("routekit.cost.catalogue[0].provider=openai", "routekit.cost.catalogue[0].id=small",
				"routekit.cost.catalogue[0].input=1", "routekit.cost.azure.deployments.d.model=gpt-5"),

		RECORDING("routekit.recording.mode=record", "routekit.recording.directory=DIRECTORY"),

		TRACE("routekit.trace.enabled=true", "routekit.trace.directory=DIRECTORY"),

		OBSERVATION("routekit.observations.include-content=true", "routekit.observations.tags=tenant"),

		SCRIPT("routekit.provider.fake.responses[0].tool-calls[0].name=f",
				"routekit.provider.fake.when-exhausted=repeat-last"),

		LAZY("spring.main.lazy-initialization=true");

		private final List<String> properties;

		Feature(String... properties) {
			this.properties = List.of(properties);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(OwnModelRegistrar.class)
	static class OwnModelConfiguration {

	}

	static class OwnModelRegistrar implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			registry.registerBeanDefinition("ownModel", new RootBeanDefinition(OwnModel.class));
		}

	}

	static class OwnModel implements Model {

		@Override
		public String name() {
			return "own";
		}

		@Override
		public String provider() {
			return "own";
		}

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			return Mono.empty();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TakenNameConfiguration {

		@Bean
		StringBuilder model() {
			return new StringBuilder();
		}

	}

}
