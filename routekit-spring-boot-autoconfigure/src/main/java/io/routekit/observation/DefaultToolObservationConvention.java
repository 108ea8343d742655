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

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.routekit.OneLine;
import io.routekit.Outcome;
import io.routekit.agent.ToolContext;
import io.routekit.observation.AgentObservationDocumentation.ToolHighCardinalityKeyNames;
import io.routekit.observation.AgentObservationDocumentation.ToolLowCardinalityKeyNames;

import org.springframework.util.Assert;

/**
 * The default {@link ToolObservationConvention}, which follows OpenTelemetry's semantic
 * conventions for generative AI agents. Each low-cardinality key always has a value,
 * since meters need the same keys each time. {@link BoundedTags} bounds the values.
 *
 * @since 0.1.0
 */
public class DefaultToolObservationConvention implements ToolObservationConvention {

	private static final String OPERATION = "execute_tool";

	// The tool is run on the side of the client, as against one of the provider
	private static final String TYPE = "function";

	private static final String FAILED = "tool_error";

	private final TagKeys tagKeys;

	/**
	 * Create a new {@link DefaultToolObservationConvention} instance that ignores the
	 * tags of runs.
	 */
	public DefaultToolObservationConvention() {
		this(Collections.emptyList());
	}

	/**
	 * Create a new {@link DefaultToolObservationConvention} instance.
	 * @param tagKeys the keys of the {@linkplain ToolContext#tags() tags of runs} that
	 * become low-cardinality keys, with the prefix
	 * {@link ModelObservationDocumentation#TAG_PREFIX}
	 * @throws IllegalArgumentException if a key cannot be one of a meter, if two of them
	 * would be one in Prometheus, or if there are more than 10
	 */
	public DefaultToolObservationConvention(Collection<String> tagKeys) {
		Assert.notNull(tagKeys, "'tagKeys' must not be null");
		this.tagKeys = new TagKeys(tagKeys);
	}

	@Override
	public String getName() {
		return AgentObservationDocumentation.TOOL_NAME;
	}

	@Override
	public String getContextualName(ToolObservationContext context) {
		return OPERATION + " " + context.boundedValue(toolName(context));
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ToolObservationContext context) {
		return KeyValues
			.of(ToolLowCardinalityKeyNames.OPERATION_NAME.withValue(OPERATION), agentName(context), toolName(context),
					toolType(context), errorType(context), outcome(context))
			.and(tags(context));
	}

	/**
	 * Return the name of the agent.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue agentName(ToolObservationContext context) {
		return ToolLowCardinalityKeyNames.AGENT_NAME.withValue(context.getCall().run().agent());
	}

	/**
	 * Return the name of the tool.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue toolName(ToolObservationContext context) {
		return ToolLowCardinalityKeyNames.TOOL_NAME.withValue(context.getToolName());
	}

	/**
	 * Return the type of the tool.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue toolType(ToolObservationContext context) {
		return ToolLowCardinalityKeyNames.TOOL_TYPE.withValue(TYPE);
	}

	/**
	 * Return why the call failed.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue errorType(ToolObservationContext context) {
		if (context.getOutcome() != Outcome.ERROR) {
			return ToolLowCardinalityKeyNames.ERROR_TYPE.withNoneValue();
		}
		return ToolLowCardinalityKeyNames.ERROR_TYPE
			.withValue((context.getResult() != null) ? FAILED : BoundedTags.OTHER);
	}

	/**
	 * Return how the call ended.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue outcome(ToolObservationContext context) {
		Outcome outcome = context.getOutcome();
		return (outcome != null) ? ToolLowCardinalityKeyNames.OUTCOME.withValue(outcome.name().toLowerCase(Locale.ROOT))
				: ToolLowCardinalityKeyNames.OUTCOME.withNoneValue();
	}

	/**
	 * Return the tags of the run: each key that was given to the constructor, with the
	 * value {@code none} if the run has no such tag.
	 * @param context the context
	 * @return the key values
	 */
	protected KeyValues tags(ToolObservationContext context) {
		return this.tagKeys.values(context.getCall().tags());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ToolObservationContext context) {
		ToolContext call = context.getCall();
		return KeyValues.of(ToolHighCardinalityKeyNames.CALL_ID.withValue(OneLine.ofName(call.call().id())),
				ToolHighCardinalityKeyNames.RUN.withValue(OneLine.ofName(call.run().id())),
				ToolHighCardinalityKeyNames.ROUND.withValue(Integer.toString(call.round())));
	}

}
