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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.routekit.ModelException;
import io.routekit.Outcome;
import io.routekit.ProviderFacts;
import io.routekit.agent.AgentException;
import io.routekit.agent.AgentException.Reason;
import io.routekit.agent.AgentResponse;
import io.routekit.observation.AgentObservationDocumentation.AgentHighCardinalityKeyNames;
import io.routekit.observation.AgentObservationDocumentation.AgentLowCardinalityKeyNames;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The default {@link AgentObservationConvention}, which follows OpenTelemetry's semantic
 * conventions for generative AI agents. Each low-cardinality key always has a value,
 * since meters need the same keys each time. {@link BoundedTags} bounds the values.
 *
 * @since 0.1.0
 */
public class DefaultAgentObservationConvention implements AgentObservationConvention {

	private static final String OPERATION = "invoke_agent";

	private final TagKeys tagKeys;

	/**
	 * Create a new {@link DefaultAgentObservationConvention} instance that ignores the
	 * tags of runs.
	 */
	public DefaultAgentObservationConvention() {
		this(Collections.emptyList());
	}

	/**
	 * Create a new {@link DefaultAgentObservationConvention} instance.
	 * @param tagKeys the keys of the {@linkplain io.routekit.agent.AgentRequest#tags()
	 * tags of runs} that become low-cardinality keys, with the prefix
	 * {@link ModelObservationDocumentation#TAG_PREFIX}
	 * @throws IllegalArgumentException if a key cannot be one of a meter, if two of them
	 * would be one in Prometheus, or if there are more than 10
	 */
	public DefaultAgentObservationConvention(Collection<String> tagKeys) {
		Assert.notNull(tagKeys, "'tagKeys' must not be null");
		this.tagKeys = new TagKeys(tagKeys);
	}

	@Override
	public String getName() {
		return AgentObservationDocumentation.RUN_NAME;
	}

	@Override
	public String getContextualName(AgentObservationContext context) {
		return OPERATION + " " + context.boundedValue(agentName(context));
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AgentObservationContext context) {
		return KeyValues
			.of(AgentLowCardinalityKeyNames.OPERATION_NAME.withValue(OPERATION), agentName(context),
					providerName(context), requestModel(context), errorType(context), outcome(context), stop(context))
			.and(tags(context));
	}

	/**
	 * Return the name of the agent.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue agentName(AgentObservationContext context) {
		return AgentLowCardinalityKeyNames.AGENT_NAME.withValue(context.getRun().agent());
	}

	/**
	 * Return the name of the provider.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue providerName(AgentObservationContext context) {
		return AgentLowCardinalityKeyNames.PROVIDER_NAME
			.withValue(ProviderFacts.of(context.getRun().model()).telemetryName());
	}

	/**
	 * Return the model that is asked for.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue requestModel(AgentObservationContext context) {
		String model = context.getRequestModel();
		return StringUtils.hasText(model) ? AgentLowCardinalityKeyNames.REQUEST_MODEL.withValue(model)
				: AgentLowCardinalityKeyNames.REQUEST_MODEL.withNoneValue();
	}

	/**
	 * Return why the run failed.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue errorType(AgentObservationContext context) {
		Throwable failure = context.failure();
		return (failure != null) ? AgentLowCardinalityKeyNames.ERROR_TYPE.withValue(errorType(failure))
				: AgentLowCardinalityKeyNames.ERROR_TYPE.withNoneValue();
	}

	private static String errorType(Throwable failure) {
		if (failure instanceof AgentException exception && exception.getReason() != Reason.MODEL) {
			return exception.getReason().name().toLowerCase(Locale.ROOT);
		}
		Throwable cause = (failure instanceof AgentException) ? failure.getCause() : failure;
		return (cause instanceof ModelException exception) ? exception.getKind().errorType() : BoundedTags.OTHER;
	}

	/**
	 * Return how the run ended.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue outcome(AgentObservationContext context) {
		Outcome outcome = context.getOutcome();
		return (outcome != null)
				? AgentLowCardinalityKeyNames.OUTCOME.withValue(outcome.name().toLowerCase(Locale.ROOT))
				: AgentLowCardinalityKeyNames.OUTCOME.withNoneValue();
	}

	/**
	 * Return why a run that did not fail ended.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue stop(AgentObservationContext context) {
		AgentResponse response = context.getResponse();
		return (response != null)
				? AgentLowCardinalityKeyNames.STOP.withValue(response.stop().name().toLowerCase(Locale.ROOT))
				: AgentLowCardinalityKeyNames.STOP.withNoneValue();
	}

	/**
	 * Return the tags of the run: each key that was given to the constructor, with the
	 * value {@code none} if the run has no such tag.
	 * @param context the context
	 * @return the key values
	 */
	protected KeyValues tags(AgentObservationContext context) {
		return this.tagKeys.values(context.getRun().request().tags());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AgentObservationContext context) {
		AgentResponse response = context.getResponse();
		List<KeyValue> keyValues = new ArrayList<>();
		SpanKeyValues.add(AgentHighCardinalityKeyNames.RUN, context.getRun().id(), keyValues);
		if (context.getOutcome() != null) {
			SpanKeyValues.add(AgentHighCardinalityKeyNames.ROUNDS, context.getRounds(), keyValues);
			SpanKeyValues.add(AgentHighCardinalityKeyNames.TOOL_CALLS, context.getToolCalls(), keyValues);
		}
		SpanKeyValues.add(AgentHighCardinalityKeyNames.RESPONSE_FINISH_REASONS,
				(response != null) ? SpanKeyValues.finishReason(response.response()) : null, keyValues);
		SpanKeyValues.addUsage(context.getUsage(), keyValues);
		return KeyValues.of(keyValues);
	}

}
