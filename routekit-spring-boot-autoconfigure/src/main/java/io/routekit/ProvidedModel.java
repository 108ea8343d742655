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

/**
 * A {@link Model} that is of the provider which its facts are about, whatever the model
 * that answers says of itself.
 */
final class ProvidedModel extends DelegatingModel {

	private final ProviderFacts facts;

	private final String delegateProvider;

	ProvidedModel(Model delegate, ProviderFacts facts) {
		super(delegate);
		this.facts = facts.withFormatsOf(ProviderFacts.of(delegate));
		this.delegateProvider = delegate.provider();
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		Mono<ModelResponse> answer = CallGuard.mono((context) -> super.chat(request));
		return isRenamed() ? answer.map(this::named) : answer;
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request) {
		Flux<StreamEvent> events = CallGuard.flux((context) -> super.stream(request));
		return isRenamed() ? events.map(this::named) : events;
	}

	private boolean isRenamed() {
		return !provider().equals(this.delegateProvider);
	}

	private StreamEvent named(StreamEvent event) {
		return (event instanceof StreamEvent.Completed completed)
				? new StreamEvent.Completed(named(completed.response())) : event;
	}

	private ModelResponse named(ModelResponse response) {
		return response.provider().equals(this.delegateProvider) ? response.mutate().provider(provider()).build()
				: response;
	}

	@Override
	public String provider() {
		return this.facts.provider();
	}

	@Override
	public ProviderFacts facts() {
		return this.facts;
	}

}
