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
import io.routekit.StreamEvent;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentListener;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The observation of one subscription to a run, which its end stops.
 */
final class ObservedRun implements AgentListener<AgentEvent> {

	private final AgentObservationContext context;

	private final ObservedSubscription subscription;

	/**
	 * Create a new {@link ObservedRun} instance and start the observation.
	 * @param context what is known of the run
	 * @param subscription the observation
	 * @param observers the application's part in observations
	 * @param subscriber the context of the subscriber
	 */
	ObservedRun(AgentObservationContext context, ObservedSubscription subscription, Bystander observers,
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
	public boolean onNext(AgentEvent event) {
		if (event instanceof AgentEvent.ModelEvent model && model.event() instanceof StreamEvent.Completed) {
			this.context.addRound();
		}
		else if (event instanceof AgentEvent.ToolFinished) {
			this.context.addToolCall();
		}
		else if (event instanceof AgentEvent.Completed completed) {
			this.context.setResponse(completed.response());
			return true;
		}
		this.subscription.leave();
		return false;
	}

	@Override
	public void onEnd(Outcome outcome, @Nullable Throwable failure) {
		this.context.end(outcome, failure);
		this.subscription.stop(failure);
	}

}
