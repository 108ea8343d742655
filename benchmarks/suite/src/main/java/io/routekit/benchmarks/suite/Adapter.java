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

package io.routekit.benchmarks.suite;

import java.util.Arrays;

/**
 * A client to measure.
 */
enum Adapter {

	FLOOR("floor", "floor"),

	FLOOR_JSON("floor-json", "floor"),

	ROUTEKIT("routekit", "routekit"),

	ROUTEKIT_UNMETERED("routekit-unmetered", "routekit");

	private final String id;

	private final String module;

	Adapter(String id, String module) {
		this.id = id;
		this.module = module;
	}

	static Adapter of(String id) {
		return Arrays.stream(values())
			.filter((adapter) -> adapter.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no adapter '%s'".formatted(id)));
	}

	String id() {
		return this.id;
	}

	/**
	 * Return the module that has the client on its class path.
	 * @return the module
	 */
	String module() {
		return this.module;
	}

}
