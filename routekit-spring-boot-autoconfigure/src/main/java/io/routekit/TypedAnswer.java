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

import java.lang.reflect.Type;

import reactor.core.publisher.Mono;

/**
 * Asks a model for an answer of a type, and once more if the answer does not fit.
 *
 * @param <T> the type of the answer
 * @param format asks for the type and reads it
 * @param model the model that asks for the type
 */
record TypedAnswer<T>(AnswerFormat<T> format, Model model) {

	static <T> Mono<T> of(Model model, ChatRequest request, Type type) {
		return CallGuard.mono((context) -> {
			AnswerFormat<T> format = AnswerFormat.of(model.jsonTypes().of(type));
			// Another thread asks again, whose call must find the same parents
			return new TypedAnswer<>(format, format.applyTo(model)).ask(request).contextCapture();
		});
	}

	private Mono<T> ask(ChatRequest request) {
		return this.model.chat(request).flatMap((response) -> {
			try {
				return Mono.just(this.format.read(response));
			}
			catch (JsonFaultsException ex) {
				return askAgain(request.mutate().messages(this.format.correction(response, ex)).build());
			}
		});
	}

	private Mono<T> askAgain(ChatRequest request) {
		return this.model.chat(request).map((response) -> {
			try {
				return this.format.read(response);
			}
			catch (JsonFaultsException ex) {
				throw this.format.failure(response, ex);
			}
		});
	}

}
