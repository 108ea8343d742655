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

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The errors of OpenAI.
 */
final class OpenAiErrors implements WireErrors {

	@Override
	public int status(Kind kind) {
		return switch (kind) {
			case AUTHENTICATION -> 401;
			case PERMISSION -> 403;
			case NOT_FOUND -> 404;
			case INVALID_REQUEST, CONTEXT_LENGTH, CONTENT_FILTERED -> 400;
			case RATE_LIMIT, QUOTA, BUDGET_EXCEEDED -> 429;
			case OVERLOADED, CIRCUIT_OPEN, CONCURRENCY_LIMIT -> 503;
			case TIMEOUT -> 408;
			case SERVER, NETWORK, INVALID_RESPONSE -> 500;
		};
	}

	@Override
	public ObjectNode body(ModelException failure, int status, String requestId) {
		ObjectNode body = Json.object();
		body.putObject("error")
			.put("message", failure.getMessage())
			.put("type", type(failure.getKind()))
			.putNull("param")
			.put("code", code(failure.getKind()));
		return body;
	}

	private static String type(Kind kind) {
		return switch (kind) {
			case RATE_LIMIT -> "requests";
			case QUOTA, BUDGET_EXCEEDED -> "insufficient_quota";
			case OVERLOADED, CIRCUIT_OPEN, CONCURRENCY_LIMIT, SERVER, NETWORK, INVALID_RESPONSE -> "server_error";
			case TIMEOUT -> "timeout_error";
			default -> "invalid_request_error";
		};
	}

	private static @Nullable String code(Kind kind) {
		return switch (kind) {
			case AUTHENTICATION -> "invalid_api_key";
			case NOT_FOUND -> "model_not_found";
			case CONTEXT_LENGTH -> "context_length_exceeded";
			case CONTENT_FILTERED -> "content_policy_violation";
			case RATE_LIMIT -> "rate_limit_exceeded";
			case QUOTA, BUDGET_EXCEEDED -> "insufficient_quota";
			case OVERLOADED, CIRCUIT_OPEN, CONCURRENCY_LIMIT -> "overloaded";
			default -> null;
		};
	}

}
