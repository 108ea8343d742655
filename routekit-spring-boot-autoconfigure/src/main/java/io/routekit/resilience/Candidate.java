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

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.Models;

import org.springframework.util.function.SingletonSupplier;

/**
 * A model that may answer a call.
 *
 * @param name the name of the model
 * @param model supplies the model
 */
record Candidate(String name, Supplier<Model> model) {

	/**
	 * Return models that are looked up when they are asked for the first time.
	 * @param names the names of the models
	 * @param models the models by name
	 * @return the candidates
	 */
	static List<Candidate> of(Collection<String> names, Models models) {
		return names.stream().map((name) -> of(name, models)).toList();
	}

	private static Candidate of(String name, Models models) {
		return new Candidate(name, SingletonSupplier.of(() -> models.get(name))::obtain);
	}

	/**
	 * Return what to ask this model in place of another one. Names of models, and what is
	 * in the words of one provider, are not passed on to another.
	 * @param request the request
	 * @param other the model that the request was made for
	 * @return the request
	 */
	ChatRequest translate(ChatRequest request, Model other) {
		ChatOptions.Builder options = request.options().mutate().model(null);
		if (!other.provider().equals(this.model.get().provider())) {
			options.serviceTier(null).clearExtra();
		}
		return request.withOptions(options.build());
	}

}
