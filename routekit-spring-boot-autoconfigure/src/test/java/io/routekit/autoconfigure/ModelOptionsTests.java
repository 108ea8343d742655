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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.routekit.ChatOptions;
import io.routekit.CompleteCalls;
import io.routekit.ModelSettings;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.ObjectUtils;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the options of a model: that each can be configured, and is shown.
 */
class ModelOptionsTests {

	/**
	 * Options that have a property of their own beside the options.
	 */
	private static final Map<String, String> ELSEWHERE = Map.of("model", "routekit.provider.model", "timeouts",
			"routekit.provider.timeout", "maxRetries", "routekit.provider.retry.max-retries");

	@Test
	void eachOptionIsConfiguredByItsProperty() {
		Map<String, Object> properties = new LinkedHashMap<>(Map.of("temperature", "0.2", "top-p", "0.9", "max-tokens",
				"100", "stop", "a,b", "seed", "7", "tool-choice", "find", "parallel-tool-calls", "false",
				"reasoning.effort", "low", "service-tier", "flex", "user", "jane"));
		properties.putAll(Map.of("response-format.name", "answer", "response-format.schema", "{}",
				"response-format.strict", "true", "extra.top_k", "40"));

		ChatOptions options = new OptionsMapper("routekit.provider")
			.map(new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("", OptionsProperties.class));

		assertThat(set(options)).isEqualTo(configurable());
	}

	private static Set<String> configurable() {
		Set<String> names = new TreeSet<>(CompleteCalls.options());
		names.removeAll(ELSEWHERE.keySet());
		return names;
	}

	private static Set<String> set(ChatOptions options) {
		Set<String> names = new TreeSet<>();
		for (String name : CompleteCalls.options()) {
			Object value = ReflectionUtils.invokeMethod(ReflectionUtils.findMethod(ChatOptions.class, name), options);
			if (!ObjectUtils.isEmpty(value)) {
				names.add(name);
			}
		}
		return names;
	}

	@Test
	void noPropertyIsLeftOver() {
		BeanWrapperImpl properties = new BeanWrapperImpl(new OptionsProperties());

		assertThat(properties.getPropertyDescriptors()).extracting("name")
			.filteredOn((name) -> !name.equals("class"))
			.containsExactlyInAnyOrderElementsOf(configurable());
	}

	@Test
	void eachOptionIsShown() {
		ChatOptions options = CompleteCalls.requests().get(0).options();

		Map<String, Object> description = new SettingsDescription(ModelSettings.builder().options(options).build())
			.asMap();

		assertThat(description.get("options")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsOnlyKeys(CompleteCalls.options().toArray());
	}

}
