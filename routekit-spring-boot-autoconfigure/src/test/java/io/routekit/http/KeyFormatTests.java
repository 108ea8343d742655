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

package io.routekit.http;

import java.util.Map;

import io.routekit.ApiKeySupplier;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelSettings;
import io.routekit.anthropic.AnthropicProperties;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.azure.AzureOpenAiModelProvider;
import io.routekit.azure.AzureTokenSupplier;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static io.routekit.http.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests that what no key can hold is told by name, before anything is sent.
 */
class KeyFormatTests {

	/**
	 * What gets into keys when they are copied or stored, and how it is told.
	 */
	private static final Map<String, String> CHARACTERS = Map.ofEntries(Map.entry("\n", "a line break"),
			Map.entry("\r\nX-Injected: y", "a line break"), Map.entry("\0", "a control character"),
			Map.entry("\u001b", "a control character"), Map.entry("\u007f", "a control character"),
			Map.entry("\u0085", "a control character"), Map.entry("\ufeff", "a byte order mark"),
			Map.entry("\u200b", "cannot be seen"), Map.entry("\u200d", "cannot be seen"),
			Map.entry("\u00ad", "cannot be seen"), Map.entry("\u202e", "cannot be seen"),
			Map.entry("\u00a0", "a space"), Map.entry("\u2003", "a space"), Map.entry("\u2028", "a space"),
			Map.entry("\u201c", "quotation mark"), Map.entry("\u201e", "quotation mark"),
			Map.entry("\u2019", "quotation mark"), Map.entry("\u00ab", "quotation mark"), Map.entry("\u2013", "a dash"),
			Map.entry("\u00e4", "not ASCII"), Map.entry("\u0430", "not ASCII"), Map.entry("\u20ac", "not ASCII"),
			Map.entry("\ud83d\ude00", "not ASCII"), Map.entry("\ud83d", "not ASCII"));

	private static final Map<String, String> KEYS = Map.of("sk-01\tab", "a tab", "\"sk-01ab\"", "quotation marks",
			"'sk-01ab'", "quotation marks", "Bearer sk-01ab", "Bearer", "bearer sk-01ab", "Bearer");

	private final RawServer server = new RawServer();

	@AfterEach
	void nothingWasSent() {
		assertThat(this.server.requests()).isEmpty();
		assertThat(this.server.connectionCount()).isZero();
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void configuredKeyFailsTheStart(WireProvider provider) {
		CHARACTERS.forEach((character, description) -> assertFailsTheStart(provider,
				provider.settings(this.server).apiKey("sk-01" + character + "ab"), "routekit.provider.api-key",
				description));
		KEYS.forEach((key, description) -> assertFailsTheStart(provider, provider.settings(this.server).apiKey(key),
				"routekit.provider.api-key", description));
	}

	@ParameterizedTest
	@EnumSource
	void secretHeaderFailsTheStart(WireProvider provider) {
		CHARACTERS.forEach((character, description) -> assertFailsTheStart(provider,
				provider.settings(this.server).headers(Map.of("X-Gateway-Key", "sk-01" + character + "ab")),
				"routekit.provider.headers.X-Gateway-Key", description));
	}

	@Test
	void configuredTokenFailsTheStart() {
		CHARACTERS.forEach((character, description) -> {
			AnthropicProperties anthropic = new AnthropicProperties();
			anthropic.setAuthToken("sk-01" + character + "ab");
			assertFailsTheStart(WireProvider.ANTHROPIC,
					TestHttp.settings(anthropic).baseUrl(this.server.url()).model("m"),
					"routekit.provider.anthropic.auth-token", description);
		});
	}

	private static void assertFailsTheStart(WireProvider provider, ModelSettings.Builder settings, String property,
			String description) {
		ModelConfigurationException failure = catchThrowableOfType(ModelConfigurationException.class,
				() -> provider.model(settings));
		assertThat(failure).hasMessageContaining("'" + property + "'").hasMessageContaining(description);
		assertThat(Throwables.getStackTrace(failure)).doesNotContain("sk-01").doesNotContain("Injected");
	}

	@ParameterizedTest
	@EnumSource
	void suppliedKeyFailsTheCall(WireProvider provider) {
		CHARACTERS.forEach((character, description) -> assertFailsTheCall(model(provider, "sk-01" + character + "ab"),
				"ApiKeySupplier", description));
		KEYS.forEach((key, description) -> assertFailsTheCall(model(provider, key), "ApiKeySupplier", description));
	}

	@ParameterizedTest
	@EnumSource
	void blankKeyIsNotReplacedByTheConfiguredOne(WireProvider provider) {
		for (String key : new String[] { "", " ", "\t\n", "\r\n", "\u2003" }) {
			assertFailsTheCall(model(provider, key), "ApiKeySupplier", "blank");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AZURE_DEPLOYMENTS", "AZURE_V1" })
	void suppliedTokenFailsTheCall(WireProvider provider) {
		CHARACTERS.forEach((character, description) -> {
			AzureTokenSupplier tokens = () -> Mono.just("sk-01" + character + "ab");
			Model model = new AzureOpenAiModelProvider(TestHttp.factory(), tokens)
				.create(provider.settings(this.server).apiKey(null).build());
			assertFailsTheCall(model, "AzureTokenSupplier", description);
		});
	}

	private Model model(WireProvider provider, String suppliedKey) {
		ApiKeySupplier keys = (model, request) -> Mono.just(suppliedKey);
		return provider.model(provider.settings(this.server), TestHttp.factory(Map.of("keys", keys)));
	}

	private static void assertFailsTheCall(Model model, String subject, String description) {
		assertFails(failureOf(model.chat("Hi")), subject, description);
		assertFails(failureOf(model.stream("Hi")), subject, description);
	}

	private static void assertFails(ModelException failure, String subject, String description) {
		assertThat(failure).hasMessageContaining(subject).hasMessageContaining(description);
		assertThat(failure.getKind()).isEqualTo(Kind.AUTHENTICATION);
		assertThat(failure.isRetryable()).isFalse();
		assertThat(Throwables.getStackTrace(failure)).doesNotContain("sk-01").doesNotContain("Injected");
	}

	@ParameterizedTest
	@ValueSource(strings = { "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "AZURE_OPENAI_API_KEY" })
	void variableIsTold(String variable) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
			.withPropertyValues(variable + "=\u201csk-01ab\u201d", "routekit.provider.base-url=" + this.server.url(),
					"routekit.provider.model=m")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageContaining("'" + variable + "'")
				.hasMessageContaining("quotation mark")
				.hasMessageNotContaining("sk-01"));
	}

}
