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

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * A {@link Model} with a {@link ModelFilter} around it. Both are guarded: the filter is
 * asked anew for each subscription, and whatever it throws, at once or later, is a
 * failure of the call.
 */
final class FilteredModel extends DelegatingModel {

	private final Model next;

	private final ModelFilter filter;

	FilteredModel(Model delegate, ModelFilter filter) {
		super(delegate);
		Assert.notNull(filter, "'filter' must not be null");
		this.next = CallGuard.model(delegate);
		this.filter = filter;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		return CallGuard.mono((context) -> this.filter.chat(request, this.next));
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request) {
		return CallGuard.flux((context) -> this.filter.stream(request, this.next));
	}

	@Override
	public List<ModelFilter> filters() {
		List<ModelFilter> filters = new ArrayList<>();
		filters.add(this.filter);
		filters.addAll(super.filters());
		return filters;
	}

}
