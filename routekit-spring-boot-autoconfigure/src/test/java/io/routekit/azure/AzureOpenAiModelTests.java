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

package io.routekit.azure;

import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.ModelSettings;
import io.routekit.StreamEvent;
import io.routekit.azure.AzureOpenAiProperties.ApiStyle;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.Api;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import io.routekit.http.TestHttp;
import io.routekit.resilience.ResilienceListener;
import io.routekit.resilience.RetryFilter;
import io.routekit.resilience.RetryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what the Azure OpenAI provider does other than the OpenAI provider.
 */
class AzureOpenAiModelTests {

	private static final String ANSWER = """
			{"id":"1","model":"gpt-4o-2024-11-20","choices":[{"message":{"content":"x"},"finish_reason":"stop"}]}""";

	private static final Script REFUSAL = Script.json(401, "{\"error\":{\"code\":\"401\",\"message\":\"Revoked\"}}");

	private static final String RESPONSE = """
			{"id":"resp_1","object":"response","status":"completed","model":"m","output":[{"type":"message","id":"msg_1",
			"status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hi","annotations":[]}]}]}""";

	private final RawServer server = new RawServer();

	private final AzureOpenAiProperties properties = new AzureOpenAiProperties();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private ModelSettings.Builder settings(String path) {
		return TestHttp.settings(this.properties).baseUrl(this.server.url(path)).apiKey("azure-key");
	}

	private static Model model(ModelSettings.Builder settings) {
		return new AzureOpenAiModelProvider(TestHttp.factory(), null).create(settings.build());
	}

	private RawServer.Request requestOf(Model model) {
		this.server.reply(Script.json(200, ANSWER));
		model.chat("Hi").block(LIMIT);
		return this.server.request();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/openai" })
	void callsTheAddressOfTheDeployment(String path) {
		this.properties.setDeployment("my gpt/4o");
		RawServer.Request request = requestOf(model(settings(path)));
		assertThat(request.target())
			.isEqualTo("/openai/deployments/my%20gpt%2F4o/chat/completions?api-version=2024-10-21");
		assertThat(request.headers()).containsEntry("api-key", "azure-key").doesNotContainKey("Authorization");
		assertThat(request.json().has("model")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "'',V1", "/openai/v1,", "/openai/v1/,V1" })
	void callsTheAddressOfAllDeploymentsAndNamesTheDeployment(String path, ApiStyle style) {
		this.properties.setApiStyle(style);
		this.properties.setDeployment("gpt4o");
		RawServer.Request request = requestOf(model(settings(path).model("gpt-4o")));
		assertThat(request.target()).isEqualTo("/openai/v1/chat/completions");
		assertThat(request.json().path("model").stringValue()).isEqualTo("gpt4o");
	}

	@ParameterizedTest
	@CsvSource({ ",chat-eu", "gpt-4o,chat-eu", "chat-us,chat-us" })
	void tellsWhichDeploymentAnswered(String requested, String deployment) {
		this.properties.setApiStyle(ApiStyle.V1);
		this.properties.setDeployment("chat-eu");
		Model model = model(settings("").model("gpt-4o"));
		ChatRequest request = ChatRequest.of("Hi").withOptions(ChatOptions.builder().model(requested).build());
		this.server.reply(Script.json(200, ANSWER));
		assertThat(model.chat(request).block(LIMIT).metadata()).containsEntry("deployment", deployment);
		assertThat(this.server.request().json().path("model").stringValue()).isEqualTo(deployment);
	}

	@Test
	void callsTheResponsesApiForADeploymentThatNeedsIt() {
		this.properties.setApiStyle(ApiStyle.V1);
		this.server.reply(Script.json(200, RESPONSE));
		ModelResponse response = model(settings("").model("gpt-6-sol")).chat("Hi").block(LIMIT);
		RawServer.Request request = this.server.request();
		assertThat(request.target()).isEqualTo("/openai/v1/responses");
		assertThat(request.headers()).containsEntry("api-key", "azure-key");
		assertThat(request.json().path("model").stringValue()).isEqualTo("gpt-6-sol");
		assertThat(response.metadata()).containsEntry("deployment", "gpt-6-sol");
	}

	@Test
	void addressOfADeploymentHasNoResponsesApi() {
		CompletionsProperties openai = new CompletionsProperties();
		openai.setApi(Api.RESPONSES);
		this.properties.setApiStyle(ApiStyle.DEPLOYMENTS);
		ModelSettings.Builder settings = TestHttp.settings(this.properties, openai)
			.baseUrl(this.server.url(""))
			.apiKey("azure-key")
			.model("gpt-6-sol");
		assertThatExceptionOfType(ModelConfigurationException.class).isThrownBy(() -> model(settings))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("azure.api-style' to 'v1'"));
	}

