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

package io.routekit.http;

import java.net.URI;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * A model of somebody's, which throws in place of what it should say.
 */
final class HookedModel implements Model {

	private final Faults faults;

	HookedModel(Faults faults) {
		this.faults = faults;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		Mono<ModelResponse> answer = Mono.just(ModelResponse.of("Hello"));
		return this.faults.at(Hook.MODEL, new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ModelResponse> actual) {
				HookedModel.this.faults.at(Hook.MODEL_IS_SUBSCRIBED_TO);
				answer.subscribe(actual);
			}

		});
	}

	@Override
	public String name() {
		return this.faults.at(Hook.MODEL_NAME, "own");
	}

	@Override
	public String provider() {
		return this.faults.at(Hook.MODEL_PROVIDER, "own");
	}

	@Override
	public @Nullable URI endpoint() {
		return this.faults.at(Hook.MODEL_ENDPOINT, URI.create("http://localhost"));
	}

}
