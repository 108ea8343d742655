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

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.util.Assert;

/**
 * Counter of the lines that the trace has lost.
 *
 * @since 0.1.0
 */
public final class TraceMetrics implements MeterBinder {

	private static final String NAME = "routekit.trace.dropped";

	private final TraceWriter writer;

	/**
	 * Create a new {@link TraceMetrics} instance.
	 * @param writer writes the trace
	 */
	public TraceMetrics(TraceWriter writer) {
		Assert.notNull(writer, "'writer' must not be null");
		this.writer = writer;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder(NAME, this.writer, TraceWriter::droppedCount)
			.description("Calls that are missing in the trace")
			.register(registry);
	}

}
