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
import tools.jackson.databind.node.ObjectNode;

/**
 * The errors of Azure OpenAI, whose codes are those of OpenAI, names of its own or the
 * status.
 */
final class AzureErrors implements WireErrors {

	private final WireErrors openAi = new OpenAiErrors();

	@Override
	public int status(Kind kind) {
		return this.openAi.status(kind);
	}

	@Override
	public ObjectNode body(ModelException failure, int status, String requestId) {
		ObjectNode body = Json.object();
		ObjectNode error = body.putObject("error")
			.put("code", code(failure.getKind(), status))
			.put("message", failure.getMessage())
			.put("status", status);
		if (failure.getKind() == Kind.CONTENT_FILTERED) {
			error.putObject("innererror").put("code", "ResponsibleAIPolicyViolation");
		}
		return body;
	}

	private static String code(Kind kind, int status) {
		return switch (kind) {
			case NOT_FOUND -> "DeploymentNotFound";
			case CONTEXT_LENGTH -> "context_length_exceeded";
			case CONTENT_FILTERED -> "content_filter";
			case QUOTA, BUDGET_EXCEEDED -> "insufficient_quota";
			case OVERLOADED, CIRCUIT_OPEN, CONCURRENCY_LIMIT -> "NoCapacity";
			default -> String.valueOf(status);
		};
	}

}
