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

import io.routekit.Model;
import io.routekit.Outcome;
import io.routekit.agent.ToolContext;
import io.routekit.agent.ToolResult;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Context of the observation of the call of a tool, during the call and at its end. As
 * with calls of models, meters get low-cardinality key values as {@link BoundedTags}
 * allows.
 *
 * @since 0.1.0
 */
public final class ToolObservationContext extends AgentContext {

	private final ToolContext call;

	private volatile @Nullable ToolResult result;

	/**
	 * Create a new {@link ToolObservationContext} instance.
	 * @param call what the tool is called with
	 */
	public ToolObservationContext(ToolContext call) {
		this(call, new BoundedTags(), new SecretRedactor());
	}

	ToolObservationContext(ToolContext call, BoundedTags tags, SecretRedactor secrets) {
		super(model(call), tags, secrets);
		this.call = call;
	}

	private static Model model(ToolContext call) {
		Assert.notNull(call, "'call' must not be null");
		return call.run().model();
	}

	/**
	 * Return what the tool is called with.
	 * @return the call and the run that it belongs to
	 */
	public ToolContext getCall() {
		return this.call;
	}

	/**
	 * Return the name of the tool.
	 * @return the name, or {@value BoundedTags#OTHER} if the agent has no tool of the
	 * name that the model called
	 */
	public String getToolName() {
		String name = this.call.call().name();
		boolean known = this.call.run().tools().stream().anyMatch((tool) -> tool.name().equals(name));
		return known ? name : BoundedTags.OTHER;
	}

	/**
	 * Return what the model is told.
	 * @return the result, or {@code null} if there is none, or not yet
	 */
	public @Nullable ToolResult getResult() {
		return this.result;
	}

	void setResult(ToolResult result) {
		this.result = result;
	}

	/**
	 * Return how the call ended. An error that the model is told is one, too.
	 * @return the outcome, {@code null} until then
	 */
	public @Nullable Outcome getOutcome() {
		return outcome();
	}

}
