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

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.routekit.Model;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the metadata of the configuration properties.
 */
class ConfigurationMetadataTests {

	private static final String OF_MODEL = "routekit.provider.";

	/**
	 * Properties that hold nothing where they are not set, with the reason.
	 */
	private static final Map<String, String> UNSET = new TreeMap<>();

	/**
	 * Properties of which no one value holds where they are not set, with the reason.
	 */
	private static final Map<String, String> DECIDED = new TreeMap<>();

	/**
	 * What turns on the parts of a model that are off.
	 */
	private static final String[] PARTS = { "routekit.provider.circuit-breaker.enabled=true",
			"routekit.provider.concurrency-limit.max-calls=1", "routekit.provider.fallback=other",
			"routekit.models.other.type=fake" };

	/**
	 * What is used where nothing is set.
	 */
	private static final Map<String, Object> used = new TreeMap<>();

	static {
		unset("Nothing is sent that nobody sets", "options.extra", "options.max-tokens", "options.parallel-tool-calls",
				"options.reasoning.budget-tokens", "options.reasoning.effort", "options.response-format.name",
				"options.response-format.schema", "options.response-format.strict", "options.response-format.type",
				"options.seed", "options.service-tier", "options.stop", "options.temperature", "options.tool-choice",
				"options.top-p", "options.user", "headers", "organization", "project", "anthropic.auth-token",
				"anthropic.beta", "anthropic.prompt-caching.ttl");
		unset("There is no limit", "timeout.subscriber");
		unset("A stream has no limit, and an answer that is not streamed 10 minutes", "timeout.total");
		unset("There is none", "default-type");
		unset("The API does not tell any", "openai.reasoning-summary");
		unset("The address of the server decides", "price-provider");
		unset("Certificates are checked as those of any client", "ssl.bundle");
		unset("A piece is a word", "fake.chunk-size");
		unset("It fails if there are responses and makes up answers otherwise", "fake.when-exhausted");
		UNSET.put("routekit.agents", "There is none");
		UNSET.put("routekit.agents.approval.secret", "It is random");
		UNSET.put("routekit.models", "There is but one");
		UNSET.put("routekit.routes", "There is none");
		UNSET.put("routekit.limit.in-flight", "A part of the heap");
		UNSET.put("routekit.cost.azure.deployments", "None is known");
		UNSET.put("routekit.cost.catalogue", "The catalogue holds as it is");
		UNSET.put("routekit.cost.catalogue-location", "The bundled catalogue holds");
		UNSET.put("routekit.observations.tags", "There is none");
		UNSET.put("routekit.trace.max-history", "All files are kept");
		UNSET.put("routekit.trace.queue-size", "A part of the heap");
		DECIDED.put("routekit.cost.catalogue-refresh-interval", "By where the catalogue is");
		decided("By the keys among the environment variables", "type", "api-key");
		decided("By the provider", "model", "base-url");
		decided("By the base URL", "azure.api-style", "azure.api-version", "openai.answer-only-fields",
				"openai.structured-output");
		decided("By the model", "azure.deployment");
		decided("By the name of the model", "anthropic.generation.budget", "anthropic.generation.effort",
				"anthropic.generation.forced-tools", "anthropic.generation.model", "anthropic.generation.sampling",
				"anthropic.generation.structured-output", "anthropic.generation.system-messages",
				"anthropic.generation.thinking", "anthropic.max-tokens");
		decided("By whether another property of it is set", "circuit-breaker.enabled");
		decided("There is none; the test sets it to see the properties beside it", "fallback",
				"concurrency-limit.max-calls");
		decided("Made up of the prompt", "fake.responses", "fake.rules");
	}

	private static void unset(String reason, String... names) {
		Arrays.stream(names).forEach((name) -> UNSET.put(OF_MODEL + name, reason));
	}

	private static void decided(String reason, String... names) {
		Arrays.stream(names).forEach((name) -> DECIDED.put(OF_MODEL + name, reason));
	}

	@BeforeAll
	static void findWhatIsUsed() throws Exception {
		useModel("openai");
		useModel("anthropic");
		useModel("azure-openai", "routekit.provider.base-url=https://r.openai.azure.com/openai/v1",
				"routekit.provider.azure.api-version=preview");
		useModel("fake");
		for (JsonNode group : metadata().get("groups")) {
			String name = group.get("name").asString();
			if (name.startsWith("routekit") && !(name + ".").startsWith(OF_MODEL)) {
				use(name, ClassUtils.forName(group.get("type").asString(), null));
			}
		}
	}

