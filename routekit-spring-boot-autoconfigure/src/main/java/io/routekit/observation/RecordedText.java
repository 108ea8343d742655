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

import java.util.concurrent.atomic.AtomicBoolean;

import io.routekit.secret.SecretRedactor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * Pieces of content as they may be recorded: redacted, then cut to a length.
 */
final class RecordedText {

	static final int MAX_LENGTH = 8192;

	static final String FAILED = "[redaction failed]";

	private static final Log logger = LogFactory.getLog(RecordedText.class);

	private static final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final SecretRedactor secrets;

	private final ContentRedactor redactor;

	private final AtomicBoolean failed = new AtomicBoolean();

	/**
	 * Create a new {@link RecordedText} instance.
	 * @param secrets takes the secrets out of content
	 * @param redactor takes out of it what the application does not want to be recorded
	 */
	RecordedText(SecretRedactor secrets, ContentRedactor redactor) {
		this.secrets = secrets;
		this.redactor = redactor;
	}

	JsonNode of(String content) {
		return StringNode.valueOf(cut(redact(content)));
	}

	/**
	 * Return a JSON text as the value that it is, or as text if it is no longer one.
	 * @param content the JSON text
	 * @return the value
	 */
	JsonNode ofJson(String content) {
		String redacted = redact(content);
		JsonNode value = (redacted.length() <= MAX_LENGTH) ? parse(redacted) : null;
		return (value != null) ? value : StringNode.valueOf(cut(redacted));
	}

	private @Nullable JsonNode parse(String json) {
		try {
			JsonNode value = mapper.readTree(json);
			return value.isMissingNode() ? null : value;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private String redact(String content) {
		try {
			String redacted = this.redactor.redact(this.secrets.redact(content));
			if (redacted != null) {
				return redacted;
			}
			warnOnce("returned null");
		}
		// A regular expression can overflow the stack on long content, and an observation
		// whose content cannot be recorded has to end all the same
		catch (Throwable ex) {
			// The message may quote the content
			warnOnce("failed with " + ex.getClass().getName());
		}
		return FAILED;
	}

	private void warnOnce(String problem) {
		if (this.failed.compareAndSet(false, true)) {
			logger.warn("The content redactor %s %s: '%s' is recorded in place of the content"
				.formatted(this.redactor.getClass().getName(), problem, FAILED));
		}
	}

	private static String cut(String text) {
		if (text.length() <= MAX_LENGTH) {
			return text;
		}
		int end = MAX_LENGTH - 1;
		return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
	}

}
