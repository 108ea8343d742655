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

import org.springframework.util.Assert;

/**
 * The ids by which tracing systems know a span.
 *
 * @param traceId the id of the trace, in the hexadecimal digits that the tracer uses
 * @param spanId the id of the span
 * @since 0.1.0
 */
public record SpanIds(String traceId, String spanId) {

	public SpanIds {
		Assert.hasText(traceId, "'traceId' must not be empty");
		Assert.hasText(spanId, "'spanId' must not be empty");
	}

}
