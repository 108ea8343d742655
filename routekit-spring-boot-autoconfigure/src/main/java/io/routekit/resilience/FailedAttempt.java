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

import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.Model;
import io.routekit.ModelException;

/**
 * An attempt to get an answer from a model that failed.
 *
 * @param name the name of the model
 * @param model the model
 * @param failure the failure
 */
record FailedAttempt(String name, Model model, ModelException failure) {

	/**
	 * Describe the attempt in the metadata of a response or the details of a failure.
	 * @return values that JSON knows, by name
	 */
	Map<String, Object> describe() {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("model", this.name);
		description.put("provider", this.model.provider());
		description.put("error", this.failure.getKind().errorType());
		if (this.failure.getStatus() != null) {
			description.put("status", this.failure.getStatus());
		}
		return description;
	}

	@Override
	public String toString() {
		return "%s (%s): %s, %s".formatted(this.name, this.model.provider(), this.failure.getKind(),
				this.failure.getMessage());
	}

}
