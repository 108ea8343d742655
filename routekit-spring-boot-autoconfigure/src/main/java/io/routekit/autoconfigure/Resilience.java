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

package io.routekit.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelFilter;
import io.routekit.resilience.RetryFilter;
import io.routekit.resilience.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Retries, limits and fallback of one model.
 *
 * @param retryPolicy how its calls are tried again
 * @param retry tries them again
 * @param health learns how its calls end, or {@code null} if nobody asks
 * @param gates what lets its calls through, the outermost first
 * @param others the names of the models to ask when it fails
 * @param kinds the kinds of failure after which they are asked
 * @param fallback makes a model ask them, if there are any
 */
record Resilience(RetryPolicy retryPolicy, RetryFilter retry, @Nullable ModelFilter health, List<CallGate> gates,
		List<String> others, Set<ModelException.Kind> kinds, @Nullable UnaryOperator<Model> fallback) {

	/**
	 * Return the filters around the model.
	 * @return the filters
	 */
	List<ModelFilter> filters() {
		List<ModelFilter> filters = new ArrayList<>();
		if (this.health != null) {
			filters.add(this.health);
		}
		filters.add(this.retry);
		this.gates.forEach((gate) -> filters.add(gate.filter()));
		return filters;
	}

	/**
	 * Return the model with its fallback, if it has one.
	 * @param model the model with its filters
	 * @return the model
	 */
	Model withFallback(Model model) {
		return (this.fallback != null) ? this.fallback.apply(model) : model;
	}

	/**
	 * Describe what is configured.
	 * @return values by the names of the properties
	 */
	Map<String, Object> describe() {
		Map<String, Object> retry = new LinkedHashMap<>();
		retry.put("maxRetries", this.retryPolicy.maxRetries());
		retry.put("delay", this.retryPolicy.delay());
		retry.put("maxDelay", this.retryPolicy.maxDelay());
		retry.put("maxRetryAfter", this.retryPolicy.maxRetryAfter());
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("retry", retry);
		this.gates.forEach((gate) -> description.put(gate.name(), gate.settings()));
		if (!this.others.isEmpty()) {
			description.put("fallback", this.others);
			description.put("fallbackOn", this.kinds);
		}
		return description;
	}

	/**
	 * Describe what the gates know at the moment.
	 * @return values by name
	 */
	Map<String, Object> state() {
		Map<String, Object> state = new LinkedHashMap<>();
		this.gates.forEach((gate) -> state.put(gate.name(), gate.state().describe()));
		return state;
	}

}