	private static void useModel(String type, String... properties) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitResilienceAutoConfiguration.class))
			.withPropertyValues("routekit.provider.type=" + type, "routekit.provider.model=m",
					"routekit.provider.api-key=k")
			.withPropertyValues(PARTS)
			.withPropertyValues(properties)
			.run((context) -> {
				Model model = context.getBean(RouteKitAutoConfiguration.MODEL, Model.class);
				Map<String, Object> settings = new LinkedHashMap<>(model.unwrap(ConfiguredModel.class).settings());
				use(OF_MODEL, settings, type);
			});
	}

	private static void use(String prefix, Map<?, ?> settings, String type) {
		settings.forEach((name, value) -> {
			String property = prefix + DataObjectPropertyName.toDashedForm(String.valueOf(name));
			if (value instanceof Map<?, ?> nested) {
				use(property + ".", nested, type);
			}
			// What a test scripts is meant to be seen
			else if (!(type.equals("fake") && property.equals("routekit.provider.retry.max-retries"))) {
				assertThat(used.getOrDefault(property, value)).as(property).isEqualTo(value);
				used.put(property, value);
			}
		});
	}

	private static void use(String prefix, Class<?> type) {
		BeanWrapperImpl properties = new BeanWrapperImpl(
				new Binder(new MapConfigurationPropertySource()).bindOrCreate(prefix, type));
		Arrays.stream(properties.getPropertyDescriptors())
			.filter((property) -> property.getReadMethod() != null && !property.getName().equals("class"))
			.forEach((property) -> {
				Object value = properties.getPropertyValue(property.getName());
				if (value != null) {
					used.put(prefix + "." + DataObjectPropertyName.toDashedForm(property.getName()), value);
				}
			});
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("properties")
	void propertyHasDescription(String name, JsonNode property) {
		assertThat(property.path("description").asString("")).as(name)
			.matches("[A-Z].*\\.")
			.doesNotStartWith("The ")
			.doesNotStartWith("A ");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("properties")
	void propertyHasAType(String name, JsonNode property) {
		assertThat(property.path("type").asString("")).as(name).isNotEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("properties")
	void defaultIsWhatIsUsedWhereNothingIsSet(String name, JsonNode property) throws Exception {
		JsonNode defaultValue = property.get("defaultValue");

		if (defaultValue != null) {
			assertThat(used).as("what is used of %s", name).containsKey(name);
			assertThat(converted(property, used.get(name))).isEqualTo(used.get(name));
		}
		else if (!DECIDED.containsKey(name)) {
			assertThat(UNSET.get(name)).as("reason why %s has no default", name).isNotNull();
			assertThat(ObjectUtils.isEmpty(used.get(name))).as("%s is %s", name, used.get(name)).isTrue();
		}
	}

	private static Object converted(JsonNode property, Object used) throws Exception {
		JsonNode value = property.get("defaultValue");
		String text = value.isArray() ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
				: value.asString();
		Bindable<?> type = (used instanceof Collection<?> values) ? Bindable.setOf(values.iterator().next().getClass())
				: Bindable.of(ClassUtils.forName(property.get("type").asString(), null));
		return new Binder(new MapConfigurationPropertySource(Map.of("default", text))).bind("default", type).get();
	}

	@Test
	void onlyPropertiesWithoutDefaultNeedAReason() throws IOException {
		List<String> withoutDefault = properties().filter((arguments) -> !((JsonNode) arguments[1]).has("defaultValue"))
			.map((arguments) -> (String) arguments[0])
			.toList();

		assertThat(withoutDefault).containsAll(UNSET.keySet()).containsAll(DECIDED.keySet());
	}

	static Stream<Object[]> properties() throws IOException {
		return metadata().get("properties")
			.values()
			.stream()
			.filter((property) -> property.get("name").asString().startsWith("routekit."))
			.map((property) -> new Object[] { property.get("name").asString(), property });
	}

	private static JsonNode metadata() throws IOException {
		try (InputStream metadata = new ClassPathResource("META-INF/spring-configuration-metadata.json")
			.getInputStream()) {
			return JsonMapper.builder().build().readTree(metadata);
		}
	}

}
