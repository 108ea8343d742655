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

import io.routekit.Model;
import io.routekit.ModelException;

/**
 * Is told what is done to keep answers coming. Beans of this type are found. They must
 * neither block nor throw: they are called on the way of the answers.
 *
 * @since 0.1.0
 */
public interface ResilienceListener {

	/**
	 * A call is about to be tried again, once it has waited.
	 * @param name the name of the model
	 * @param model the model
	 * @param failure the failure of the attempt before
	 */
	default void onRetry(String name, Model model, ModelException failure) {
	}

	/**
	 * A call is about to be made with another model.
	 * @param name the name of the model that failed
	 * @param target the name of the other model
	 * @param failure the failure
	 */
	default void onFallback(String name, String target, ModelException failure) {
	}

}
