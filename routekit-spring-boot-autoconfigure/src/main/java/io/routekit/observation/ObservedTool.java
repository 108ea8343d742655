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

package io.routekit.observation;

import io.routekit.Bystander;
import io.routekit.Outcome;
import io.routekit.agent.AgentListener;
import io.routekit.agent.ToolStep;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The observation of one call of a tool, which its end stops.
 */
final class ObservedTool implements AgentListener<ToolStep> {

	private final ToolObservationContext context;

	private final ObservedSubscription subscription;

	/**
	 * Create a new {@link ObservedTool} instance and start the observation.
	 * @param context what is known of the call
	 * @param subscription the observation
	 * @param observers the application's part in observations
	 * @param subscriber the context of the subscriber
	 */
	ObservedTool(ToolObservationContext context, ObservedSubscription subscription, Bystander observers,
			ContextView subscriber) {
		this.context = context;
		this.subscription = subscription;
		observers.tell(() -> subscription.start(subscriber));
	}

	@Override
	public void subscribe(Runnable subscription) {
		this.subscription.subscribe(subscription);
	}

	@Override
	public Context addToContext(Context context) {
		return this.subscription.addTo(context);
	}

	@Override
	public boolean onNext(ToolStep step) {
		this.context.setResult(step.result());
		return true;
	}

	@Override
	public void onEnd(Outcome outcome, @Nullable Throwable failure) {
		boolean failed = this.context.getResult() != null && this.context.getResult().error();
		this.context.end(failed ? Outcome.ERROR : outcome);
		this.subscription.stop(failed ? new ToolFailure() : failure);
	}

	/**
	 * Tells handlers of observations that a tool has failed. What the model is told of it
	 * is content.
	 */
	private static final class ToolFailure extends RuntimeException {

		ToolFailure() {
			super("The tool failed", null, false, false);
		}

	}

}
