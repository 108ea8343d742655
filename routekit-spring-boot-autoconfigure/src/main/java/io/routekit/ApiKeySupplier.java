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

import reactor.core.publisher.Mono;

/**
 * Supplies the API key of a call, for applications whose tenants have keys of their own:
 * a bean of this type is asked for each attempt of each call that needs a key. The tenant
 * is usually found in the context of the subscription, by {@link Mono#deferContextual
 * Mono.deferContextual}, or in the {@linkplain ChatRequest#tags() tags} of the request.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ApiKeySupplier {

	/**
	 * Return the key for a call. Must not block.
	 * @param model the {@linkplain ModelSettings#name() name} of the model that is
	 * called, since a key must go to the provider that issued it and to no other one
	 * @param request the request
	 * @return the key, or empty for the configured one; a failure, a blank key, and one
	 * that cannot be sent, for example because of a line break in it, fail the call with
	 * {@link ModelException.Kind#AUTHENTICATION}
	 */
	Mono<String> apiKey(String model, ChatRequest request);

}
