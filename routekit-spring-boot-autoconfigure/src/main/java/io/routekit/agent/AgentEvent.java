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

package io.routekit.agent;

import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;

import org.springframework.util.Assert;

/**
 * What happens in a run. Of each round come the events of the model, then those of the
 * tools that it calls, then the end of the round. The last event is {@link Completed}.
 *
 * @since 0.1.0
 * @see Agent#stream(AgentRequest)
 */
public sealed interface AgentEvent {

	/**
	 * An event of the model. The last one of a round is
	 * {@link io.routekit.StreamEvent.Completed}.
	 *
	 * @param round the round, from 1
	 * @param event the event
	 */
	record ModelEvent(int round, StreamEvent event) implements AgentEvent {

		public ModelEvent {
			Assert.notNull(event, "'event' must not be null");
		}

	}

	/**
	 * A tool begins to run.
	 *
	 * @param round the round, from 1
	 * @param call the call of the model
	 */
	record ToolStarted(int round, ToolCall call) implements AgentEvent {

		public ToolStarted {
			Assert.notNull(call, "'call' must not be null");
		}

	}

	/**
	 * A tool has ended. Those of a round come as they end.
	 *
	 * @param step the call and its result
	 */
	record ToolFinished(ToolStep step) implements AgentEvent {

		public ToolFinished {
			Assert.notNull(step, "'step' must not be null");
		}

	}

	/**
	 * A round has ended, its tools included.
	 *
	 * @param round the round, from 1
	 * @param response the response of the model, with the usage and the cost of the round
	 */
	record RoundFinished(int round, ModelResponse response) implements AgentEvent {

		public RoundFinished {
			Assert.notNull(response, "'response' must not be null");
		}

	}

	/**
	 * The end of the run.
	 *
	 * @param response the same response that {@link Agent#run(AgentRequest)} would give
	 */
	record Completed(AgentResponse response) implements AgentEvent {

		public Completed {
			Assert.notNull(response, "'response' must not be null");
		}

	}

}
