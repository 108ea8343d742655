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

package io.routekit.observation.autoconfigure;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.routekit.ModelSettings;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * The names of models, deployments and routes that properties configure. They are read
 * when one is first asked for.
 */
final class ConfiguredNames implements Predicate<String> {

	/**
	 * The properties whose names are names of models, too.
	 */
	private static final Set<String> BY_NAME = Set.of("routekit.models", "routekit.routes",
			"routekit.cost.azure.deployments");

	private static final Set<String> KEYS = Set.of("model", "deployment");

	private final SingletonSupplier<Set<String>> names;

	ConfiguredNames(Environment environment) {
		this.names = SingletonSupplier.of(() -> read(Binder.get(environment)));
	}

	@Override
	public boolean test(String name) {
		return this.names.obtain().contains(name);
	}

	private static Set<String> read(Binder binder) {
		Set<String> names = new HashSet<>();
		names.add(ModelSettings.DEFAULT_NAME);
		collect(properties(binder, "routekit.provider"), names);
		for (String prefix : BY_NAME) {
			Map<String, Object> byName = properties(binder, prefix);
			names.addAll(byName.keySet());
			byName.values().forEach((value) -> collect(value, names));
		}
		return names;
	}

	private static Map<String, Object> properties(Binder binder, String prefix) {
		return binder.bind(prefix, Bindable.mapOf(String.class, Object.class)).orElse(Collections.emptyMap());
	}

	// A name with a dot makes a level more of the properties
	private static void collect(Object value, Collection<String> names) {
		if (value instanceof Map<?, ?> properties) {
			properties.forEach((key, nested) -> {
				if (KEYS.contains(String.valueOf(key)) && !(nested instanceof Map)) {
					names.add(String.valueOf(nested));
				}
				collect(nested, names);
			});
		}
	}

}
