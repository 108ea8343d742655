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

import org.springframework.util.Assert;

/**
 * Thrown at start-up when a model cannot be built from its settings.
 *
 * @since 0.1.0
 */
public final class ModelConfigurationException extends RuntimeException {

	private final String action;

	/**
	 * Create a new {@link ModelConfigurationException} instance.
	 * @param description what is wrong; contains no secret
	 * @param action what to do about it, naming the property to set
	 */
	public ModelConfigurationException(String description, String action) {
		super(description);
		Assert.hasText(description, "'description' must not be empty");
		Assert.hasText(action, "'action' must not be empty");
		this.action = action;
	}

	/**
	 * Return what to do.
	 * @return the action, with the names of the properties to set
	 */
	public String getAction() {
		return this.action;
	}

}
