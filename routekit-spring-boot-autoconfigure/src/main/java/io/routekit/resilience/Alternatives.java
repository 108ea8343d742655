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

package io.routekit.resilience;

import java.util.Iterator;
import java.util.Set;
import java.util.function.Supplier;

import io.routekit.CallGuard;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks several models, one after the other.
 *
 * @param order supplies the models in the order to ask them in, anew for each call
 * @param kinds the kinds of failure to ask the next one after
 * @param listener is told of each step from one model to the next
 */
record Alternatives(Supplier<Iterator<Candidate>> order, Set<Kind> kinds,
		ResilienceListener listener) implements Model {

	Alternatives(Supplier<Iterator<Candidate>> order, Set<Kind> kinds, ResilienceListener listener) {
		this.order = order;
		this.kinds = Set.copyOf(kinds);
		this.listener = new QuietListener(listener);
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		return CallGuard.mono((context) -> attempts(request, ModelCall.from(context)).chat());
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request) {
		return CallGuard.flux((context) -> attempts(request, ModelCall.from(context)).stream());
	}

	private Attempts attempts(ChatRequest request, @Nullable ModelCall call) {
		return new Attempts(request, (call != null) ? call.deadline() : null, this.order.get(), this.kinds,
				this.listener);
	}

}
