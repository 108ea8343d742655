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

package io.routekit.observation;

import java.net.URI;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.ProviderFacts;
import io.routekit.StreamEvent;
import io.routekit.http.TestHttp;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A model that gives the same publishers each time.
 *
 * @param answer the answer
 * @param events the events of a stream
 * @param endpoint the address of the server
 * @param provider the type of the provider
 */
record TestModel(Mono<ModelResponse> answer, Flux<StreamEvent> events, @Nullable URI endpoint,
		String provider) implements Model {

	static TestModel of(Mono<ModelResponse> answer) {
		return new TestModel(answer, Flux.empty(), URI.create("https://llm.example.com/v1"), "openai");
	}

	static TestModel of(Flux<StreamEvent> events) {
		return new TestModel(Mono.empty(), events, null, "azure-openai");
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		return this.answer;
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request) {
		return this.events;
	}

	@Override
	public ProviderFacts facts() {
		return TestHttp.facts(this.provider, this.endpoint);
	}

	@Override
	public String name() {
		return "configured";
	}

}
