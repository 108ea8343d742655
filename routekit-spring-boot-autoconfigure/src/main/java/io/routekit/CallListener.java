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

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * Follows one call. It is told of each event of a stream, and once of the end, before the
 * subscriber gets them; of a cancellation, after the model has got it. So the listeners
 * of a call learn of its end from the model outwards. Signals come one after the other, a
 * cancellation from whichever thread. What a listener throws is logged and fails no call.
 *
 * @since 0.1.0
 * @see ModelFilter#ofListener(Factory)
 */
@FunctionalInterface
public interface CallListener {

	/**
	 * Take notice of an event of a stream that is not its last one.
	 * @param event the event
	 */
	default void onEvent(StreamEvent event) {
	}

	/**
	 * Take notice of the end of the call: of the response, the failure or the
	 * cancellation, whichever comes first.
	 * @param end the end
	 */
	void onEnd(CallEnd end);

	/**
	 * Start the call. For a listener that makes something the current one of the thread
	 * meanwhile.
	 * @param subscription subscribes to the model, to be run once
	 */
	default void subscribe(Runnable subscription) {
		subscription.run();
	}

	/**
	 * Return the context for the model.
	 * @param context the context of the subscriber, which has the {@link ModelCall}
	 * @return the context
	 */
	default Context addToContext(Context context) {
		return context;
	}

	/**
	 * Makes the listeners of calls.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * Make the listener of a call that is about to start.
		 * @param start what is known of the call
		 * @return the listener, or {@code null} if nobody wants to follow the call
		 * @throws ModelException if the call must not be made, with which it fails
		 */
		@Nullable CallListener create(CallStart start);

	}

}
