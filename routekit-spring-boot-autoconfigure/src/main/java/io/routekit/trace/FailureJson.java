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

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.json.JsonNodes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Failures as JSON. Messages can quote what a server said, and so are content.
 */
final class FailureJson {

	private FailureJson() {
	}

	static ObjectNode write(Throwable failure, boolean content) {
		ObjectNode node = JsonNodes.object();
		if (!(failure instanceof ModelException exception)) {
			node.putNull("kind").putNull("status").putNull("retryable").putNull("retryAfter");
			if (content) {
				node.put("exception", failure.getClass().getName());
			}
			return node;
		}
		node.put("kind", exception.getKind().name())
			.put("status", exception.getStatus())
			.put("retryable", exception.isRetryable());
		node.set("retryAfter", JsonNodes.valueOf(JsonNodes.seconds(exception.getRetryAfter())));
		if (content) {
			node.put("message", exception.getMessage())
				.put("provider", exception.getProvider())
				.put("model", exception.getModel())
				.put("requestId", exception.getRequestId());
			node.set("details", JsonNodes.valueOf(exception.getDetails()));
		}
		return node;
	}

	static Throwable read(JsonNode node) {
		String kind = JsonNodes.text(node.get("kind"));
		if (kind == null) {
			return new IllegalStateException(
					"The recorded call failed with %s".formatted(JsonNodes.text(node.get("exception"))));
		}
		String message = JsonNodes.text(node.get("message"));
		ModelException.Builder exception = ModelException.builder(Kind.valueOf(kind), (message != null) ? message : "")
			.provider(JsonNodes.text(node.get("provider")))
			.model(JsonNodes.text(node.get("model")))
			.status(JsonNodes.integer(node.get("status")))
			.retryAfter(JsonNodes.duration(node.get("retryAfter")))
			.requestId(JsonNodes.text(node.get("requestId")))
			.retryable(isRetryable(node));
		JsonNodes.map(node.get("details")).forEach(exception::detail);
		return exception.build();
	}

	private static boolean isRetryable(JsonNode node) {
		Boolean retryable = JsonNodes.bool(node.get("retryable"));
		return retryable != null && retryable;
	}

	static @Nullable String requestId(@Nullable Throwable failure) {
		return (failure instanceof ModelException exception) ? exception.getRequestId() : null;
	}

}
