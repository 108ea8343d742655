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

import java.util.function.UnaryOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Changes each response.
 *
 * @param mapper returns the response to go on with
 */
record ResponseFilter(UnaryOperator<ModelResponse> mapper) implements ModelFilter {

	ResponseFilter {
		Assert.notNull(mapper, "'mapper' must not be null");
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return next.chat(request).map(this.mapper);
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return next.stream(request).map(this::completed);
	}

	private StreamEvent completed(StreamEvent event) {
		return (event instanceof StreamEvent.Completed completed)
				? new StreamEvent.Completed(this.mapper.apply(completed.response())) : event;
	}

}
