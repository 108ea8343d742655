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

package io.routekit.benchmarks.langchain4j;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.ClientFactory;
import io.routekit.benchmarks.ClientSettings;
import io.routekit.benchmarks.Format;

/**
 * Makes LangChain4j's clients with the JDK's HTTP client, its default.
 */
public final class LangChain4jFactory implements ClientFactory {

	private static final String KEY = "none";

	@Override
	public String name() {
		return "langchain4j";
	}

	@Override
	public Client create(ClientSettings settings) {
		// Streams block threads of this pool, which makes up for 256 of them
		System.setProperty("java.util.concurrent.ForkJoinPool.common.maximumSpares",
				String.valueOf(settings.concurrency()));
		return (settings.format() == Format.OPENAI) ? openAi(settings) : anthropic(settings);
	}

	private static Client openAi(ClientSettings settings) {
		String baseUrl = settings.baseUrl().toString();
		String model = settings.format().model();
		return new LangChain4jClient(
				OpenAiStreamingChatModel.builder().apiKey(KEY).baseUrl(baseUrl).modelName(model).build(),
				OpenAiChatModel.builder().apiKey(KEY).baseUrl(baseUrl).modelName(model).build());
	}

	private static Client anthropic(ClientSettings settings) {
		String baseUrl = settings.baseUrl() + "/v1/";
		String model = settings.format().model();
		return new LangChain4jClient(
				AnthropicStreamingChatModel.builder().apiKey(KEY).baseUrl(baseUrl).modelName(model).build(),
				AnthropicChatModel.builder().apiKey(KEY).baseUrl(baseUrl).modelName(model).build());
	}

}
