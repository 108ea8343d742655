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

package io.routekit.responses;

import java.net.URI;

import io.routekit.ChatRequest;
import io.routekit.completions.CompletionsDialect.Deployment;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.Api;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ApiChoice}.
 */
class ApiChoiceTests {

	private static final URI SERVER = URI.create("https://api.openai.com/v1");

	private final CompletionsProperties properties = new CompletionsProperties();

	private ApiChoice choice(boolean both) {
		return ApiChoice.of(SERVER, "openai", null, this.properties, both);
	}

	@Test
	void modelDecidesWhereBothAreKnown() {
		ApiChoice choice = choice(true);
		assertThat(choice.isResponses("gpt-6-sol")).isTrue();
		assertThat(choice.isResponses("gpt-4o")).isFalse();
		assertThat(choice.isResponses(null)).isFalse();
		assertThat(choice.describe()).containsEntry("api", Api.AUTO)
			.containsKeys("streamEndsWithItems", "maxTokensField");
	}

	@Test
	void otherServersHaveChatCompletions() {
		ApiChoice choice = choice(false);
		assertThat(choice.isResponses("gpt-6-sol")).isFalse();
		assertThat(choice.describe()).containsEntry("api", Api.CHAT_COMPLETIONS)
			.doesNotContainKey("streamEndsWithItems");
	}

	@ParameterizedTest
	@EnumSource(names = { "CHAT_COMPLETIONS", "RESPONSES" })
	void settingDecidesForAllModelsOfAnyServer(Api api) {
		this.properties.setApi(api);
		for (boolean both : new boolean[] { true, false }) {
			assertThat(choice(both).isResponses("gpt-6-sol")).isEqualTo(api == Api.RESPONSES);
			assertThat(choice(both).isResponses("gpt-4o")).isEqualTo(api == Api.RESPONSES);
		}
	}

	@Test
	void deploymentStandsForTheModel() {
		ApiChoice choice = ApiChoice.of(SERVER, null, new Deployment("gpt-6-sol", "fast", false), this.properties,
				true);
		assertThat(choice.isResponses("fast")).isTrue();
		assertThat(choice.isResponses("gpt-4o")).isFalse();
	}

	@Test
	void spansTellTheApi() {
		ChatRequest request = ChatRequest.of("Hi");
		assertThat(choice(true).telemetryAttributes("gpt-6-sol").apply(request, null)).containsEntry("openai.api.type",
				"responses");
		assertThat(choice(true).telemetryAttributes("gpt-4o").apply(request, null)).containsEntry("openai.api.type",
				"chat_completions");
	}

}
