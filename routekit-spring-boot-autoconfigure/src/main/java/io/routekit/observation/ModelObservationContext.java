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

import java.time.Duration;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Context of the observation of a call, during the call and at its end. Whoever adds
 * low-cardinality key values, handlers of meters get them as {@link BoundedTags} allows:
 * while the call is under way, only values that are known. Spans get what was added, in
 * one line.
 *
 * @since 0.1.0
 */
public final class ModelObservationContext extends SenderContext<ChatRequest> {

	private final Model model;

	private final boolean streaming;

	private final SecretRedactor secrets;

	private final ContextValues values;

	private volatile ChatRequest request;

	private volatile @Nullable ModelResponse response;

	private volatile @Nullable Duration timeToFirstChunk;

	private volatile @Nullable Outcome outcome;

	private volatile boolean delegating;

	/**
	 * Create a new {@link ModelObservationContext} instance.
	 * @param model the model that is called
	 * @param request the request
	 * @param streaming whether the answer is streamed
	 */
	public ModelObservationContext(Model model, ChatRequest request, boolean streaming) {
		this(model, request, streaming, new BoundedTags(), new SecretRedactor());
	}

	ModelObservationContext(Model model, ChatRequest request, boolean streaming, BoundedTags tags,
			SecretRedactor secrets) {
		// The HTTP call below has an observation of its own, which sends the trace
		// headers
		super((carrier, key, value) -> {
		}, Kind.CLIENT);
		Assert.notNull(model, "'model' must not be null");
		Assert.notNull(request, "'request' must not be null");
		this.model = model;
		this.request = secrets.redact(request);
		this.streaming = streaming;
		this.secrets = secrets;
		this.values = new ContextValues(tags, secrets, model);
		setCarrier(this.request);
		setRemoteServiceName(model.provider());
	}

	/**
	 * Return the model that is called.
	 * @return the model
	 */
	public Model getModel() {
		return this.model;
	}

	/**
	 * Return the request.
	 * @return the request
	 */
	public ChatRequest getRequest() {
		return this.request;
	}

	/**
	 * Return the name of the model that is asked for: that of the request, or else that
	 * of the model which is called.
	 * @return the name
	 */
	public String getRequestModel() {
		String model = this.request.options().model();
		return (model != null) ? model : this.model.name();
	}

	/**
	 * Return whether the answer is streamed.
	 * @return whether it is a stream
	 */
	public boolean isStreaming() {
		return this.streaming;
	}

	/**
	 * Return the response.
	 * @return the response, or {@code null} if there is none, or not yet
	 */
	public @Nullable ModelResponse getResponse() {
		return this.response;
	}

	void setResponse(@Nullable ModelResponse response) {
		this.response = (response != null) ? this.secrets.redact(response) : null;
	}

	@Override
	public void setError(Throwable error) {
		super.setError(this.secrets.redact(error));
	}

	@Override
	public Observation.Context addLowCardinalityKeyValue(KeyValue keyValue) {
		return super.addLowCardinalityKeyValue(this.values.withoutSecrets(keyValue));
	}

	@Override
	public Observation.Context addHighCardinalityKeyValue(KeyValue keyValue) {
		return super.addHighCardinalityKeyValue(this.values.withoutSecrets(keyValue));
	}

	/**
	 * Return the time from the start of a stream to its first event.
	 * @return the time, or {@code null} if there was no event
	 */
	public @Nullable Duration getTimeToFirstChunk() {
		return this.timeToFirstChunk;
	}

	void setTimeToFirstChunk(Duration timeToFirstChunk) {
		this.timeToFirstChunk = timeToFirstChunk;
	}

	/**
	 * Return how the call ended.
	 * @return the outcome, {@code null} until then
	 */
	public @Nullable Outcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Note that the call has ended, by when its key is known.
	 * @param outcome how it ended
	 */
	void end(Outcome outcome) {
		this.request = this.secrets.redact(this.request);
		setCarrier(this.request);
		this.outcome = outcome;
	}

	private boolean isUnderWay() {
		return this.outcome == null;
	}

	/**
	 * Return whether the model made the call by calling other observed models, as one
	 * that chooses between models does. Tokens and costs are then those of the others.
	 * @return whether the call contains calls
	 */
	public boolean isDelegating() {
		return this.delegating;
	}

	void setDelegating() {
		this.delegating = true;
	}

	/**
	 * Return the value of a tag as meters may have it.
	 * @param tag the tag
	 * @return the value
	 */
	String boundedValue(KeyValue tag) {
		return this.values.value(tag, isUnderWay());
	}

	@Override
	public KeyValues getLowCardinalityKeyValues() {
		return this.values.ofMeters(super.getLowCardinalityKeyValues(), isUnderWay());
	}

	@Override
	public KeyValues getAllKeyValues() {
		return this.values.ofSpans(super.getLowCardinalityKeyValues(), getHighCardinalityKeyValues(), isUnderWay());
	}

	@Override
	public void setContextualName(@Nullable String contextualName) {
		super.setContextualName(this.values.name(contextualName));
	}

}