	@Test
	void sendsTheVersionThatIsConfigured() {
		this.properties.setApiVersion("preview");
		this.properties.setApiStyle(ApiStyle.V1);
		assertThat(requestOf(model(settings("").model("gpt4o"))).target())
			.isEqualTo("/openai/v1/chat/completions?api-version=preview");
	}

	@Test
	void sendsTheCurrentTokenInPlaceOfTheKey() {
		AtomicInteger tokens = new AtomicInteger();
		Model model = new AzureOpenAiModelProvider(TestHttp.factory(),
				() -> Mono.fromSupplier(() -> "token-" + tokens.incrementAndGet()))
			.create(settings("").model("gpt4o").build());
		requestOf(model);
		assertThat(requestOf(model).headers()).containsEntry("Authorization", "Bearer token-2")
			.doesNotContainKey("api-key");
	}

	@Test
	void tellsTheTokenToNobody() {
		Model model = new AzureOpenAiModelProvider(TestHttp.factory(), () -> Mono.just("entra-token\n"))
			.create(settings("").model("gpt4o").build());
		this.server.reply(Script.json(401, "{\"error\":{\"code\":\"401\",\"message\":\"Bad entra-token\"}}"));
		assertThat(failureOf(model.chat(ChatRequest.of("Hi")))).hasMessageStartingWith("Bad ***");
	}

	@Test
	void renewsATokenThatTheServerRefuses() {
		AtomicInteger renewals = new AtomicInteger();
		Model model = retrying(new RevokedTokens(renewals));
		Iterator<Script> replies = List.of(REFUSAL, Script.json(200, ANSWER), Script.json(200, ANSWER)).iterator();
		this.server.reply((connection) -> replies.next().run(connection));
		assertThat(model.chat("Hi").map(ModelResponse::content).block(LIMIT)).isEqualTo("x");
		assertThat(this.server.requests()).extracting((request) -> request.headers().get("Authorization"))
			.containsExactly("Bearer revoked", "Bearer fresh");
		assertThat(model.chat("Hi").map(ModelResponse::content).block(LIMIT)).isEqualTo("x");
		assertThat(renewals).hasValue(2);
		assertThat(this.server.requests()).hasSize(3);
	}

	@Test
	void renewsATokenOnce() {
		Model model = retrying(() -> Mono.just("revoked"));
		this.server.reply(REFUSAL);
		assertThat(failureOf(model.chat("Hi")).getKind()).isEqualTo(Kind.AUTHENTICATION);
		assertThat(this.server.requests()).hasSize(2);
	}

	private Model retrying(AzureTokenSupplier tokens) {
		RetryPolicy policy = RetryPolicy.builder()
			.maxRetries(5)
			.delay(Duration.ofMillis(1))
			.maxDelay(Duration.ofMillis(1))
			.maxRetryAfter(Duration.ofSeconds(1))
			.build();
		return new AzureOpenAiModelProvider(TestHttp.factory(), tokens).create(settings("").model("gpt4o").build())
			.filter(new RetryFilter("model", policy, new ResilienceListener() {
			}));
	}

