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

package io.routekit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what is particular to a vendor stands with its provider, and is declared to
 * the rest by {@link ProviderFacts}, {@link ProviderSecrets} and the wire format.
 */
class VendorNamesTests {

	private static final Path SOURCES = Path.of("src/main/java/io/routekit");

	/**
	 * The packages of the providers, and of the wire formats that several of them have.
	 */
	private static final Set<String> PROVIDERS = Set.of("openai", "azure", "anthropic", "completions", "responses");

	/**
	 * The files that name a vendor all the same, with the reason.
	 */
	private static final Map<String, String> EXCEPTIONS = new TreeMap<>(
			Map.ofEntries(Map.entry("RouteKitAutoConfiguration", "declares the beans of the providers"),
					Map.entry("RouteKitRuntimeHints", "registers the properties of the providers"),
					Map.entry("KnownProperties", "lists the properties of the providers"),
					Map.entry("CostProperties", "has the keys below 'routekit.cost.azure'"),
					Map.entry("CostMapper", "reads the keys below 'routekit.cost.azure'"),
					Map.entry("ConfiguredNames", "reads the names of models below 'routekit.cost.azure'"),
					Map.entry("ModelObservationDocumentation", "documents the attributes of the semantic conventions"),
					Map.entry("FakeImprovisation", "tells a person which key to set"),
					Map.entry("ModelConnectionDetails", "names the type for servers that tell none"),
					Map.entry("OpenAiCompatibleServer", "is the table of the images of servers"),
					Map.entry("OpenAiCompatibleContainerConnectionDetailsFactory",
							"is about servers of that wire format"),
					Map.entry("OpenAiCompatibleDockerComposeConnectionDetailsFactory",
							"is about servers of that wire format")));

	private static final Pattern VENDOR = Pattern.compile("openai|anthropic|claude|gpt-|azure|microsoft|gemini|"
			+ "vertex|bedrock|amazon|mistral|deepseek|groq|perplexity|cohere|openrouter|ollama|vllm|sglang|llama|"
			+ "qwen|kimi|moonshot|minimax|cerebras|fireworks|copilot|\\b(x\\.?ai|z\\.?ai|glm|aws)\\b",
			Pattern.CASE_INSENSITIVE);

	/**
	 * What a source has of texts and comments. A text comes first, since it can contain
	 * what begins a comment.
	 */
	private static final Pattern TEXT_OR_COMMENT = Pattern.compile(
			"(\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\n]|\\\\.)++')|/\\*.*?\\*/|//[^\n]*",
			Pattern.DOTALL);

	@Test
	void onlyProvidersAndTablesNameAVendor() throws IOException {
		Set<String> names = new TreeSet<>();
		try (Stream<Path> files = Files.walk(SOURCES)) {
			for (Path file : files.filter(VendorNamesTests::isOutsideOfProviders).toList()) {
				if (namesVendor(Files.readString(file))) {
					names.add(file.getFileName().toString().replace(".java", ""));
				}
			}
		}
		assertThat(names).as("Classes that name a vendor").isEqualTo(EXCEPTIONS.keySet());
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|',
			value = { "provider.equals(\"openai\")  | true", "boolean isAnthropic() { | true",
					"static final String AZURE = URL; | true", "String s = \"https://api.x.ai/v1\"; | true",
					"import io.routekit.azure.Token; | true", "// as OpenAI does | false",
					"/** Claude and Gemini. */ int tier; | false", "String s = \"//mistral.ai\"; | true",
					"char quote = '\"'; // Groq | false", "String s = \"the maximal air\"; | false" })
	void aVendorIsNamedByCodeButNotByComments(String source, boolean named) {
		assertThat(namesVendor(source)).isEqualTo(named);
	}

	private static boolean isOutsideOfProviders(Path file) {
		return file.toString().endsWith(".java") && !PROVIDERS.contains(SOURCES.relativize(file).getName(0).toString());
	}

	private static boolean namesVendor(String source) {
		String code = TEXT_OR_COMMENT.matcher(source).replaceAll((match) -> (match.group(1) != null) ? "$1" : " ");
		return VENDOR.matcher(code).find();
	}

}
