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

package io.routekit.agent;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.routekit.ContentPart;
import io.routekit.JsonTypes;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Makes what a model is told of what a function gives back.
 *
 * @param types writes what is no text
 */
record ToolResults(JsonTypes types) {

	static final int MAX_ELEMENTS = 1000;

	/**
	 * Return what a function gave back.
	 * @param value the value. What is not reactive is written at once, by the thread of
	 * the function, since that may block
	 * @return the result, empty if there is none
	 */
	Mono<ToolResult> of(@Nullable Object value) {
		if (value == null) {
			return Mono.empty();
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, value);
		if (adapter == null) {
			return Mono.justOrEmpty(write(value));
		}
		if (adapter.isMultiValue()) {
			return Flux.from(adapter.toPublisher(value))
				.take(MAX_ELEMENTS + 1)
				.collectList()
				.mapNotNull(this::writeFirst);
		}
		return Mono.from(adapter.toPublisher(value)).mapNotNull(this::write);
	}

	private @Nullable ToolResult write(Object value) {
		if (value instanceof ToolResult result) {
			return result;
		}
		if (value instanceof ContentPart part) {
			return new ToolResult(List.of(part), false);
		}
		if (value instanceof CharSequence text) {
			return ToolResult.of(text.toString());
		}
		if (value instanceof Optional<?> optional) {
			return optional.map(this::write).orElse(null);
		}
		if (value instanceof Stream<?> stream) {
			try (stream) {
				return writeFirst(stream.limit(MAX_ELEMENTS + 1).toList());
			}
		}
		if (value instanceof List<?> elements && isContent(elements)) {
			return new ToolResult(elements.stream().map(ContentPart.class::cast).toList(), false);
		}
		return ToolResult.of(this.types.write(value));
	}

	private static boolean isContent(List<?> elements) {
		return !elements.isEmpty() && elements.stream().allMatch(ContentPart.class::isInstance);
	}

	private @Nullable ToolResult writeFirst(List<?> elements) {
		if (elements.size() <= MAX_ELEMENTS) {
			return write(elements);
		}
		String first = this.types.write(elements.subList(0, MAX_ELEMENTS));
		return ToolResult.of("%s\n[There are more; these are the first %d]".formatted(first, MAX_ELEMENTS));
	}

}
