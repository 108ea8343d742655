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

package io.routekit.test.server;

import java.util.Locale;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import tools.jackson.databind.node.ObjectNode;

/**
 * The errors of Anthropic.
 */
final class AnthropicErrors implements WireErrors {

	private static final String TOO_LONG = "prompt is too long";

	@Override
	public int status(Kind kind) {
		return switch (kind) {
			case AUTHENTICATION -> 401;
			case QUOTA, BUDGET_EXCEEDED -> 402;
			case PERMISSION -> 403;
			case NOT_FOUND -> 404;
			case INVALID_REQUEST, CONTEXT_LENGTH, CONTENT_FILTERED -> 400;
			case RATE_LIMIT -> 429;
			case TIMEOUT -> 504;
			case OVERLOADED, CIRCUIT_OPEN, CONCURRENCY_LIMIT -> 529;
			case SERVER, NETWORK, INVALID_RESPONSE -> 500;
		};
	}

	@Override
	public ObjectNode body(ModelException failure, int status, String requestId) {
		ObjectNode body = Json.object().put("type", "error");
		body.putObject("error").put("type", type(failure.getKind())).put("message", message(failure));
		return body.put("request_id", requestId);
	}

	private static String type(Kind kind) {
		return switch (kind) {
			case AUTHENTICATION -> "authentication_error";
			case QUOTA, BUDGET_EXCEEDED -> "billing_error";
			case PERMISSION -> "permission_error";
			case NOT_FOUND -> "not_found_error";
			case INVALID_REQUEST, CONTEXT_LENGTH, CONTENT_FILTERED -> "invalid_request_error";
			case RATE_LIMIT -> "rate_limit_error";
			case TIMEOUT -> "timeout_error";
			case OVERLOADED, CIRCUIT_OPEN, CONCURRENCY_LIMIT -> "overloaded_error";
			case SERVER, NETWORK, INVALID_RESPONSE -> "api_error";
		};
	}

	// Only the words tell that it is the length
	private static String message(ModelException failure) {
		String message = String.valueOf(failure.getMessage());
		boolean told = failure.getKind() != Kind.CONTEXT_LENGTH || message.toLowerCase(Locale.ROOT).contains(TOO_LONG);
		return told ? message : TOO_LONG + ": " + message;
	}

}
