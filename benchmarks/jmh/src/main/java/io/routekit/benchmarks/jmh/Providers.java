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

package io.routekit.benchmarks.jmh;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.routekit.ApiKeySupplier;
import io.routekit.Limits;
import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.anthropic.AnthropicFormat;
import io.routekit.anthropic.AnthropicModelProvider;
import io.routekit.benchmarks.Format;
import io.routekit.completions.CompletionsDialect;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.Api;
import io.routekit.completions.CompletionsProtocol;
import io.routekit.http.HttpModelFactory;
import io.routekit.memory.MemoryBudget;
import io.routekit.openai.OpenAiModelProvider;
import io.routekit.responses.ResponsesDialect;
import io.routekit.responses.ResponsesProtocol;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.Protocol;
import io.routekit.wire.RateLimitListener;
import io.routekit.wire.Reply;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The providers, without a network.
 */
final class Providers {

	private static final URI SERVER = URI.create("http://localhost");

	private Providers() {
	}

	static Protocol protocol(Format format) {
		return switch (format) {
			case OPENAI ->
				new CompletionsProtocol(CompletionsDialect.of(SERVER, "openai", null, new CompletionsProperties()));
			case ANTHROPIC -> AnthropicFormat.protocol();
			case RESPONSES ->
				new ResponsesProtocol(ResponsesDialect.of(SERVER, "openai", null, new CompletionsProperties()));
		};
	}

	static Reply reply(Format format) {
		return new Reply(format.id(), format.model(), HttpStatus.OK, new HttpHeaders(), new SecretRedactor(),
				Limits.defaults());
	}

	/**
	 * Return a model that always gets the same stream.
	 * @param format the wire format
	 * @param buffers the stream
	 * @return the model
	 */
	static Model model(Format format, List<byte[]> buffers) {
		WebClient.Builder client = WebClient.builder()
			.exchangeFunction((request) -> Mono.just(ClientResponse.create(HttpStatus.OK)
				.header(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_EVENT_STREAM_VALUE)
				.body(Flux.fromIterable(buffers).map(DefaultDataBufferFactory.sharedInstance::wrap))
				.build()));
		HttpModelFactory http = http(client);
		ModelProvider provider = (format == Format.ANTHROPIC) ? new AnthropicModelProvider(http)
				: new OpenAiModelProvider(http);
		return provider.create(ModelSettings.builder()
			.blocks((name, type) -> block(type, format))
			.baseUrl(SERVER)
			.apiKey("none")
			.model(format.model())
			.build());
	}

	private static <T> T block(Class<T> type, Format format) {
		T block = BeanUtils.instantiateClass(type);
		if (block instanceof CompletionsProperties properties && format == Format.RESPONSES) {
			properties.setApi(Api.RESPONSES);
		}
		return block;
	}

	private static HttpModelFactory http(WebClient.Builder client) {
		ListableBeanFactory beans = new StaticListableBeanFactory(Map.of("client", client));
		return new HttpModelFactory(beans.getBeanProvider(WebClient.Builder.class),
				beans.getBeanProvider(ResolvableType.forClass(ClientHttpConnectorBuilder.class)),
				beans.getBeanProvider(HttpClientSettings.class), beans.getBeanProvider(SslBundles.class),
				beans.getBeanProvider(ApiKeySupplier.class), beans.getBeanProvider(RateLimitListener.class),
				beans.getBeanProvider(ErrorWords.class), new SecretRedactor(), MemoryBudget.ofHeap(4),
				Set.of("baggage"));
	}

}
