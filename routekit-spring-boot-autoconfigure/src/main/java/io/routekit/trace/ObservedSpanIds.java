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

import java.util.function.Function;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.util.StringUtils;

/**
 * Finds the span of the observation that a subscriber's context holds, which for a call
 * is the span of the call itself. Needs Micrometer Tracing.
 *
 * @since 0.1.0
 */
public final class ObservedSpanIds implements Function<ContextView, @Nullable SpanIds> {

	// The key of ObservationThreadLocalAccessor, whose class needs a library that is not
	// always there
	private static final String CONTEXT_KEY = "micrometer.observation";

	@Override
	public @Nullable SpanIds apply(ContextView context) {
		Observation observation = context.getOrDefault(CONTEXT_KEY, null);
		TracingContext tracing = (observation != null) ? observation.getContextView().get(TracingContext.class) : null;
		Span span = (tracing != null) ? tracing.getSpan() : null;
		if (span == null) {
			return null;
		}
		TraceContext ids = span.context();
		return (StringUtils.hasText(ids.traceId()) && StringUtils.hasText(ids.spanId()))
				? new SpanIds(ids.traceId(), ids.spanId()) : null;
	}

}
