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

import java.util.Collections;
import java.util.Map;

/**
 * A {@link Model} that tells people how it is configured and what it knows of itself, as
 * the actuator endpoint shows it. Found by {@link Model#unwrap(Class)}.
 *
 * @since 0.1.0
 */
public interface DescribedModel extends Model {

	/**
	 * Return the settings of the model, without anything secret.
	 * @return values by the names of the properties, in camel case
	 */
	Map<String, Object> settings();

	/**
	 * Return what lets the calls of the model through at the moment, such as a circuit
	 * breaker.
	 * @return values by name; empty if nothing is known, which is the default
	 */
	default Map<String, Object> state() {
		return Collections.emptyMap();
	}

}
