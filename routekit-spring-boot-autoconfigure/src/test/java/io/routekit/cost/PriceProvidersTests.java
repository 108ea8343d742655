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

package io.routekit.cost;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.ProviderFacts;
import io.routekit.http.TestHttp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PriceProviders}.
 */
class PriceProvidersTests {

	private final PriceProviders providers = PriceProviders.bundled();

	@Test
	void everyProviderThatHasPricesHasAServer() {
		assertThat(this.providers.names()).containsAll(PriceCatalogue.bundled().providers());
	}

	@ParameterizedTest
	@CsvSource({ "openai, https://api.openai.com/v1", "openai, https://API.OpenAI.com.:443/v1",
			"openai, https://eu.api.openai.com/v1", "azure-openai, https://r.openai.azure.com/openai/v1",
			"azure-openai, https://r.cognitiveservices.azure.com/openai/v1",
			"azure-openai, https://r.services.ai.azure.com/openai/v1", "azure-openai, https://r.openai.azure.us/openai",
			"azure-foundry, https://r.services.ai.azure.com/anthropic/v1/messages",
			"google, https://generativelanguage.googleapis.com/v1beta/openai",
			"bedrock, https://bedrock-mantle.us-east-1.api.aws/v1",
			"bedrock, https://bedrock-mantle.eu-west-1.api.aws/anthropic/v1/messages",
			"bedrock, https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1",
			"bedrock, https://vpce-0.bedrock-runtime.us-west-2.vpce.amazonaws.com/openai/v1",
			"cerebras, https://api.cerebras.ai/v1", "deepseek, https://api.deepseek.com",
			"deepseek, https://api.deepseek.com/anthropic", "fireworks, https://api.fireworks.ai/inference/v1",
			"groq, https://api.groq.com/openai/v1", "minimax, https://api.minimax.io/v1",
			"mistral, https://api.mistral.ai/v1", "moonshot, https://api.moonshot.ai/v1",
			"openrouter, https://openrouter.ai/api/v1", "together, https://api.together.xyz/v1",
			"xai, https://api.x.ai/v1", "xai, https://us-east-1.api.x.ai/v1", "zai, https://api.z.ai/api/paas/v4",
			"ollama, http://gpu:11434/v1", "anthropic, https://api.anthropic.com/v1/messages" })
	void aServerLeadsToItsProviderWhateverTheTypeThatCallsIt(String provider, URI endpoint) {
		for (String type : Set.of("openai", "anthropic")) {
			assertThat(this.providers.nameFor(model(type, endpoint))).isEqualTo(provider);
		}
	}

	@Test
	void everyServerIsTested() throws NoSuchMethodException {
		CsvSource source = PriceProvidersTests.class
			.getDeclaredMethod("aServerLeadsToItsProviderWhateverTheTypeThatCallsIt", String.class, URI.class)
			.getAnnotation(CsvSource.class);
		Set<String> tested = new TreeSet<>();
		for (String row : source.value()) {
			tested.add(row.substring(0, row.indexOf(',')));
		}
		assertThat(tested).containsExactlyInAnyOrderElementsOf(this.providers.names());
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:8000/v1", "http://localhost:1234/v1",
			"https://models.github.ai/inference", "https://models.inference.ai.azure.com",
			"https://gateway.ai.cloudflare.com/v1/a/g/openai", "https://oai.helicone.ai/v1",
			"https://api.moonshot.cn/v1", "https://api.openai.com.example.com/v1", "https://notapi.openai.com/v1",
			"https://bedrock-runtime.amazonaws.com/v1", "https://bedrock-runtime.x.y.amazonaws.com/v1",
			"https://amazonaws.com", "https://us-central1-aiplatform.googleapis.com/v1", "http:/v1" })
	void anyOtherServerIsUnknown(URI endpoint) {
		assertThat(this.providers.nameFor(model("openai", endpoint))).isNull();
		assertThat(this.providers.nameFor(model("anthropic", endpoint))).isNull();
	}

	@Test
	void aTypeThatHasPricesOfItsOwnHasThemAtEachServer() {
		URI endpoint = URI.create("https://private.example.com/openai");
		assertThat(this.providers.nameFor(model("azure-openai", endpoint))).isEqualTo("azure-openai");
		assertThat(this.providers.nameFor(model("acme", endpoint))).isEqualTo("acme");
	}

	@Test
	void aModelWithoutAServerHasThePricesOfItsType() {
		assertThat(this.providers.nameFor(model("openai", null))).isEqualTo("openai");
		assertThat(this.providers.nameFor(model("fake", null))).isEqualTo("fake");
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "free", "groq", "acme" })
	void whatIsDeclaredCountsMoreThanTheServer(String declared) {
		Model model = model("openai", URI.create("https://api.openai.com/v1"));
		ProviderFacts facts = ProviderFacts.of(model).mutate().priceProvider(declared).build();
		assertThat(this.providers.nameFor(facts.describe(model))).isEqualTo(declared);
	}

	@Test
	void theNearestPathOfAServerCounts() {
		PriceProviders providers = PriceProviders.read(stream("""
				{"providers": [{"id": "a", "servers": ["example.com/v1/a"]},
				{"id": "b", "servers": ["example.com"]}, {"id": "c", "servers": ["example.com/v1", "*.example.org"]}]}
				"""));
		assertThat(providers.nameFor(model("openai", URI.create("https://example.com/v1/a/b")))).isEqualTo("a");
		assertThat(providers.nameFor(model("openai", URI.create("https://example.com/v1/ab")))).isEqualTo("c");
		assertThat(providers.nameFor(model("openai", URI.create("https://example.com/v2")))).isEqualTo("b");
		assertThat(providers.nameFor(model("openai", URI.create("https://a.example.org/v2")))).isEqualTo("c");
		assertThat(providers.nameFor(model("openai", URI.create("https://example.org/v2")))).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"id\": \"a\", \"hosts\": []} | providers[0].hosts is unknown",
					"{\"servers\": []} | providers[0].id is missing",
					"{\"id\": \"a\", \"servers\": [\"/v1\"]} | providers[0].servers[0] must have a host or a port",
					"{\"id\": \"a\", \"servers\": [\"a:b\"]} | providers[0].servers[0] must have a host or a port",
					"{\"id\": \"a\", \"model\": \"b\"} | providers[0].model must be 'answered' or 'requested'" })
	void refusesWhatItDoesNotKnow(String provider, String message) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> PriceProviders.read(stream("{\"providers\": [" + provider + "]}")))
			.withMessageContaining(message);
	}

	private static InputStream stream(String json) {
		return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
	}

	private static Model model(String type, @Nullable URI endpoint) {
		return TestHttp.facts(type, endpoint).describe(new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return Mono.empty();
			}

			@Override
			public @Nullable URI endpoint() {
				return endpoint;
			}

		});
	}

}
