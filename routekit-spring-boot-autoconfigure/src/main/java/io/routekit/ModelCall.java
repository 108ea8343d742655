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

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * A call under way of a model that has a name in the application: one that is configured,
 * or a bean. It begins with the subscription, includes the attempts and waits that it
 * takes, and travels in the context of the subscription, where those that surround the
 * model and the model itself {@link #from(ContextView) find} it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ModelCall {

	private final String name;

	private final ChatRequest request;

	private final boolean streaming;

	private final boolean routing;

	private final @Nullable ModelCall parent;

	private final @Nullable AgentRound agentRound;

	private final @Nullable CallDeadline deadline;

	private volatile @Nullable ModelResponse response;

	private volatile boolean delegating;

	/**
	 * Create a new {@link ModelCall} instance.
	 * @param name the name of the model in the application
	 * @param request the request
	 * @param streaming whether the answer is streamed
	 * @param routing whether the model only chooses among others
	 * @param total the time for the whole call, or {@code null} if it has no limit
	 * @param context the context of the subscription, with the call that this one is made
	 * for, and the round of an agent, if there is one
	 */
	ModelCall(String name, ChatRequest request, boolean streaming, boolean routing, @Nullable Duration total,
			ContextView context) {
		this.name = name;
		this.request = request;
		this.streaming = streaming;
		this.routing = routing;
		this.parent = from(context);
		this.agentRound = context.getOrDefault(AgentRound.class, null);
		CallDeadline outer = (this.parent != null) ? this.parent.deadline : null;
		this.deadline = (total != null) ? CallDeadline.after(total).earlier(outer) : outer;
		for (ModelCall call = this.parent; call != null && !call.delegating; call = call.parent) {
			call.delegating = true;
		}
	}

	/**
	 * Return a model whose calls begin as those of a named one.
	 * @param name the name of the model in the application
	 * @param timeouts the timeouts of the model, of which the total one counts from here,
	 * or {@code null} if it has none of its own
	 * @param model the model with all that surrounds it
	 * @return the model
	 */
	public static Model model(String name, @Nullable Timeouts timeouts, Model model) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(model, "'model' must not be null");
		return new NamedModel(name, timeouts, false, model);
	}

	/**
	 * Return a model whose calls begin as those of a named one that only chooses among
	 * other models. They take as long as the calls of these, unless the request has a
	 * total timeout.
	 * @param name the name of the model in the application
	 * @param model the model that chooses
	 * @return the model
	 */
	public static Model routing(String name, Model model) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(model, "'model' must not be null");
		return new NamedModel(name, null, true, model);
	}

	/**
	 * Return the call that a subscription belongs to.
	 * @param context the context of the subscription
	 * @return the innermost call, or {@code null} if there is none
	 */
	public static @Nullable ModelCall from(ContextView context) {
		return context.getOrDefault(ModelCall.class, null);
	}

	/**
	 * Return the name of the model in the application.
	 * @return {@value ModelSettings#DEFAULT_NAME} for that of {@code routekit.provider},
	 * otherwise the name of {@code routekit.models}, of a route or of a bean;
	 * {@code unnamed} for a model that is none of them
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the request that the call was made with, before any filter had it.
	 * @return the request
	 */
	public ChatRequest request() {
		return this.request;
	}

	/**
	 * Return whether the answer is streamed.
	 * @return whether it is a stream
	 */
	public boolean isStreaming() {
		return this.streaming;
	}

	/**
	 * Return whether the model only chooses among others, whose calls have this one as
	 * their parent.
	 * @return whether it is the call of a route, or of a model with its fallback
	 */
	public boolean isRouting() {
		return this.routing;
	}

	/**
	 * Return the call that this one is made for, such as that of a route.
	 * @return the call, or {@code null} if this one is made for none
	 */
	public @Nullable ModelCall parent() {
		return this.parent;
	}

	/**
	 * Return the round of an agent that the call is part of.
	 * @return the round, or {@code null} if no agent makes the call
	 */
	public @Nullable AgentRound agentRound() {
		return this.agentRound;
	}

	/**
	 * Return whether the model has called other ones, which have the tokens and the cost.
	 * @return whether it has by now
	 */
	public boolean isDelegating() {
		return this.delegating;
	}

	/**
	 * Return when the call must have ended.
	 * @return the deadline, or {@code null} if there is none
	 */
	public @Nullable CallDeadline deadline() {
		return this.deadline;
	}

	/**
	 * Return what is known of an answer that did not end, so that its tokens can be
	 * counted. If the model is tried again, the last attempt counts that told something.
	 * @return the response so far, which need not have content, or {@code null} if
	 * nothing is known
	 */
	public @Nullable ModelResponse response() {
		return this.response;
	}

	/**
	 * Tell what is known of the answer by now. For models, before they signal that a call
	 * has failed, and for filters that complete it.
	 * @param response the response so far
	 */
	public void update(ModelResponse response) {
		Assert.notNull(response, "'response' must not be null");
		this.response = response;
	}

	/**
	 * Return the name of the model and whether the answer is streamed.
	 */
	@Override
	public String toString() {
		return "ModelCall[name=%s, streaming=%s]".formatted(this.name, this.streaming);
	}

}
