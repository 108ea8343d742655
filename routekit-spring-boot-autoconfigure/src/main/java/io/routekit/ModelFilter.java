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

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Something that surrounds the calls of a {@link Model}: it may change the request, the
 * answer, answer itself, or call the next model any number of times.
 * <p>
 * Beans of this type are put around every configured model, in their order: the first is
 * the outermost. Pricing and metering are filters as well; they come last, next to the
 * provider, so that they see each call that is really made.
 * <p>
 * A filter is asked anew for each subscription. Whatever it throws, at once or later, is
 * a failure of the call.
 *
 * @since 0.1.0
 * @see Model#filter(ModelFilter)
 */
public interface ModelFilter {

	/**
	 * Filter a call for a whole answer.
	 * @param request the request
	 * @param next the rest of the chain
	 * @return the answer
	 */
	default Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return next.chat(request);
	}

	/**
	 * Filter a call for a stream of events.
	 * @param request the request
	 * @param next the rest of the chain
	 * @return the events; the last one must be {@link StreamEvent.Completed}
	 */
	default Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return next.stream(request);
	}

}
