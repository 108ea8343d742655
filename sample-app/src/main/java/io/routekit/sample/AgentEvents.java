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

package io.routekit.sample;

import io.routekit.StreamEvent;
import io.routekit.Usage;
import io.routekit.agent.AgentEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Turns what happens while an agent runs into server-sent events. Those of a model are
 * named as in a chat.
 */
final class AgentEvents {

	private AgentEvents() {
	}

	static @Nullable ServerSentEvent<Object> of(AgentEvent event, StateSeal seal) {
		if (event instanceof AgentEvent.ModelEvent model) {
			// The end of a round tells what there is to tell of its answer
			return (model.event() instanceof StreamEvent.Completed) ? null : ChatEvents.of(model.event());
		}
		if (event instanceof AgentEvent.ToolFinished finished) {
			return ChatEvents.event("tool-result", AgentAnswer.Step.of(finished.step()));
		}
		if (event instanceof AgentEvent.RoundFinished finished) {
			Usage usage = finished.response().usage();
			return ChatEvents.event("round",
					new Round(finished.round(), (usage != null) ? ChatAnswer.Tokens.of(usage) : null));
		}
		if (event instanceof AgentEvent.Completed completed) {
			return ChatEvents.event("completed", AgentAnswer.of(completed.response(), seal));
		}
		return null;
	}

	/**
	 * A round that has ended.
	 *
	 * @param round its number, from 1
	 * @param usage the tokens of its answer, or {@code null} if the provider did not
	 * report them
	 */
	record Round(int round, ChatAnswer.@Nullable Tokens usage) {

	}

}
