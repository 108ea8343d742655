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

import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * The start of a call, as a {@link CallListener.Factory} learns it.
 *
 * @param call the call
 * @param request the request, as the filters outside have made it
 * @param model the rest of the chain
 * @param streaming whether the rest of the chain is asked for a stream
 * @param context the context of the subscriber
 * @since 0.1.0
 */
public record CallStart(ModelCall call, ChatRequest request, Model model, boolean streaming, ContextView context) {

	public CallStart {
		Assert.notNull(call, "'call' must not be null");
		Assert.notNull(request, "'request' must not be null");
		Assert.notNull(model, "'model' must not be null");
		Assert.notNull(context, "'context' must not be null");
	}

	/**
	 * Return the call and whether the answer is streamed.
	 */
	@Override
	public String toString() {
		return "CallStart[call=%s, streaming=%s]".formatted(this.call, this.streaming);
	}

}
