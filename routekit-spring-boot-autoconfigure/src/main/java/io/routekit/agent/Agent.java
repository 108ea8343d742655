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

import java.util.List;

import io.routekit.Message;
import io.routekit.Model;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Runs tools over a {@link Model} until there is an answer. It has no memory: the
 * conversation goes in and comes out. Thread-safe.
 * <p>
 * Runs are cold, and each subscription is a run of its own. A cancel closes the model's
 * connection or cancels the tools that run, and nothing goes on in the background.
 * Failures are an {@link AgentException}; an {@link IllegalArgumentException} tells that
 * the request is wrong, such as a decision about a call that does not wait for one.
 *
 * @since 0.1.0
 */
public interface Agent {

	/**
	 * Return the name of the agent.
	 * @return the name
	 */
	String name();

	/**
	 * Return the model that the agent asks.
	 * @return the model
	 */
	Model model();

	/**
	 * Return the tools of the agent.
	 * @return the tools in the order in which the model is told of them
	 */
	List<AgentTool> tools();

	/**
	 * Return the limits of a run.
	 * @return the limits
	 */
	AgentLimits limits();

	/**
	 * Run until there is an answer, or calls need approval.
	 * @param request the conversation
	 * @return the response, never empty
	 */
	Mono<AgentResponse> run(AgentRequest request);

	/**
	 * Run until there is an answer, and tell what happens meanwhile.
	 * @param request the conversation
	 * @return the events, of which the last one is {@link AgentEvent.Completed}
	 */
	Flux<AgentEvent> stream(AgentRequest request);

	/**
	 * Run until there is an answer of the given type.
	 * @param <T> the type of the answer
	 * @param request the conversation
	 * @param type the type of the answer, for example a record
	 * @return the answer; fails with an {@link AgentException} also if the run ends
	 * without one, be it that calls need approval
	 */
	<T> Mono<T> run(AgentRequest request, Class<T> type);

	/**
	 * Run until there is an answer of the given type.
	 * @param <T> the type of the answer
	 * @param request the conversation
	 * @param type the type of the answer, for example a list of records
	 * @return the answer, as {@link #run(AgentRequest, Class)} gives it
	 */
	<T> Mono<T> run(AgentRequest request, ParameterizedTypeReference<T> type);

	/**
	 * Run with a single user message.
	 * @param text the text of the message
	 * @return the response
	 */
	default Mono<AgentResponse> run(String text) {
		return run(AgentRequest.of(text));
	}

	/**
	 * Run with a conversation.
	 * @param messages the messages, oldest first
	 * @return the response
	 */
	default Mono<AgentResponse> run(List<? extends Message> messages) {
		return run(AgentRequest.of(messages));
	}

	/**
	 * Run with a single user message, and tell what happens meanwhile.
	 * @param text the text of the message
	 * @return the events
	 */
	default Flux<AgentEvent> stream(String text) {
		return stream(AgentRequest.of(text));
	}

	/**
	 * Go on with a run that waits for decisions, on any instance that has the same secret
	 * for approvals. Approved calls run, refused ones are told to the model, those
	 * without a decision stay pending. A run whose tools need
	 * {@linkplain AgentRequest#attributes() attributes} goes on by a request with them
	 * and with the decisions.
	 * @param messages the messages of the response that had the pending calls
	 * @param decisions what was decided
	 * @return the response
	 */
	default Mono<AgentResponse> resume(List<? extends Message> messages, List<ApprovalDecision> decisions) {
		return run(AgentRequest.builder().messages(messages).decisions(decisions).build());
	}

	/**
	 * Return a builder of an agent.
	 * @param model the model to ask
	 * @return the builder
	 */
	static AgentBuilder builder(Model model) {
		return new AgentBuilder(model);
	}

}
