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

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.Models;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Finds the model that a request names: one of the configured models by its name. The
 * default one need not be named, and answers to the provider's name for it as well.
 */
@Component
final class ChatModels {

	private final Model model;

	private final Models models;

	ChatModels(Model model, Models models) {
		this.model = model;
		this.models = models;
	}

	Model get(@Nullable String name) {
		if (name == null) {
			return this.model;
		}
		if (name.equals(this.model.name()) && !this.models.names().contains(name)) {
			return this.model;
		}
		try {
			return this.models.get(name);
		}
		catch (IllegalArgumentException ex) {
			throw ModelException.of(Kind.INVALID_REQUEST, String.valueOf(ex.getMessage()));
		}
	}

}