	@Test
	void failsWhenThereIsNoToken() {
		for (AzureTokenSupplier supplier : List.<AzureTokenSupplier>of(Mono::empty, () -> Mono.just(" \n"),
				() -> Mono.error(new IllegalStateException("Not logged in")))) {
			Model model = new AzureOpenAiModelProvider(TestHttp.factory(), supplier)
				.create(settings("").model("gpt4o").build());
			assertThat(failureOf(model.chat(ChatRequest.of("Hi"))).getKind()).isEqualTo(Kind.AUTHENTICATION);
		}
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void cannotCallAnotherModelThanTheDeployment() {
		this.properties.setDeployment("gpt4o");
		ChatRequest request = ChatRequest.of("Hi").withOptions(ChatOptions.builder().model("gpt-5").build());
		ModelException failure = failureOf(model(settings("")).chat(request));
		assertThat(failure.getKind()).isEqualTo(Kind.INVALID_REQUEST);
		assertThat(failure.getMessage()).contains("gpt-5", "gpt4o");
	}

	@Test
	void toleratesTheChunksOfTheContentFilter() {
		this.server.reply(Script
			.events("""
					data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0}]}

					data: {"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":null}],"id":"1","model":"gpt-4o"}

					data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"id":"1","model":"gpt-4o"}

					data: {"choices":[{"content_filter_offsets":{"check_offset":44},"content_filter_results":{"hate":{"filtered":false}},"finish_reason":null,"index":0}],"created":0,"id":"","model":"","object":""}

					data: [DONE]

					"""));
		List<StreamEvent> events = model(settings("").model("gpt4o")).stream("Hi").collectList().block(LIMIT);
		assertThat(events).hasSize(2).first().isEqualTo(new StreamEvent.Text("x"));
		StreamEvent.Completed completed = (StreamEvent.Completed) events.get(1);
		assertThat(completed.response().id()).isEqualTo("1");
		assertThat(completed.response().provider()).isEqualTo("azure-openai");
		assertThat(completed.response().metadata()).containsKeys("prompt_filter_results", "content_filter_results");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					400 | {"error":{"code":"content_filter","message":"m","innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true}}}}} | CONTENT_FILTERED
					400 | {"error":{"code":"x","message":"m","inner_error":{"code":"ResponsibleAIPolicyViolation","content_filter_results":{"hate":{"filtered":true}}}}} | CONTENT_FILTERED
					401 | {"statusCode":401,"message":"Access denied"}                | AUTHENTICATION
					404 | {"error":{"code":"DeploymentNotFound","message":"m"}}       | NOT_FOUND
					429 | {"error":{"code":"429","message":"m"}}                      | RATE_LIMIT
					""")
	void mapsErrors(int status, String body, Kind kind) {
		this.server.reply(Script.json(status, body, "apim-request-id: apim-1"));
		ModelException failure = failureOf(model(settings("").model("gpt4o")).chat(ChatRequest.of("Hi")));
		assertThat(failure.getKind()).isEqualTo(kind);
		assertThat(failure.getRequestId()).isEqualTo("apim-1");
		assertThat(failure.getDetails().containsKey("content_filter_results")).isEqualTo(kind == Kind.CONTENT_FILTERED);
	}

	@Test
	void tellsWhatIsMissing() {
		AzureOpenAiModelProvider provider = new AzureOpenAiModelProvider(TestHttp.factory(), null);
		assertMissing(provider, TestHttp.settings().apiKey("k").model("m"), "routekit.provider.base-url",
				"AZURE_OPENAI_ENDPOINT");
		assertMissing(provider, settings(""), "routekit.provider.azure.deployment");
		assertMissing(provider, TestHttp.settings().baseUrl(URI.create("https://x.openai.azure.com")).model("m"),
				"routekit.provider.api-key", "AZURE_OPENAI_API_KEY", "AzureTokenSupplier");
	}

	private static void assertMissing(AzureOpenAiModelProvider provider, ModelSettings.Builder settings,
			String... names) {
		assertThatExceptionOfType(ModelConfigurationException.class).isThrownBy(() -> provider.create(settings.build()))
			.satisfies((ex) -> assertThat(ex.getAction()).contains(names));
	}

	/**
	 * Does not know that its current token was revoked.
	 *
	 * @param renewals counts the tokens that were asked for in its place
	 */
	private record RevokedTokens(AtomicInteger renewals) implements AzureTokenSupplier {

		@Override
		public Mono<String> token() {
			return Mono.just("revoked");
		}

		@Override
		public Mono<String> freshToken() {
			return Mono.fromSupplier(() -> {
				this.renewals.incrementAndGet();
				return "fresh";
			});
		}

	}

}
