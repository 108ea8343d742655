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

package io.routekit.readme;

import java.net.URI;

import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.openai.OpenAiModelProvider;

import org.springframework.stereotype.Component;

@Component
class GatewayProvider implements ModelProvider {

	private final OpenAiModelProvider openAi;

	GatewayProvider(OpenAiModelProvider openAi) {
		this.openAi = openAi;
	}

	@Override
	public String type() {
		return "gateway";
	}

	@Override
	public Model create(ModelSettings settings) {
		return this.openAi.create(throughGateway(settings));
	}

	@Override
	public URI endpoint(ModelSettings settings) {
		return this.openAi.endpoint(throughGateway(settings));
	}

	private ModelSettings throughGateway(ModelSettings settings) {
		URI gateway = (settings.baseUrl() != null) ? settings.baseUrl() : URI.create("https://gateway.example.com/v1");
		return settings.mutate().baseUrl(gateway).header("X-Team", "search").build();
	}

}
