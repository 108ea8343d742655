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

package io.routekit.benchmarks.openai;

import java.time.Duration;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.ClientFactory;
import io.routekit.benchmarks.ClientSettings;
import io.routekit.benchmarks.Format;

/**
 * Makes OpenAI's client.
 */
public final class OpenAiFactory implements ClientFactory {

	@Override
	public String name() {
		return "openai-java";
	}

	@Override
	public Client create(ClientSettings settings) {
		// OkHttp keeps 5 connections, and would open one for nearly each call
		OpenAIClientAsync client = OpenAIOkHttpClientAsync.builder()
			.apiKey("none")
			.baseUrl(settings.baseUrl().toString())
			.maxIdleConnections(settings.concurrency())
			.keepAliveDuration(Duration.ofMinutes(5))
			.build();
		return (settings.format() == Format.RESPONSES) ? new ResponsesClient(client.responses(), settings)
				: new CompletionsClient(client.chat().completions(), settings);
	}

}
