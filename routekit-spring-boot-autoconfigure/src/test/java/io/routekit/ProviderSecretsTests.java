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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProviderSecrets}.
 */
class ProviderSecretsTests {

	private final ProviderSecrets declared = ProviderSecrets.of("custom.pin").withKeys("custom.auth-token");

	@ParameterizedTest
	@ValueSource(strings = { "api-key", "apikey", "custom.pin", "CUSTOM_PIN", "custom.pin[0]", "custom.pin.primary",
			"custom.auth-token", "custom.authToken", "CUSTOM_AUTHTOKEN", "CUSTOM_AUTH_TOKEN" })
	void whatIsDeclaredIsSecretHoweverItIsWritten(String property) {
		assertThat(this.declared.contains(property)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "custom", "custom.pinned", "pin", "custom.client-secret", "other.custom.pin", "base-url" })
	void whatIsNotDeclaredIsNotSecret(String property) {
		assertThat(this.declared.contains(property)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "api-key", "custom.client-secret", "custom.clientSecret", "CUSTOM_CLIENT_SECRET",
			"own.password", "custom.token.primary", "custom.token", "CUSTOM_KEY", "custom.private-key",
			"anthropic.auth-token", "custom.credentials[0].id" })
	void secretsOfAProviderThatTellsNothingAreGuessed(String property) {
		assertThat(ProviderSecrets.guessed().contains(property)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "model", "base-url", "options.max-tokens", "OPTIONS_MAX_TOKENS", "openai.max-tokens-field",
			"anthropic.prompt-caching.tools", "custom.keyboard", "custom.region", "options.reasoning.budget-tokens" })
	void otherPropertiesAreNotGuessed(String property) {
		assertThat(ProviderSecrets.guessed().contains(property)).isFalse();
	}

	@Test
	void oneKeyIsEnough() {
		assertThat(this.declared.keys()).containsExactlyInAnyOrder("api-key", "custom.auth-token");
		assertThat(this.declared.isKey("custom.authToken")).isTrue();
		assertThat(this.declared.isKey("custom.pin")).isFalse();
		assertThat(ProviderSecrets.guessed().isKey("auth-token")).isTrue();
		assertThat(ProviderSecrets.guessed().isKey("custom.client-secret")).isFalse();
	}

}
