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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

/**
 * Tests for what the start of an application costs, in classes that are loaded: unlike
 * time, they are the same on each machine.
 */
class StartTests {

	private static final Pattern LOADED = Pattern.compile("\\] (\\S+) source:");

	/**
	 * Its own classes, and those that it makes for lambdas: how many depends on the JDK,
	 * on what it has archived and on how the class path is passed.
	 */
	private static final Pattern OF_THE_JDK = Pattern.compile("^(java|javax|jdk|sun|com\\.sun)\\.|\\$\\$Lambda|/0x");

	/**
	 * There are about 330 here, where Resilience4j is on the class path; 30 of them are
	 * there so that agents can be made and observed.
	 */
	private static final int MOST_CLASSES = 335;

	@TempDir
	private Path directory;

	@Test
	void loadsOnlyWhatTheStartNeeds() throws Exception {
		List<String> without = start("--spring.autoconfigure.exclude=" + String.join(",", autoConfigurations()));
		List<String> with = start("--routekit.provider.type=openai", "--routekit.provider.api-key=k");
		assertThat(without).noneMatch((name) -> name.startsWith("io.routekit.http"));
		assertThat(with).contains("io.routekit.http.HttpModel", "io.routekit.cost.PricingFilter",
				"io.routekit.observation.MeteringFilter");
		Set<String> more = new TreeSet<>(with);
		more.removeAll(new HashSet<>(without));
		assertThat(more).hasSizeLessThan(MOST_CLASSES);
		assertThat(with).as("the bundled catalogue is read when it is needed")
			.doesNotContain("io.routekit.cost.CatalogueReader");
		assertThat(with).as("schemas are made for those who have tools")
			.noneMatch(
					(name) -> name.startsWith("com.github.victools.") || name.startsWith("io.routekit.schema.Schema"));
		assertThat(with).as("the HTTP client is made when it is needed")
			.doesNotContain("org.springframework.web.reactive.function.client.DefaultWebClient",
					"reactor.netty.http.client.HttpClientConfig");
		assertThat(with).as("what is off costs nothing")
			.filteredOn((name) -> !name.startsWith("io.routekit.trace.autoconfigure."))
			.noneMatch(
					(name) -> name.startsWith("io.routekit.trace.") || name.startsWith("io.routekit.fake.FakeScript"));
	}

	private static List<String> autoConfigurations() {
		List<String> names = new ArrayList<>();
		for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
			if (name.startsWith("io.routekit.")) {
				names.add(name);
			}
		}
		return names;
	}

	private List<String> start(String... arguments) throws Exception {
		Path log = this.directory.resolve("classes.log");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-Xlog:class+load:file=" + log, "-cp", System.getProperty("java.class.path"),
						SpringApplication.class.getName(), "--spring.main.sources=" + Application.class.getName(),
						"--spring.main.web-application-type=none", "--spring.docker.compose.enabled=false"));
		command.addAll(Arrays.asList(arguments));
		Path output = this.directory.resolve("output.txt");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		// What is said of variables is another test's matter
		builder.environment().keySet().removeIf((name) -> name.startsWith("ROUTEKIT"));
		Process process = builder.start();
		try {
			assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
			assertThat(process.exitValue()).as(() -> contentOf(output.toFile())).isZero();
		}
		finally {
			process.destroyForcibly();
		}
		return LOADED.matcher(Files.readString(log))
			.results()
			.map((result) -> result.group(1))
			.filter((name) -> !OF_THE_JDK.matcher(name).find())
			.toList();
	}

	/**
	 * An application that does nothing but start.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
