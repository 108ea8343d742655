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

import java.time.Instant;
import java.util.Map;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.ProviderFacts;
import io.routekit.Usage;
import io.routekit.cost.Deployments.Deployment;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the cost of a call depends on.
 */
final class PricedCalls {

	private final Deployments deployments;

	PricedCalls(Deployments deployments) {
		this.deployments = deployments;
	}

	PricedCall call(ChatRequest request, ModelResponse response, Usage usage, Model model, Instant start) {
		PriceProvider provider = PriceProviders.bundled().find(model);
		String requested = (request.options().model() != null) ? request.options().model() : model.name();
		String answered = response.model();
		String name = (answered == null || provider.requestedModel()) ? requested : answered;
		PricedCall.Builder call = PricedCall.builder(provider.name(), name, usage)
			.serviceTier(text(response.metadata().get("service_tier")))
			.regional(ProviderFacts.of(model).regional())
			.cacheTtl(cacheTtl(request))
			.webSearches(webSearches(response.metadata()))
			.time(start);
		String deployment = text(response.metadata().get("deployment"));
		if (deployment == null && provider.deployments()) {
			deployment = requested;
		}
		if (deployment != null) {
			deployment(call, this.deployments.get(deployment));
		}
		return call.build();
	}

	private static void deployment(PricedCall.Builder call, Deployment deployment) {
		if (deployment.model() != null) {
			call.model(deployment.model());
		}
		call.zone(deployment.zone());
	}

	// No answer of OpenAI tells it
	private static @Nullable String cacheTtl(ChatRequest request) {
		return (request.options().extra().get("prompt_cache_options") instanceof Map<?, ?> options)
				? text(options.get("ttl")) : null;
	}

	// What is billed may be fewer than what was called
	private static long webSearches(Map<String, Object> metadata) {
		if (metadata.get("tool_usage") instanceof Map<?, ?> tools && tools.get("web_search") instanceof Map<?, ?> search
				&& search.get("num_requests") instanceof Number billed) {
			return Math.max(billed.longValue(), 0);
		}
		return (metadata.get("web_search_calls") instanceof Number called) ? called.longValue() : 0;
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value instanceof String text) ? text : null;
	}

}
