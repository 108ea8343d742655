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

import java.util.List;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.routekit.Message;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.SystemMessage;
import io.routekit.Tool;
import io.routekit.observation.ModelObservationDocumentation.ContentKeyNames;
import io.routekit.secret.SecretRedactor;

import org.springframework.util.Assert;

/**
 * Adds prompts and answers to the span of a call when it ends, as attributes of the
 * OpenTelemetry semantic conventions v1.41.1, after a {@link ContentRedactor}. They can
 * be private, so that this filter is not there by default.
 * <p>
 * Each text is cut to 8,192 characters. An attribute has at most 65,536 characters: the
 * oldest messages and parts are left out. Bytes of images and files are left out as well.
 *
 * @since 0.1.0
 * @see ContentKeyNames
 */
public final class ModelContentObservationFilter implements ObservationFilter {

	private final SecretRedactor secrets;

	private final RecordedText texts;

	/**
	 * Create a new {@link ModelContentObservationFilter} instance.
	 * @param secrets takes the secrets out of all that is recorded
	 * @param redactor takes out of the content what else must not be recorded
	 */
	public ModelContentObservationFilter(SecretRedactor secrets, ContentRedactor redactor) {
		Assert.notNull(secrets, "'secrets' must not be null");
		Assert.notNull(redactor, "'redactor' must not be null");
		this.secrets = secrets;
		this.texts = new RecordedText(secrets, redactor);
	}

	@Override
	public Observation.Context map(Observation.Context context) {
		if (context instanceof ModelObservationContext call) {
			addRequest(call);
			ModelResponse response = call.getResponse();
			// Otherwise it is what was known without the content
			if (response != null && call.getOutcome() == Outcome.SUCCESS) {
				add(call, ContentKeyNames.OUTPUT_MESSAGES, writer().output(response));
			}
		}
		return context;
	}

	private void addRequest(ModelObservationContext call) {
		List<Message> messages = call.getRequest().messages();
		List<SystemMessage> instructions = messages.stream()
			.filter(SystemMessage.class::isInstance)
			.map(SystemMessage.class::cast)
			.toList();
		if (!instructions.isEmpty()) {
			add(call, ContentKeyNames.SYSTEM_INSTRUCTIONS, writer().instructions(instructions));
		}
		List<Tool> tools = call.getRequest().tools();
		if (!tools.isEmpty()) {
			add(call, ContentKeyNames.TOOL_DEFINITIONS, writer().tools(tools));
		}
		add(call, ContentKeyNames.INPUT_MESSAGES, writer().input(messages));
	}

	private ContentWriter writer() {
		return new ContentWriter(this.texts);
	}

	private void add(ModelObservationContext call, KeyName name, String json) {
		call.addHighCardinalityKeyValue(name.withValue(this.secrets.redact(json)));
	}

}
