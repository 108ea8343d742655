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

package io.routekit.connection;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details of the connection to the server of a model. A bean of this type wins over the
 * properties {@code type}, {@code base-url} and {@code api-key} and over environment
 * variables; all other properties hold.
 *
 * @since 0.1.0
 */
public interface ModelConnectionDetails extends ConnectionDetails {

	/**
	 * Return the type of the provider that speaks to the server.
	 * @return the type, {@code openai} by default
	 */
	default String getType() {
		return "openai";
	}

	/**
	 * Return the address of the server.
	 * @return the base URL, as the property {@code base-url} has it
	 */
	URI getBaseUrl();

	/**
	 * Return the key that the server asks for.
	 * @return the key, or {@code null} if it needs none
	 */
	default @Nullable String getApiKey() {
		return null;
	}

}
