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

import io.routekit.ModelConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what providers tell of themselves.
 */
class ProviderFactsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
		.withPropertyValues("routekit.provider.model=m");

	@ParameterizedTest
	@CsvSource({ "openai, https://api.openai.com/v1", "openai, https://API.OPENAI.COM/v1",
			"openai, https://api.openai.com./v1", "openai, https://Api.OpenAI.com.:443/v1",
			"openai, https://EU.api.openai.com/v1", "anthropic, https://api.anthropic.com",
			"anthropic, https://API.ANTHROPIC.COM/v1", "anthropic, https://api.anthropic.com.",
			"anthropic, https://Api.Anthropic.com.:443", "azure-openai, https://r.openai.azure.com",
			"azure-openai, https://R.OPENAI.AZURE.COM", "azure-openai, https://r.openai.azure.com.",
			"azure-openai, https://r.OpenAI.azure.us.:443", "azure-openai, https://R.Azure-API.net" })
	void hostsOfAProviderNeedAKeyHoweverTheyAreWritten(String type, String baseUrl) {
		this.runner.withPropertyValues("routekit.provider.type=" + type, "routekit.provider.base-url=" + baseUrl)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageContaining("API key")
				.hasMessageContaining("is missing"));
	}

	@ParameterizedTest
	@CsvSource({ "openai, https://api.openai.com.example.com/v1", "openai, https://notapi.openai.com/v1",
			"anthropic, https://api.anthropic.com.example.com", "azure-openai, https://notazure.com" })
	void otherHostsNeedNone(String type, String baseUrl) {
		this.runner.withPropertyValues("routekit.provider.type=" + type, "routekit.provider.base-url=" + baseUrl)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aServerThatIsWrittenInAnotherWayGetsTheInheritedKey() {
		this.runner
			.withPropertyValues("routekit.provider.type=openai", "routekit.provider.api-key=k",
					"routekit.models.fast.base-url=https://API.OPENAI.COM.:443/v1")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("fast"));
	}

}
