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

package io.routekit.benchmarks.anthropic;

import java.time.Duration;

import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.ClientFactory;
import io.routekit.benchmarks.ClientSettings;

/**
 * Makes Anthropic's client.
 */
public final class AnthropicFactory implements ClientFactory {

	@Override
	public String name() {
		return "anthropic-java";
	}

	@Override
	public Client create(ClientSettings settings) {
		// OkHttp keeps 5 connections, and would open one for nearly each call
		AnthropicClientAsync client = AnthropicOkHttpClientAsync.builder()
			.apiKey("none")
			.baseUrl(settings.baseUrl().toString())
			.maxIdleConnections(settings.concurrency())
			.keepAliveDuration(Duration.ofMinutes(5))
			.build();
		return new AnthropicClient(client.messages(), settings.format().model());
	}

}
