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

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

import io.routekit.Model;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications without one or two of the libraries that RouteKit can do
 * without.
 */
@ExtendWith(OutputCaptureExtension.class)
class OptionalLibrariesTests {

	private static final String[] PROPERTIES = { "routekit.provider.type=fake", "routekit.models.fast.model=small",
			"routekit.provider.fallback=fast", "routekit.routes.any.models=fast", "routekit.agents.desk.model=any" };

	/**
	 * The class path is really without the jars, since classes that cannot be loaded are
	 * what fails.
	 */
	@ParameterizedTest
	@EnumSource
	void startsWithoutALibrary(Library library, CapturedOutput output) throws Exception {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader classLoader = new URLClassLoader(classPath(library),
				ClassLoader.getPlatformClassLoader())) {
			Thread.currentThread().setContextClassLoader(classLoader);
			classLoader.loadClass(Application.class.getName())
				.getMethod("main", String[].class)
				.invoke(null, (Object) arguments());
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
		assertThat(output).contains("Started with").doesNotContain(" WARN ").doesNotContain(" ERROR ");
	}

	private static String[] arguments() {
		List<String> arguments = new ArrayList<>(List.of("--spring.main.web-application-type=none",
				"--spring.docker.compose.enabled=false", "--spring.main.banner-mode=off"));
		Stream.of(PROPERTIES).map((property) -> "--" + property).forEach(arguments::add);
		return arguments.toArray(String[]::new);
	}

	private static URL[] classPath(Library without) throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : StringUtils.delimitedListToStringArray(System.getProperty("java.class.path"),
				File.pathSeparator)) {
			File file = new File(entry);
			if (without.jars.stream().noneMatch((jar) -> file.getName().startsWith(jar + "-"))) {
				urls.add(file.toURI().toURL());
			}
		}
		return urls.toArray(URL[]::new);
	}

	@ParameterizedTest
	@EnumSource
	void startsWithoutTwoLibraries(Library first, CapturedOutput output) throws IOException {
		for (Library second : EnumSet.range(first, Library.TESTCONTAINERS)) {
			String[] packages = Stream.concat(first.packages.stream(), second.packages.stream()).toArray(String[]::new);
			try (FilteredClassLoader classLoader = new FilteredClassLoader(packages)) {
				new ApplicationContextRunner().withClassLoader(classLoader)
					.withConfiguration(AutoConfigurations
						.of(autoConfigurations(first != Library.ACTUATOR && second != Library.ACTUATOR)))
					.withPropertyValues(PROPERTIES)
					.run((context) -> assertThat(context).as("%s, %s", first, second)
						.hasNotFailed()
						.hasBean("model")
						.hasBean("any")
						.hasBean("desk"));
			}
		}
		assertThat(output).doesNotContain(" WARN ");
	}

	private static Class<?>[] autoConfigurations(boolean endpoints) {
		return ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			// Annotations of what is left out cannot be read here; an application leaves
			// their class out
			.filter((candidate) -> candidate.startsWith("io.routekit.") && !candidate.contains("Health")
					&& (endpoints || !candidate.contains("Endpoint")))
			.map((candidate) -> ClassUtils.resolveClassName(candidate, null))
			.toArray(Class<?>[]::new);
	}

	/**
	 * What RouteKit can do without.
	 */
	enum Library {

		METRICS(List.of("micrometer-core", "micrometer-registry-prometheus", "spring-boot-micrometer-metrics"),
				List.of("io.micrometer.core.", "org.springframework.boot.micrometer.metrics.")),

		ACTUATOR(List.of("spring-boot-actuator", "spring-boot-actuator-autoconfigure", "spring-boot-health"),
				List.of("org.springframework.boot.actuate.", "org.springframework.boot.health.")),

		HEALTH(List.of("spring-boot-health"), List.of("org.springframework.boot.health.")),

		BULKHEAD(List.of("resilience4j-bulkhead"), List.of("io.github.resilience4j.bulkhead.")),

		CIRCUIT_BREAKER(List.of("resilience4j-circuitbreaker"), List.of("io.github.resilience4j.circuitbreaker.")),

		RESILIENCE_METRICS(List.of("resilience4j-micrometer"), List.of("io.github.resilience4j.micrometer.")),

		RESILIENCE(List.of("resilience4j"), List.of("io.github.resilience4j.")),

		TRACING(List.of("micrometer-tracing", "spring-boot-micrometer-tracing"), List.of("io.micrometer.tracing.")),

		REACTOR_NETTY(List.of("reactor-netty-http"), List.of("reactor.netty.")),

		JETTY(List.of("jetty-reactive-httpclient", "jetty-client"), List.of("org.eclipse.jetty.")),

		HTTP_COMPONENTS(List.of("httpclient5", "httpcore5-reactive"), List.of("org.apache.hc.")),

		SCHEMAS(List.of("jsonschema-generator", "jsonschema-module-jackson", "jsonschema-module-jakarta-validation"),
				List.of("com.github.victools.")),

		VALIDATION(List.of("jakarta.validation-api", "jsonschema-module-jakarta-validation"),
				List.of("jakarta.validation.")),

		YAML(List.of("snakeyaml"), List.of("org.yaml.")),

		DOCKER_COMPOSE(List.of("spring-boot-docker-compose"), List.of("org.springframework.boot.docker.")),

		TESTCONTAINERS(List.of("spring-boot-testcontainers", "testcontainers"),
				List.of("org.springframework.boot.testcontainers.", "org.testcontainers."));

		private final List<String> jars;

		private final List<String> packages;

		Library(List<String> jars, List<String> packages) {
			this.jars = jars;
			this.packages = packages;
		}

	}

	/**
	 * An application of everything that is there.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		/**
		 * Start the application, which ends at once.
		 * @param arguments the arguments
		 */
		public static void main(String[] arguments) {
			try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, arguments)) {
				LogFactory.getLog(Application.class)
					.info("Started with " + context.getBean("model", Model.class).provider());
			}
		}

	}

}
