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

package io.routekit.wire;

import java.util.List;

import io.routekit.Limits;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.OneLine;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Head of what a server sends back: who answers, the status and the headers.
 *
 * @param provider the type of the provider
 * @param model the name of the model that was asked
 * @param status the HTTP status
 * @param headers the HTTP headers
 * @param secrets takes the secrets out of messages
 * @param limits how much of the answer may be kept
 * @param errorWords what the words in errors stand for
 * @param rateLimitHeaders the headers that tell of rate limits
 * @since 0.1.0
 */
public record Reply(String provider, @Nullable String model, HttpStatusCode status, HttpHeaders headers,
		SecretRedactor secrets, Limits limits, ErrorWords errorWords, RateLimitHeaders rateLimitHeaders) {

	public Reply {
		Assert.notNull(provider, "'provider' must not be null");
		Assert.notNull(status, "'status' must not be null");
		Assert.notNull(headers, "'headers' must not be null");
		Assert.notNull(secrets, "'secrets' must not be null");
		Assert.notNull(limits, "'limits' must not be null");
		Assert.notNull(errorWords, "'errorWords' must not be null");
		Assert.notNull(rateLimitHeaders, "'rateLimitHeaders' must not be null");
	}

	/**
	 * The member in which the gateway of MiniMax tells whether it is well, in each
	 * answer.
	 */
	public static final String GATEWAY_STATUS = "base_resp";

	private static final List<String> REQUEST_ID_HEADERS = List.of("request-id", "x-request-id", "apim-request-id",
			"x-ms-request-id", "x-generation-id");

	/**
	 * Create a new {@link Reply} instance of which only the status tells what an error
	 * is.
	 * @param provider the type of the provider
	 * @param model the name of the model that was asked
	 * @param status the HTTP status
	 * @param headers the HTTP headers
	 * @param secrets takes the secrets out of messages
	 * @param limits how much of the answer may be kept
	 */
	public Reply(String provider, @Nullable String model, HttpStatusCode status, HttpHeaders headers,
			SecretRedactor secrets, Limits limits) {
		this(provider, model, status, headers, secrets, limits, ErrorWords.NONE, RateLimitHeaders.COMMON);
	}

	/**
	 * Return the id that the provider's support can find the call by.
	 * @return the id, or {@code null} if the headers hold none
	 */
	public @Nullable String requestId() {
		for (String name : REQUEST_ID_HEADERS) {
			for (String value : this.headers.getOrEmpty(name)) {
				if (!value.isBlank()) {
					return name(value);
				}
			}
		}
		return null;
	}

	/**
	 * Return a name that the server sent, such as that of a model, as responses have it:
	 * bounded, on one line and without secrets.
	 * @param text the name as it came
	 * @return the name
	 */
	public String name(String text) {
		Assert.notNull(text, "'text' must not be null");
		return OneLine.ofName(this.secrets.redact(text));
	}

	/**
	 * Return the failure that a payload reports.
	 * @param payload the payload, in any of the shapes that providers report errors in
	 * @return the exception
	 */
	public ModelException failure(JsonNode payload) {
		return ErrorClassifier.classify(this, ErrorReader.read(this.secrets.redact(payload), this.secrets));
	}

	/**
	 * Return the failure that a payload reports which may be anything: JSON, HTML, text
	 * or nothing.
	 * @param payload the array that holds the payload
	 * @param offset the position of the payload
	 * @param length the length of the payload
	 * @return the exception
	 */
	public ModelException failure(byte[] payload, int offset, int length) {
		return ErrorClassifier.classify(this, ErrorBody.of(payload, offset, length, this.secrets));
	}

	/**
	 * Check a payload that came with a status of success.
	 * @param payload the array that holds the payload, a JSON object
	 * @param offset the position of the payload
	 * @param length the length of the payload
	 * @throws ModelException if it reports a failure
	 */
	public void throwIfFailure(byte[] payload, int offset, int length) {
		JsonNode root = ErrorTree.read(payload, offset, length);
		if (ErrorBody.isError(root)) {
			throw failure(root);
		}
	}

	/**
	 * Read the value of a member named {@code error}, which some servers send with every
	 * answer.
	 * @param parser a parser that points at the value
	 * @return whether the value tells of a failure
	 */
	public static boolean isError(JsonParser parser) {
		return parser.currentToken() != JsonToken.VALUE_NULL && ErrorBody.isPresent(ErrorTree.read(parser));
	}

	/**
	 * Read the value of a {@link #GATEWAY_STATUS}.
	 * @param parser a parser that points at the value
	 * @return whether the value tells of a failure
	 */
	public static boolean isGatewayError(JsonParser parser) {
		return ErrorBody.isGatewayError(ErrorTree.read(parser));
	}

	/**
	 * Read the value of a member named {@code error} that is not one of a payload itself.
	 * @param parser a parser that points at the value
	 * @throws ModelException if the value tells of a failure
	 */
	public void throwIfError(JsonParser parser) {
		JsonNode error = ErrorTree.read(parser);
		if (ErrorBody.isPresent(error)) {
			throw failure(JsonNodeFactory.instance.objectNode().set("error", error));
		}
	}

	/**
	 * Return an exception for an answer that is not what the protocol says.
	 * @param message what is wrong with it, without any content
	 * @return the exception
	 */
	public ModelException invalid(String message) {
		return exception(Kind.INVALID_RESPONSE, message).build();
	}

	/**
	 * Return an exception for an answer that is larger than it may be.
	 * @param what what is too large
	 * @param property the name of the limit below {@code limit}
	 * @param limit the limit
	 * @return the exception
	 */
	ModelException tooLarge(String what, String property, DataSize limit) {
		return invalid("%s is larger than %s (limit.%s)".formatted(what, limit, property));
	}

	/**
	 * Start to build an exception for this answer.
	 * @param kind the kind of failure
	 * @param message what went wrong
	 * @return the builder
	 */
	public ModelException.Builder exception(Kind kind, String message) {
		return ModelException.builder(kind, this.secrets.redact(message))
			.provider(this.provider)
			.model(this.secrets.redactNullable(this.model))
			.status(this.status.value())
			.requestId(requestId());
	}

	/**
	 * Start to build an exception for this answer.
	 * @param kind the kind of failure
	 * @param message what went wrong
	 * @param cause why; its messages may hold secrets
	 * @return the builder
	 */
	public ModelException.Builder exception(Kind kind, String message, Throwable cause) {
		return exception(kind, message).cause(OneLine.of(this.secrets.redact(cause)));
	}

	@Override
	public String toString() {
		return "Reply[provider=%s, model=%s, status=%s]".formatted(this.provider, this.model, this.status);
	}

}
