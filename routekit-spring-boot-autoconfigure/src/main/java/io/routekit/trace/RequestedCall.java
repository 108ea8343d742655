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

package io.routekit.trace;

import io.routekit.ChatRequest;

import org.springframework.util.Assert;

/**
 * Request that a model was asked to answer, and how.
 *
 * @param provider the type of the provider
 * @param model the name of the model
 * @param stream whether the answer was to be streamed
 * @param request the request, as it may be written to a file
 * @since 0.1.0
 */
public record RequestedCall(String provider, String model, boolean stream, ChatRequest request) {

	public RequestedCall {
		Assert.notNull(provider, "'provider' must not be null");
		Assert.notNull(model, "'model' must not be null");
		Assert.notNull(request, "'request' must not be null");
	}

	static RequestedCall of(TracedCall call) {
		return new RequestedCall(call.provider(), call.model(), call.stream(), call.request());
	}

}
