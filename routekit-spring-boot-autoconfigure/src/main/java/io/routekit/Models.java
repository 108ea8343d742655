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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.springframework.util.Assert;

/**
 * The models of an application by their names: those of {@code routekit.models.<name>},
 * the routes of {@code routekit.routes.<name>}, the model of {@code routekit.provider} as
 * {@value ModelSettings#DEFAULT_NAME}, and the application's own {@link Model} beans by
 * the names of the beans. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Models {

	/**
	 * Return a model.
	 * @param name its name
	 * @return the model
	 * @throws IllegalArgumentException if there is none of that name; the message lists
	 * those that there are
	 */
	Model get(String name);

	/**
	 * Return the names of the models.
	 * @return the names
	 */
	Set<String> names();

	/**
	 * Create models from a map, for example in a test.
	 * @param models the models by name
	 * @return the models
	 */
	static Models of(Map<String, ? extends Model> models) {
		Assert.notNull(models, "'models' must not be null");
		Map<String, Model> copy = new LinkedHashMap<>(models);
		return new Models() {

			@Override
			public Model get(String name) {
				Model model = copy.get(name);
				Assert.notNull(model, () -> unknown(name, names()));
				return model;
			}

			@Override
			public Set<String> names() {
				return Set.copyOf(copy.keySet());
			}

		};
	}

	/**
	 * Tell that a model is not known.
	 * @param name the name of the model
	 * @param known the names of those that are
	 * @return the message
	 */
	static String unknown(String name, Set<String> known) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(known, "'known' must not be null");
		String names = new TreeSet<>(known).stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
		return "Unknown model '%s', known: %s".formatted(name, names.isEmpty() ? "none" : names);
	}

}
