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

package io.routekit.secret;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;
import java.util.Map;

import io.routekit.ChatRequest;
import io.routekit.FailureCopy;
import io.routekit.ModelResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes the secrets that an application uses out of texts. A bean of this type knows the
 * configured keys, tokens, secret headers and secrets in addresses of all models, and of
 * the keys and tokens that are supplied for calls the {@value #MAX_SUPPLIED} that were
 * used last. It is applied to whatever gets into exceptions, logs, traces, recordings,
 * spans, meters and the endpoints of the actuator.
 * <p>
 * {@value #MASK} takes the place of a secret, be it in small or in capital letters; of
 * its first and of its last 20 characters, with as much of the rest as there is; and of
 * its beginning at the end of a text that was cut, from 6 characters on. Secrets of fewer
 * than 6 characters are not looked for. The time it takes depends on the length of the
 * text alone. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SecretRedactor {

	/**
	 * What takes the place of a secret.
	 */
	public static final String MASK = "***";

	/**
	 * How many of the secrets that are supplied for calls are known: those that were used
	 * last, and fewer if they are so long that they would take more than 10 million
	 * characters.
	 */
	public static final int MAX_SUPPLIED = 5000;

	// Shorter words are names of schemes and of parameters
	private static final int MIN_WORD_LENGTH = 8;

	private static final String BASIC = "Basic ";

	private final KnownSecrets known;

	private final @Nullable String own;

	private final RedactedValues values = new RedactedValues(this);

	/**
	 * Create a new {@link SecretRedactor} instance that knows no secret yet.
	 */
	public SecretRedactor() {
		this(new KnownSecrets(), null);
	}

	private SecretRedactor(KnownSecrets known, @Nullable String own) {
		this.known = known;
		this.own = own;
	}

	/**
	 * Add a secret that is configured. It is known from now on.
	 * @param secret the secret
	 */
	public void add(String secret) {
		this.known.add(secret);
	}

	/**
	 * Add the secrets of a header that is configured, if its name suggests that there are
	 * any.
	 * @param name the name of the header
	 * @param value the value
	 * @see SecretNames#isHeader(String)
	 */
	public void addHeader(String name, String value) {
		if (SecretNames.isHeader(name)) {
			for (String word : value.split("[ ;,=]+")) {
				addWord(word);
			}
			if (value.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
				addWord(passwordOf(value.substring(BASIC.length()).strip()));
			}
		}
	}

	private static String passwordOf(String credentials) {
		try {
			String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
			return decoded.substring(decoded.indexOf(':') + 1);
		}
		catch (IllegalArgumentException ex) {
			// Another scheme of the same name
			return "";
		}
	}

	/**
	 * Add the secrets of an address that is configured: the user and the values of the
	 * query, as they are written and decoded.
	 * @param url the address
	 */
	public void addUrl(URI url) {
		for (String part : new String[] { url.getRawUserInfo(), url.getUserInfo(), url.getRawQuery(),
				url.getQuery() }) {
			for (String word : (part != null) ? part.split("[:&]") : new String[0]) {
				addWord(word.substring(word.indexOf('=') + 1));
			}
		}
	}

	private void addWord(String word) {
		if (word.length() >= MIN_WORD_LENGTH) {
			add(word);
		}
	}

	/**
	 * Add a secret that was supplied for a call. It is known until {@value #MAX_SUPPLIED}
	 * others were used after it.
	 * @param secret the secret
	 */
	public void addSupplied(String secret) {
		this.known.addSupplied(secret);
	}

	/**
	 * Return a redactor for one call. It knows the same secrets, and has that of the call
	 * in mind however many others are used in the meantime.
	 * @param secret the secret that was supplied for the call
	 * @return the redactor
	 */
	public SecretRedactor forCall(String secret) {
		addSupplied(secret);
		return new SecretRedactor(this.known, secret);
	}

	/**
	 * Take the secrets out of a text.
	 * @param text the text
	 * @return the text, which is the same if there is no secret in it
	 */
	public String redact(String text) {
		if (this.own != null) {
			addSupplied(this.own);
		}
		BitSet found = this.known.find(text);
		if (found.isEmpty()) {
			return text;
		}
		StringBuilder redacted = new StringBuilder();
		int position = 0;
		int start = found.nextSetBit(0);
		while (start >= 0) {
			redacted.append(text, position, start).append(MASK);
			position = found.nextClearBit(start);
			start = found.nextSetBit(position);
		}
		return redacted.append(text, position, text.length()).toString();
	}

	/**
	 * Take the secrets out of a text.
	 * @param text the text, or {@code null}
	 * @return the text, or {@code null} if it was
	 */
	public @Nullable String redactNullable(@Nullable String text) {
		return (text != null) ? redact(text) : null;
	}

	/**
	 * Take the secrets out of JSON, out of the names of members as well. Its structure
	 * stays.
	 * @param json the JSON
	 * @return the JSON, which is the same if there is no secret in it
	 */
	public JsonNode redact(JsonNode json) {
		return this.values.of(json);
	}

	/**
	 * Take the secrets out of the texts in a value, which may be a map or a collection.
	 * @param value the value
	 * @return the value, which is the same if there is no secret in it
	 */
	public Object redactValue(Object value) {
		return this.values.of(value);
	}

	/**
	 * Take the secrets out of values, and out of their names as well.
	 * @param values the values by name
	 * @return the values, which are the same if there is no secret in them
	 */
	public Map<String, Object> redact(Map<String, Object> values) {
		return this.values.of(values);
	}

	/**
	 * Take the secrets out of what a provider says about its answer: the name of the
	 * model, ids, why it stopped, the usage. The answer itself and the metadata stay as
	 * they are.
	 * @param response the answer
	 * @return the answer, which is the same if there is no secret in it
	 */
	public ModelResponse redact(ModelResponse response) {
		return RedactedResponse.of(response, this);
	}

	/**
	 * Take the secrets out of what a request is known by: the name of the model and the
	 * tags. What is asked stays as it is.
	 * @param request the request
	 * @return the request, which is the same if there is no secret in it
	 */
	public ChatRequest redact(ChatRequest request) {
		return RedactedRequest.of(request, this);
	}

	/**
	 * Take the secrets out of the messages of an exception, of its causes and of what it
	 * suppresses.
	 * @param failure the exception
	 * @return the exception, which is the same if there is no secret in it; otherwise a
	 * copy, of the same type only if it is a {@link io.routekit.ModelException}
	 */
	public Throwable redact(Throwable failure) {
		return new FailureCopy(this::redact, this::redact).of(failure);
	}

}
