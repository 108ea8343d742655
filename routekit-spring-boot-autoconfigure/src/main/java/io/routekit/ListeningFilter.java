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

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Lets a {@link CallListener} follow each call.
 */
final class ListeningFilter implements ModelFilter {

	private final CallListener.Factory factory;

	private final Bystander bystander = new Bystander("A CallListener");

	ListeningFilter(CallListener.Factory factory) {
		Assert.notNull(factory, "'factory' must not be null");
		this.factory = factory;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return new ListenedMono(listening(request, next, false), next.chat(request));
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return new ListenedFlux(listening(request, next, true), next.stream(request));
	}

	@Override
	public String name() {
		Class<?> type = this.factory.getClass();
		return type.isHidden() ? ModelFilter.super.name() : ClassUtils.getShortName(type);
	}

	private Listening listening(ChatRequest request, Model model, boolean streaming) {
		return new Listening(this.factory, this.bystander, request, model, streaming);
	}

}
