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

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.ToolResult;
import io.routekit.observation.AgentObservationDocumentation.ToolContentKeyNames;
import io.routekit.observation.ModelObservationDocumentation.ContentKeyNames;
import io.routekit.secret.SecretRedactor;

import org.springframework.util.Assert;

/**
 * Adds what agents are asked and answer, and what tools get and give, to the spans of
 * runs and of calls of tools when they end, after a {@link ContentRedactor}. It can be
 * private, so that this filter is not there by default. Texts and attributes are cut as
 * by {@link ModelContentObservationFilter}.
 *
 * @since 0.1.0
 * @see ToolContentKeyNames
 */
public final class AgentContentObservationFilter implements ObservationFilter {

	private final SecretRedactor secrets;

	private final RecordedText texts;

	/**
	 * Create a new {@link AgentContentObservationFilter} instance.
	 * @param secrets takes the secrets out of all that is recorded
	 * @param redactor takes out of the content what else must not be recorded
	 */
	public AgentContentObservationFilter(SecretRedactor secrets, ContentRedactor redactor) {
		Assert.notNull(secrets, "'secrets' must not be null");
		Assert.notNull(redactor, "'redactor' must not be null");
		this.secrets = secrets;
		this.texts = new RecordedText(secrets, redactor);
	}

	@Override
	public Observation.Context map(Observation.Context context) {
		if (context instanceof AgentObservationContext run) {
			addRun(run);
		}
		else if (context instanceof ToolObservationContext tool) {
			addTool(tool);
		}
		return context;
	}

	private void addRun(AgentObservationContext run) {
		add(run, ContentKeyNames.INPUT_MESSAGES, writer().input(run.getRun().request().messages()));
		if (!run.getRun().tools().isEmpty()) {
			add(run, ContentKeyNames.TOOL_DEFINITIONS, writer().tools(run.getRun().tools()));
		}
		AgentResponse response = run.getResponse();
		if (response != null) {
			add(run, ContentKeyNames.OUTPUT_MESSAGES, writer().output(response.response()));
		}
	}

	private void addTool(ToolObservationContext tool) {
		add(tool, ToolContentKeyNames.ARGUMENTS, this.texts.ofJson(tool.getCall().call().arguments()).toString());
		ToolResult result = tool.getResult();
		if (result != null) {
			add(tool, ToolContentKeyNames.RESULT, this.texts.of(result.text()).stringValue());
		}
	}

	private ContentWriter writer() {
		return new ContentWriter(this.texts);
	}

	private void add(Observation.Context context, KeyName name, String value) {
		context.addHighCardinalityKeyValue(name.withValue(this.secrets.redact(value)));
	}

}
