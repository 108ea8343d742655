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

import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ModelResponse;
import io.routekit.ModelSettings;
import io.routekit.ProviderFacts;
import io.routekit.ProviderSecrets;
import reactor.core.publisher.Mono;

/**
 * The provider of the page about providers that has secrets of its own.
 */
class AcmeProvider implements ModelProvider {

	@Override
	public String type() {
		return "acme";
	}

	@Override
	public Model create(ModelSettings settings) {
		return (request) -> Mono.just(ModelResponse.of("Hello"));
	}

	@Override
	public ProviderSecrets secrets() {
		return ProviderSecrets.of("acme.client-secret").withKeys("acme.access-token");
	}

	@Override
	public ProviderFacts facts(ModelSettings settings) {
		return ProviderFacts.builder(type()).telemetryName("acme.ai").priceProvider("openai").build();
	}

}
