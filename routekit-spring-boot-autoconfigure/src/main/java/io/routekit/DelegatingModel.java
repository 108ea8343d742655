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

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Base of models that surround another one, which describes them, and answers unless they
 * do.
 *
 * @since 0.1.0
 */
public abstract class DelegatingModel implements Model {

	private final Model delegate;

	/**
	 * Create a new {@link DelegatingModel} instance.
	 * @param model the model to surround
	 */
	protected DelegatingModel(Model model) {
		Assert.notNull(model, "'model' must not be null");
		this.delegate = model;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		return this.delegate.chat(request);
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request) {
		return this.delegate.stream(request);
	}

	@Override
	public String name() {
		return this.delegate.name();
	}

	@Override
	public String provider() {
		return this.delegate.provider();
	}

	@Override
	public ProviderFacts facts() {
		return this.delegate.facts();
	}

	@Override
	public @Nullable URI endpoint() {
		return this.delegate.endpoint();
	}

	@Override
	public List<ModelFilter> filters() {
		return this.delegate.filters();
	}

	@Override
	public JsonTypes jsonTypes() {
		return this.delegate.jsonTypes();
	}

	@Override
	public <T> T unwrap(Class<T> type) {
		return type.isInstance(this) ? type.cast(this) : this.delegate.unwrap(type);
	}

	@Override
	public String toString() {
		return this.delegate.toString();
	}

}
