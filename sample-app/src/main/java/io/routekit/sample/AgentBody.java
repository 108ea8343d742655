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

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.routekit.ChatOptions;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentRequest;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to an agent, which is that of a chat without tools, since the
 * agent has its own. An unknown field is an error.
 *
 * @param model the name of a configured model, or {@code null} for the main one
 * @param message short for a single user message, or {@code null}
 * @param messages the conversation, or {@code null} if there is a {@code message}
 * @param options the options of the calls of the model
 * @param decisions what was decided about the calls that the conversation ends with
 */
record AgentBody(@Nullable String model, @Nullable String message, @Nullable List<MessageBody> messages,
		@Nullable OptionsBody options, List<DecisionBody> decisions) {

	AgentBody {
		InvalidFieldException.checkNotBlank("model", model);
		Conversation.check(message, messages);
		decisions = (decisions != null) ? decisions : Collections.emptyList();
		checkDecisions(decisions, Conversation.pending(messages));
	}

	private static void checkDecisions(List<DecisionBody> decisions, Set<String> pending) {
		Set<String> decided = new HashSet<>();
		for (int i = 0; i < decisions.size(); i++) {
			String id = decisions.get(i).id();
			if (!pending.contains(id)) {
				throw InvalidFieldException.mustBe("decisions[%d].id".formatted(i),
						"the id of a call that waits for a decision", id);
			}
			if (!decided.add(id)) {
				throw InvalidFieldException.mustBe("decisions[%d].id".formatted(i), "unique among the decisions", id);
			}
		}
	}

	/**
	 * Make the request for an agent.
	 * @param agent the agent
	 * @param allowedExtra the names of the extra fields that a client may send
	 * @param seal opens what providers want back
	 * @return the request
	 */
	AgentRequest toRequest(Agent agent, Set<String> allowedExtra, StateSeal seal) {
		return AgentRequest.builder()
			.messages(Conversation.toMessages(this.message, this.messages, seal))
			.options((this.options != null) ? toOptions(this.options, agent, allowedExtra) : ChatOptions.empty())
			.decisions(this.decisions.stream().map(DecisionBody::toDecision).toList())
			.build();
	}

	private static ChatOptions toOptions(OptionsBody options, Agent agent, Set<String> allowedExtra) {
		options.checkToolChoice(
				agent.tools().stream().map((tool) -> tool.definition().name()).collect(Collectors.toSet()));
		return options.toOptions(allowedExtra);
	}

}
