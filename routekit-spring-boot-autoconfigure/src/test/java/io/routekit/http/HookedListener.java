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

package io.routekit.http;

import io.routekit.CallEnd;
import io.routekit.CallListener;
import io.routekit.StreamEvent;
import reactor.util.context.Context;

/**
 * A listener that throws.
 *
 * @param faults tells where
 */
record HookedListener(Faults faults) implements CallListener {

	@Override
	public void onEvent(StreamEvent event) {
		this.faults.at(Hook.LISTENER_EVENT);
	}

	@Override
	public void onEnd(CallEnd end) {
		this.faults.at(Hook.LISTENER_END);
	}

	@Override
	public void subscribe(Runnable subscription) {
		this.faults.at(Hook.LISTENER_SUBSCRIBE);
		subscription.run();
	}

	@Override
	public Context addToContext(Context context) {
		return this.faults.at(Hook.LISTENER_CONTEXT, context);
	}

}
