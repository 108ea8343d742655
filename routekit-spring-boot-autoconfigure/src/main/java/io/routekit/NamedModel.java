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

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Begins a {@link ModelCall} with each subscription.
 */
final class NamedModel extends DelegatingModel {

	private final String name;

	private final @Nullable Timeouts timeouts;

	private final boolean routing;

	private final Model model;

	/**
	 * Create a new {@link NamedModel} instance.
	 * @param name the name of the model in the application
	 * @param timeouts the timeouts of the model, or {@code null} if only requests have
	 * some
	 * @param routing whether the model only chooses among others
	 * @param model the model with all that surrounds it
	 */
	NamedModel(String name, @Nullable Timeouts timeouts, boolean routing, Model model) {
		super(model);
		this.name = name;
		this.timeouts = timeouts;
		this.routing = routing;
		this.model = CallGuard.model(model);
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		Timeouts timeouts = timeouts(request);
		Duration total = (this.timeouts != null && timeouts != null) ? timeouts.chatTotal() : total(timeouts);
		return new GuardedMono<>((context) -> this.model.chat(request),
				(context) -> call(request, false, total, context));
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request) {
		Duration total = total(timeouts(request));
		return new GuardedFlux<>((context) -> this.model.stream(request),
				(context) -> call(request, true, total, context));
	}

	private ModelCall call(ChatRequest request, boolean streaming, @Nullable Duration total, ContextView context) {
		return new ModelCall(this.name, request, streaming, this.routing, total, context);
	}

	private @Nullable Timeouts timeouts(ChatRequest request) {
		Timeouts timeouts = request.options().timeouts();
		if (timeouts == null) {
			return this.timeouts;
		}
		return (this.timeouts != null) ? timeouts.withDefaults(this.timeouts) : timeouts;
	}

	private static @Nullable Duration total(@Nullable Timeouts timeouts) {
		return (timeouts != null) ? timeouts.total() : null;
	}

}
