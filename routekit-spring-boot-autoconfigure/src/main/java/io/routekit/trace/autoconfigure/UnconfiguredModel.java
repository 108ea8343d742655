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

package io.routekit.trace.autoconfigure;

import java.net.URI;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelProvider;
import io.routekit.ModelResponse;
import io.routekit.ModelSettings;
import io.routekit.ProviderFacts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A model that has a name but cannot be called, since something is missing in its
 * configuration. It stands in where calls are answered by recordings, which need neither
 * a key nor a server.
 */
final class UnconfiguredModel implements Model {

	private static final String ANY_KEY = "routekit-without-key";

	private final ModelConfigurationException failure;

	private final ProviderFacts facts;

	private final ModelSettings settings;

	private final @Nullable Model named;

	/**
	 * Create a new {@link UnconfiguredModel} instance.
	 * @param provider the provider, which with any key makes a model that knows its name
	 * @param settings the settings of the model
	 * @param failure what is missing
	 */
	UnconfiguredModel(ModelProvider provider, ModelSettings settings, ModelConfigurationException failure) {
		this.failure = failure;
		this.facts = provider.facts(settings);
		this.settings = settings;
		this.named = named(provider, settings);
	}

	private static @Nullable Model named(ModelProvider provider, ModelSettings settings) {
		try {
			return provider.create(settings.mutate().apiKey(ANY_KEY).build());
		}
		catch (ModelConfigurationException ex) {
			return null;
		}
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		return Mono.error(this.failure);
	}

	@Override
	public String name() {
		if (this.named != null) {
			return this.named.name();
		}
		return (this.settings.model() != null) ? this.settings.model() : Model.super.name();
	}

	@Override
	public String provider() {
		return this.facts.provider();
	}

	@Override
	public ProviderFacts facts() {
		return this.facts;
	}

	@Override
	public @Nullable URI endpoint() {
		return (this.named != null) ? this.named.endpoint() : this.settings.baseUrl();
	}

}
