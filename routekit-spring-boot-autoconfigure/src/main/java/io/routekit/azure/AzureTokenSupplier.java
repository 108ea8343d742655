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

package io.routekit.azure;

import reactor.core.publisher.Mono;

/**
 * Supplies the Microsoft Entra token that authenticates calls of Azure OpenAI in place of
 * an API key. An application declares a bean of this type, for example around the
 * credential of {@code azure-identity}, with the scope
 * {@code https://cognitiveservices.azure.com/.default}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AzureTokenSupplier {

	/**
	 * Return the current token. Called for each request, so tokens should be cached until
	 * they expire; must not block.
	 * @return the token without {@code Bearer}; a failure, none, a blank one, and one
	 * that cannot be sent, for example because of a line break in it, fail the call with
	 * {@link io.routekit.ModelException.Kind#AUTHENTICATION}
	 */
	Mono<String> token();

	/**
	 * Return a token after the server has refused the current one, which may have been
	 * revoked before it expired. Called once for such a token; must not block.
	 * @return the token without {@code Bearer}; by default the current one
	 */
	default Mono<String> freshToken() {
		return token();
	}

}
