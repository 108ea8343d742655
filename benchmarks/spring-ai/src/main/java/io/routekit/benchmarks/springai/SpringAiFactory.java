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

package io.routekit.benchmarks.springai;

import java.time.Duration;

import com.anthropic.models.messages.Model;
import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.ClientFactory;
import io.routekit.benchmarks.ClientSettings;
import io.routekit.benchmarks.Format;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/**
 * Makes Spring AI's clients, without observations.
 */
public final class SpringAiFactory implements ClientFactory {

	private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

	@Override
	public String name() {
		return "spring-ai";
	}

	@Override
	public Client create(ClientSettings settings) {
		// Anthropic's streams block threads of this scheduler, of which there are 10 a
		// core
		System.setProperty("reactor.schedulers.defaultBoundedElasticSize", String.valueOf(settings.concurrency()));
		return new SpringAiClient((settings.format() == Format.OPENAI) ? openAi(settings) : anthropic(settings));
	}

	// OkHttp keeps 5 connections, and would open one for nearly each call
	private static ChatModel openAi(ClientSettings settings) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.apiKey("none")
				.baseUrl(settings.baseUrl().toString())
				.model(settings.format().model())
				.streamUsage(true)
				.build())
			.httpClientBuilderCustomizer(
					(client) -> client.maxIdleConnections(settings.concurrency()).keepAliveDuration(KEEP_ALIVE))
			.build();
	}

	private static ChatModel anthropic(ClientSettings settings) {
		return AnthropicChatModel.builder()
			.options(AnthropicChatOptions.builder()
				.apiKey("none")
				.baseUrl(settings.baseUrl().toString())
				.model(Model.of(settings.format().model()))
				.maxTokens(4096)
				.build())
			.httpClientBuilderCustomizer(
					(client) -> client.maxIdleConnections(settings.concurrency()).keepAliveDuration(KEEP_ALIVE))
			.build();
	}

}
