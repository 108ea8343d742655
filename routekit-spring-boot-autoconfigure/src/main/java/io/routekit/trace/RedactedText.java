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

package io.routekit.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.routekit.json.JsonNodes;
import io.routekit.observation.ContentRedactor;
import io.routekit.secret.SecretNames;
import io.routekit.secret.SecretRedactor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.util.RawValue;

/**
 * Takes out of texts and values what must not get into a file. Never fails.
 */
final class RedactedText {

	static final String FAILED = "[redaction failed]";

	private static final Log logger = LogFactory.getLog(RedactedText.class);

	private final SecretRedactor secrets;

	private final ContentRedactor redactor;

	private final AtomicBoolean failed = new AtomicBoolean();

	/**
	 * Create a new {@link RedactedText} instance.
	 * @param secrets takes the secrets out of texts
	 * @param redactor takes out of them what the application does not want to be written
	 */
	RedactedText(SecretRedactor secrets, ContentRedactor redactor) {
		this.secrets = secrets;
		this.redactor = redactor;
	}

	String of(String text) {
		try {
			String redacted = this.redactor.redact(this.secrets.redact(text));
			if (redacted != null) {
				return redacted;
			}
			warnOnce("returned null");
		}
		// A regular expression can overflow the stack on long content
		catch (Exception | StackOverflowError ex) {
			// The message may quote the content
			warnOnce("failed with " + ex.getClass().getName());
		}
		return FAILED;
	}

	@Nullable String ofNullable(@Nullable String text) {
		return (text != null) ? of(text) : null;
	}

	private void warnOnce(String problem) {
		if (this.failed.compareAndSet(false, true)) {
			logger.warn("The content redactor %s %s: '%s' is written in place of the content"
				.formatted(this.redactor.getClass().getName(), problem, FAILED));
		}
	}

	/**
	 * Return a JSON object that is text, as a text that still is an object.
	 * @param json the text
	 * @return the text to write
	 */
	@Nullable String ofObject(@Nullable String json) {
		String redacted = ofNullable(json);
		if (redacted == null || redacted.equals(json) || JsonNodes.isObject(redacted)) {
			return redacted;
		}
		return JsonNodes.write(JsonNodes.object().put("redacted", FAILED));
	}

	/**
	 * Return values with their texts redacted. What JSON does not know is left out.
	 * @param values the values by name
	 * @return the values to write
	 */
	Map<String, Object> ofValues(Map<String, Object> values) {
		Map<String, Object> redacted = new LinkedHashMap<>();
		values.forEach((name, value) -> {
			try {
				redacted.put(name, of(JsonNodes.valueOf(value), SecretNames.isMember(name)));
			}
			catch (JacksonException ex) {
				redacted.put(name, FAILED);
			}
		});
		return JsonNodes.map(JsonNodes.valueOf(redacted));
	}

	// What is kept as it came, without making more of it
	private Object ofUnread(String json) {
		String redacted = of(json);
		return (redacted.equals(json) || JsonNodes.isObject(redacted)) ? new RawValue(redacted) : FAILED;
	}

	private Object of(JsonNode value, boolean secret) {
		if (value instanceof POJONode embedded && embedded.getPojo() instanceof RawValue raw) {
			return ofUnread(raw.rawValue().toString());
		}
		if (value.isString()) {
			return secret ? SecretRedactor.MASK : of(value.stringValue());
		}
		if (value.isArray()) {
			return value.values().stream().map((element) -> of(element, secret)).toList();
		}
		if (value.isObject()) {
			Map<String, Object> object = new LinkedHashMap<>();
			value.forEachEntry(
					(name, member) -> object.put(name, of(member, secret || SecretNames.isMember(value, name))));
			return object;
		}
		return value;
	}

}
