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

import java.net.URI;
import java.util.Map;

import io.routekit.Model;
import io.routekit.ProviderFacts;
import io.routekit.http.ServerAddress;

/**
 * Tells under which provider the price list has a model: the one that its provider
 * declares, otherwise the one whose address it is called at. A server of one's own is
 * taken for a gateway to OpenAI, whose names of models no other server has.
 */
final class PriceProvider {

	private static final Map<String, String> BY_DOMAIN = Map.of("deepseek.com", "deepseek", "groq.com", "groq",
			"openrouter.ai", "openrouter", "mistral.ai", "mistral", "x.ai", "xai", "together.xyz", "together",
			"together.ai", "together");

	private static final int OLLAMA_PORT = 11434;

	private PriceProvider() {
	}

	static String of(Model model) {
		String declared = ProviderFacts.of(model).priceProvider();
		if (declared != null) {
			return declared;
		}
		URI endpoint = model.endpoint();
		return (endpoint != null) ? byAddress(endpoint) : model.provider();
	}

	private static String byAddress(URI endpoint) {
		ServerAddress server = ServerAddress.of(endpoint);
		if (server.port() == OLLAMA_PORT) {
			return "ollama";
		}
		for (Map.Entry<String, String> entry : BY_DOMAIN.entrySet()) {
			if (server.isOf(entry.getKey())) {
				return entry.getValue();
			}
		}
		return "openai";
	}

}
