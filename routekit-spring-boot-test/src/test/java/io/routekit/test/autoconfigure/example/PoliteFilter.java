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

package io.routekit.test.autoconfigure.example;

import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * A filter of the application.
 */
@Component
public class PoliteFilter implements ModelFilter {

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return next.chat(request.mutate().messages(Message.user("Please")).build());
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return next.stream(request);
	}

}
