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

import io.routekit.ModelResponse;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of what a provider says about its answer.
 */
final class RedactedResponse {

	private RedactedResponse() {
	}

	static ModelResponse of(ModelResponse response, SecretRedactor secrets) {
		String provider = secrets.redact(response.provider());
		String model = secrets.redactNullable(response.model());
		String id = secrets.redactNullable(response.id());
		String requestId = secrets.redactNullable(response.requestId());
		String reason = secrets.redactNullable(response.rawFinishReason());
		Usage usage = of(response.usage(), secrets);
		if (provider.equals(response.provider()) && Objects.equals(model, response.model())
				&& Objects.equals(id, response.id()) && Objects.equals(requestId, response.requestId())
				&& Objects.equals(reason, response.rawFinishReason()) && usage == response.usage()) {
			return response;
		}
		return response.mutate()
			.provider(provider)
			.model(model)
			.id(id)
			.requestId(requestId)
			.finishReason(response.finishReason(), reason)
			.usage(usage)
			.build();
	}

	private static @Nullable Usage of(@Nullable Usage usage, SecretRedactor secrets) {
		if (usage == null) {
			return null;
		}
		Map<String, Object> raw = secrets.redact(usage.raw());
		return (raw == usage.raw()) ? usage : usage.mutate().raw(raw).build();
	}

}
