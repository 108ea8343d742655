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

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A filter that notes the calls.
 *
 * @param calls takes a {@code c} for each chat and an {@code s} for each stream
 */
record CountingFilter(StringBuilder calls) implements ModelFilter {

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		this.calls.append('c');
		return next.chat(request);
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		this.calls.append('s');
		return next.stream(request);
	}

}
