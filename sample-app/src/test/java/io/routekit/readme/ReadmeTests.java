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

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.routekit.Cost;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelProvider;
import io.routekit.Usage;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.sample.SampleApplication;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the README and the documentation to what the code says.
 */
@SpringBootTest(classes = SampleApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
@ActiveProfiles("test")
class ReadmeTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

	private static final Path ROOT = Path.of("..");

	private static final Path SNIPPETS = Path.of("src/test/java/io/routekit/readme");

	private final String readme;

	private final String providersPage;

	private final String observabilityPage;

	@Autowired
	private WebTestClient client;

	@Autowired
	private List<ModelProvider> providers;

	@Autowired
	private FakeModel fake;

	@Autowired
	private Model model;

	ReadmeTests() throws IOException {
		this.readme = Files.readString(ROOT.resolve("README.md"));
		this.providersPage = Files.readString(ROOT.resolve("docs/providers.md"));
		this.observabilityPage = Files.readString(ROOT.resolve("docs/observability.md"));
	}

	private List<String> blocks(String language) {
		return blocks(this.readme, language);
	}

	private static List<String> blocksOfAllPages(String language) throws IOException {
		List<String> blocks = new ArrayList<>();
		try (Stream<Path> files = Stream.concat(Stream.of(ROOT.resolve("README.md")),
				Files.list(ROOT.resolve("docs")))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".md")).toList()) {
				blocks.addAll(blocks(Files.readString(file), language));
			}
		}
		return blocks;
	}

	private static List<String> blocks(String page, String language) {
		return BLOCK.matcher(page)
			.results()
			.filter((result) -> result.group(1).equals(language))
			.map((result) -> result.group(2))
			.toList();
	}

	@Test
	void everyJavaSnippetIsCodeThatIsCompiledAndRun() throws IOException {
		StringBuilder sources = new StringBuilder();
		try (Stream<Path> files = Files.list(SNIPPETS)) {
			for (Path file : files.filter((path) -> !path.endsWith("ReadmeTests.java")).toList()) {
				sources.append(squeeze(Files.readString(file)));
			}
		}
		// Two snippets need libraries that are not here
		assertThat(blocksOfAllPages("java")).filteredOn((snippet) -> !snippet.contains("DefaultAzureCredential"))
			.filteredOn((snippet) -> !snippet.contains("OllamaContainer"))
			.hasSizeGreaterThan(5)
			.allSatisfy((snippet) -> assertThat(sources).contains(squeeze(snippet)));
	}

	private static String squeeze(String text) {
		return text.replaceAll("\\s+", "");
	}

	@Test
	void everyYamlSnippetSetsPropertiesThatExist() throws IOException {
		Set<String> properties = properties();
		assertThat(blocksOfAllPages("yaml")).hasSizeGreaterThan(3).allSatisfy((snippet) -> {
			YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
			yaml.setResources(new ByteArrayResource(snippet.getBytes(StandardCharsets.UTF_8)));
			// Prices have a file of their own
			assertThat(yaml.getObject().keySet()).isNotEmpty()
				.filteredOn((name) -> !yaml.getObject().containsKey("models[0].id"))
				.allSatisfy((name) -> assertThat(properties).anyMatch((property) -> isOf(name.toString(), property)));
		});
	}

	private static boolean isOf(String name, String property) {
		return name.equals(property) || name.startsWith(property + ".") || name.startsWith(property + "[");
	}

	@Test
	void everyPropertyOfTheTableExistsAndTheTableHasAllOfTheProviders() throws IOException {
		Set<String> existing = properties();
		Set<String> named = new TreeSet<>();
		for (String row : rows("| `routekit.provider.type` |")) {
			code(row.split("\\|")[3]).forEach((name) -> named.addAll(named("routekit.provider." + name, existing)));
		}
		assertThat(existing).containsAll(named);
		assertThat(named).containsAll(existing.stream()
			.filter((name) -> name.matches("routekit\\.provider\\.(openai|azure|anthropic|fake)\\..*"))
			.toList());
	}

	// A star stands for all that is below
	private static List<String> named(String name, Set<String> existing) {
		if (!name.endsWith(".*")) {
			return List.of(name);
		}
		String prefix = name.substring(0, name.length() - 1);
		List<String> below = existing.stream().filter((property) -> property.startsWith(prefix)).toList();
		assertThat(below).as(name).isNotEmpty();
		return below;
	}

	@Test
	void everyPropertyOfThePageOnProvidersExists() throws IOException {
		Set<String> existing = properties();
		List<String> named = code(BLOCK.matcher(this.providersPage).replaceAll("")).stream()
			.map((name) -> name.replaceFirst("=.*", ""))
			.filter((name) -> name.matches("(openai|azure|anthropic|timeout|limit)\\.[a-z.-]+"))
			.map("routekit.provider."::concat)
			.toList();
		assertThat(named).hasSizeGreaterThan(10).allSatisfy((name) -> assertThat(existing).contains(name));
	}

	@Test
	void theTableHasTheVariablesOfEachProvider() {
		for (String row : rows("| `routekit.provider.type` |")) {
			String[] cells = row.split("\\|");
			List<String> type = code(cells[1]);
			if (!type.isEmpty()) {
				ModelProvider provider = this.providers.stream()
					.filter((candidate) -> candidate.type().equals(type.get(0)))
					.findFirst()
					.orElseThrow();
				List<String> variables = (cells.length > 4) ? code(cells[4]) : Collections.emptyList();
				assertThat(variables).containsExactlyInAnyOrderElementsOf(provider.variables().values());
			}
		}
	}

	@Test
	void everyMeterOfTheTableExists() {
		Cost cost = new Cost(BigDecimal.ONE, Cost.USD, Cost.Source.REPORTED);
		this.fake.respondWith(FakeResponse.text("Hi").withUsage(Usage.of(5, 1).withCost(cost)),
				FakeResponse.text("Hi"));
		this.model.stream("Hi").blockLast(TIMEOUT);
		this.model.chat("Hi").block(TIMEOUT);
		String meters = get("/actuator/prometheus");
		// Failures and rate limits have tests of their own
		assertThat(rows("| Meter |")).filteredOn((row) -> !row.contains("routekit.retries"))
			.filteredOn((row) -> !row.contains("routekit.fallback"))
			.filteredOn((row) -> !row.contains("routekit.ratelimit"))
			.hasSizeGreaterThan(4)
			.allSatisfy((row) -> assertThat(meters)
				.containsPattern("(?m)^" + code(row.split("\\|")[3]).get(0) + "(_count)?\\{"));
	}

	@Test
	void theAnswerOfTheEndpointHasTheMembersOfTheExample() {
		Cost cost = new Cost(BigDecimal.ONE, Cost.USD, Cost.Source.CATALOGUE);
		this.fake.respondWith(FakeResponse.text("Hi").withUsage(Usage.of(5, 1).withCost(cost)), FakeResponse
			.failure(ModelException.builder(Kind.RATE_LIMIT, "Slow down").status(429).requestId("req_1").build()));
		this.model.chat("Hi").block(TIMEOUT);
		this.model.chat("Hi").onErrorComplete().block(TIMEOUT);
		JsonNode answer = new JsonMapper().readTree(get("/actuator/routekit"));
		JsonNode example = new JsonMapper().readTree(blocks(this.observabilityPage, "json").get(0));
		assertThat(names(answer)).isEqualTo(names(example));
		assertThat(names(answer.at("/catalogue"))).isEqualTo(names(example.at("/catalogue")));
		assertThat(names(answer.at("/calls"))).isEqualTo(names(example.at("/calls")));
		assertThat(names(answer.at("/calls/lastErrors/fake"))).isEqualTo(names(example.at("/calls/lastErrors/openai")));
		assertThat(answer.at("/calls/models").valueStream().map(ReadmeTests::names).collect(Collectors.toSet()))
			.isEqualTo(example.at("/calls/models").valueStream().map(ReadmeTests::names).collect(Collectors.toSet()));
	}

	private static List<String> names(JsonNode json) {
		return List.copyOf(json.propertyNames());
	}

	@Test
	void everyCallOfTheSampleSucceeds() {
		List<String> calls = blocks("shell").stream()
			.flatMap(String::lines)
			.filter((line) -> line.startsWith("curl "))
			.toList();
		assertThat(calls).hasSizeGreaterThan(3);
		for (String call : calls) {
			MatchResult url = match("http://localhost:8080(\\S+)", call);
			if (call.contains(" -d ")) {
				this.client.post()
					.uri(url.group(1))
					.contentType(MediaType.APPLICATION_JSON)
					.bodyValue(match("-d '([^']*)'", call).group(1))
					.exchange()
					.expectStatus()
					.isOk();
			}
			else {
				get(url.group(1));
			}
		}
	}

	@Test
	void everyLinkLeadsToAFile() {
		assertThat(Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(this.readme).results().map((link) -> link.group(1)))
			.isNotEmpty()
			.allSatisfy((link) -> assertThat(ROOT.resolve(link)).exists());
	}

	private String get(String uri) {
		return this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private static MatchResult match(String regex, String text) {
		return Pattern.compile(regex).matcher(text).results().findFirst().orElseThrow();
	}

	// The rows of the table with the given header, without the header
	private List<String> rows(String header) {
		List<String> lines = this.readme.lines().dropWhile((line) -> !line.startsWith(header)).skip(2).toList();
		return lines.stream().takeWhile((line) -> line.startsWith("|")).toList();
	}

	private static List<String> code(String cell) {
		return Pattern.compile("`([^`]+)`").matcher(cell).results().map((code) -> code.group(1)).toList();
	}

	private static Set<String> properties() throws IOException {
		List<URL> files = Collections
			.list(ReadmeTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"));
		List<String> names = new ArrayList<>();
		for (URL file : files) {
			try (InputStream stream = file.openStream()) {
				new JsonMapper().readTree(stream)
					.path("properties")
					.forEach((property) -> names.add(property.path("name").stringValue()));
			}
		}
		return Set.copyOf(names);
	}

}
