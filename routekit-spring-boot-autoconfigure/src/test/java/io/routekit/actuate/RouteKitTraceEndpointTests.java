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

package io.routekit.actuate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.routekit.actuate.autoconfigure.RouteKitTraceEndpointAutoConfiguration;
import io.routekit.trace.autoconfigure.RouteKitTraceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

/**
 * Tests for {@link RouteKitTraceEndpoint}.
 */
class RouteKitTraceEndpointTests {

	@TempDir
	private Path directory;

	private void write(String... models) throws IOException {
		StringBuilder lines = new StringBuilder();
		for (String model : models) {
			lines.append("{\"version\":1,\"time\":\"2026-11-23T12:00:00Z\",\"provider\":\"openai\",\"model\":\"")
				.append(model)
				.append("\",\"outcome\":\"success\",\"tags\":{\"feature\":\"")
				.append(model)
				.append("-feature\"}}\n");
		}
		Files.writeString(this.directory.resolve("routekit-2026-11-23.jsonl"), lines);
	}

	private Map<String, Object> analyze(String by, String from, String model, String tag) {
		return new RouteKitTraceEndpoint(this.directory).analyze(by, from, null, model, null, tag, null);
	}

	@Test
	void analyzesTheTrace() throws IOException {
		write("a", "a", "b");
		Map<String, Object> report = analyze(null, null, null, null);
		assertThat(report).containsEntry("by", "model").extractingByKey("groups").asInstanceOf(LIST).hasSize(2);
		assertThat(report).extractingByKey("total").asInstanceOf(MAP).containsEntry("calls", 3L);
	}

	@Test
	void choosesCalls() throws IOException {
		write("a", "a", "b");
		assertThat(analyze("provider", null, "a", null)).extractingByKey("total")
			.asInstanceOf(MAP)
			.containsEntry("calls", 2L);
		assertThat(analyze("tag:feature", null, null, "feature=b-feature")).extractingByKey("total")
			.asInstanceOf(MAP)
			.containsEntry("calls", 1L);
	}

	@Test
	void followsNoLinkInTheDirectory(@TempDir Path other) throws IOException {
		write("mine");
		Path file = Files.copy(this.directory.resolve("routekit-2026-11-23.jsonl"), other.resolve("file"));
		Files.createSymbolicLink(this.directory.resolve("routekit-2026-11-24.jsonl"), file);
		Files.createSymbolicLink(this.directory.resolve("routekit-2026-11-25.jsonl"), this.directory);

		Map<String, Object> report = new RouteKitTraceEndpoint(this.directory).analyze(null, null, null, null, null,
				null, null);

		assertThat(report).extractingByKey("total").asInstanceOf(MAP).containsEntry("calls", 1L);
		assertThat(report).containsEntry("brokenCount", 2L);
	}

	@ParameterizedTest
	@CsvSource({ "weekday,,", ",soon,", ",,feature" })
	void refusesParametersThatMakeNoSense(String by, String from, String tag) {
		assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(() -> analyze(by, from, null, tag));
	}

	@Test
	void isThereIfThereIsATraceAndItIsExposed() {
		ApplicationContextRunner context = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RouteKitTraceAutoConfiguration.class,
					RouteKitTraceEndpointAutoConfiguration.class, EndpointAutoConfiguration.class))
			.withPropertyValues("routekit.trace.directory=" + this.directory);
		context.withPropertyValues("management.endpoints.web.exposure.include=routekittrace")
			.run((started) -> assertThat(started).doesNotHaveBean(RouteKitTraceEndpoint.class));
		ApplicationContextRunner traced = context.withPropertyValues("routekit.trace.enabled=true");
		traced.run((started) -> assertThat(started).doesNotHaveBean(RouteKitTraceEndpoint.class));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RouteKitTraceAutoConfiguration.class))
			.withPropertyValues("routekit.trace.enabled=true", "routekit.trace.directory=" + this.directory)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((started) -> assertThat(started).hasNotFailed());
		traced.withPropertyValues("management.endpoints.web.exposure.include=routekittrace")
			.run((started) -> assertThat(started).hasSingleBean(RouteKitTraceEndpoint.class));
	}

}
