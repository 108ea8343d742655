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

package io.routekit;

import java.util.function.BiFunction;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * Changes each request.
 *
 * @param mapper returns the request to go on with
 */
record RequestFilter(BiFunction<ChatRequest, ContextView, ChatRequest> mapper) implements ModelFilter {

	RequestFilter {
		Assert.notNull(mapper, "'mapper' must not be null");
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return CallGuard.mono((context) -> next.chat(this.mapper.apply(request, context)));
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return CallGuard.flux((context) -> next.stream(this.mapper.apply(request, context)));
	}

}
