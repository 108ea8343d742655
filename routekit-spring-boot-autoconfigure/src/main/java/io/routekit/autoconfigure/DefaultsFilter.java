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

package io.routekit.autoconfigure;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Completes each request by the options that are configured for the model.
 */
final class DefaultsFilter implements ModelFilter {

	private final ChatOptions options;

	private final ChatOptions optionsWithoutTools;

	DefaultsFilter(ChatOptions options) {
		this.options = options;
		// Providers reject a choice among no tools
		this.optionsWithoutTools = options.mutate().toolChoice(null).parallelToolCalls(null).build();
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return next.chat(complete(request));
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return next.stream(complete(request));
	}

	@Override
	public int getOrder() {
		return DEFAULTS_ORDER;
	}

	private ChatRequest complete(ChatRequest request) {
		ChatOptions defaults = request.tools().isEmpty() ? this.optionsWithoutTools : this.options;
		return request.withOptions(request.options().withDefaults(defaults));
	}

}
