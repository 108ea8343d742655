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

import java.util.Map;
import java.util.Objects;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;

/**
 * Takes secrets out of what a request is known by.
 */
final class RedactedRequest {

	private RedactedRequest() {
	}

	static ChatRequest of(ChatRequest request, SecretRedactor secrets) {
		ChatOptions options = request.options();
		String model = secrets.redactNullable(options.model());
		Map<?, ?> tags = (Map<?, ?>) secrets.redactValue(request.tags());
		if (Objects.equals(model, options.model()) && tags == request.tags()) {
			return request;
		}
		ChatRequest.Builder redacted = ChatRequest.builder().messages(request.messages()).tools(request.tools());
		tags.forEach((key, value) -> redacted.tag(key.toString(), value.toString()));
		return redacted.build().withOptions(options.mutate().model(model).build());
	}

}
