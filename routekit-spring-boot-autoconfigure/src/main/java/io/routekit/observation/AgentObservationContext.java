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

import java.util.concurrent.atomic.AtomicInteger;

import io.routekit.Model;
import io.routekit.Outcome;
import io.routekit.Usage;
import io.routekit.agent.AgentException;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.AgentRun;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Context of the observation of a run, during the run and at its end. As with calls of
 * models, meters get low-cardinality key values as {@link BoundedTags} allows.
 *
 * @since 0.1.0
 */
public final class AgentObservationContext extends AgentContext {

	private final AgentRun run;

	private final AtomicInteger rounds = new AtomicInteger();

	private final AtomicInteger toolCalls = new AtomicInteger();

	private volatile @Nullable AgentResponse response;

	private volatile @Nullable Throwable failure;

	/**
	 * Create a new {@link AgentObservationContext} instance.
	 * @param run the run
	 */
	public AgentObservationContext(AgentRun run) {
		this(run, new BoundedTags(), new SecretRedactor());
	}

	AgentObservationContext(AgentRun run, BoundedTags tags, SecretRedactor secrets) {
		super(model(run), tags, secrets);
		this.run = run;
	}

	private static Model model(AgentRun run) {
		Assert.notNull(run, "'run' must not be null");
		return run.model();
	}

	/**
	 * Return the run.
	 * @return the run
	 */
	public AgentRun getRun() {
		return this.run;
	}

	/**
	 * Return the name of the model that is asked for: that of the request, or else that
	 * of the model of the agent.
	 * @return the name
	 */
	public String getRequestModel() {
		String model = this.run.request().options().model();
		return (model != null) ? model : this.run.model().name();
	}

	/**
	 * Return how many times the model has answered.
	 * @return the number so far
	 */
	public int getRounds() {
		return this.rounds.get();
	}

	void addRound() {
		this.rounds.incrementAndGet();
	}

	/**
	 * Return how many calls of tools have ended.
	 * @return the number so far
	 */
	public int getToolCalls() {
		return this.toolCalls.get();
	}

	void addToolCall() {
		this.toolCalls.incrementAndGet();
	}

	/**
	 * Return the response.
	 * @return the response, or {@code null} if there is none, or not yet
	 */
	public @Nullable AgentResponse getResponse() {
		return this.response;
	}

	void setResponse(AgentResponse response) {
		this.response = response;
	}

	/**
	 * Return the tokens and the cost of the rounds together.
	 * @return those of the response, or else those by when the run failed; {@code null}
	 * if they are not known
	 */
	public @Nullable Usage getUsage() {
		AgentResponse response = this.response;
		if (response != null) {
			return response.usage();
		}
		return (this.failure instanceof AgentException exception) ? exception.getProgress().usage() : null;
	}

	/**
	 * Return why the run failed, whose texts may have secrets.
	 * @return the failure, or {@code null} if it did not fail
	 */
	@Nullable Throwable failure() {
		return this.failure;
	}

	/**
	 * Return how the run ended.
	 * @return the outcome, {@code null} until then
	 */
	public @Nullable Outcome getOutcome() {
		return outcome();
	}

	void end(Outcome outcome, @Nullable Throwable failure) {
		this.failure = failure;
		end(outcome);
	}

}
