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

package io.routekit.sample;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.routekit.Model;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Finds the model that a request names.
 */
@Component
final class ChatModels {

	private final Model main;

	private final Map<String, Model> models;

	ChatModels(Model main, Map<String, Model> models) {
		this.main = main;
		this.models = models;
	}

	Model get(@Nullable String name) {
		if (name == null) {
			return this.main;
		}
		Model model = this.models.get(name);
		return (model != null) ? model : byItsName(name);
	}

	private Model byItsName(String name) {
		return Stream.concat(Stream.of(this.main), this.models.values().stream())
			.filter((model) -> model.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new BadRequestException("Unknown model '%s', known: %s".formatted(name, known())));
	}

	private String known() {
		return Stream.concat(this.models.keySet().stream(), this.models.values().stream().map(Model::name))
			.distinct()
			.sorted()
			.collect(Collectors.joining(", "));
	}

}
