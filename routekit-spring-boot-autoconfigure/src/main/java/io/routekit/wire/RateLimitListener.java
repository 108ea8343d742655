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

package io.routekit.wire;

import java.util.List;

import io.routekit.ProviderFacts;

/**
 * Is told of the rate limits that providers report with their answers. Called on the
 * thread that reads the answer, so it must not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RateLimitListener {

	/**
	 * An answer, or a failure, has told of rate limits.
	 * @param name the {@linkplain io.routekit.ModelSettings#name() name} of the model
	 * that was called
	 * @param provider what is particular to its provider
	 * @param limits the limits, at least one
	 */
	void onRateLimits(String name, ProviderFacts provider, List<RateLimit> limits);

}
