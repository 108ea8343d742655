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

package io.routekit.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks the constraints of values that were read. The indirection is for applications
 * without Jakarta Validation.
 */
@FunctionalInterface
interface ConstraintCheck {

	/**
	 * Check a value, and the items of a list or the values of a map.
	 * @param value the value
	 * @param path where the value is
	 * @param faults is told what violates a constraint
	 */
	void check(Object value, JsonPath path, Faults faults);

	/**
	 * Creates the check when it is needed.
	 */
	@FunctionalInterface
	interface Factory {

		@Nullable ConstraintCheck create(JsonMapper mapper);

	}

}
