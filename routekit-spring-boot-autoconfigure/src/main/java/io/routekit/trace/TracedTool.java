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

import java.time.Duration;
import java.time.Instant;

import io.routekit.Outcome;
import io.routekit.ToolCall;
import io.routekit.agent.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool that has ended.
 *
 * @param time when it started
 * @param span the span of the call, or {@code null} if it is not traced
 * @param run the run that the call belongs to
 * @param round the round of the run, from 1
 * @param call what the tool was called with
 * @param outcome how it ended; what the model is told as an error is one
 * @param duration the time from start to end
 * @param result what the model is told, or {@code null} if there is nothing
 * @param content whether the arguments and the result are to be written, if they are
 * asked for
 */
record TracedTool(Instant time, @Nullable SpanIds span, RunIds run, int round, ToolCall call, Outcome outcome,
		Duration duration, @Nullable ToolResult result, boolean content) implements TraceEntry {

	private static final int BYTES = 512;

	@Override
	public long size(long most) {
		if (!this.content) {
			return BYTES;
		}
		int result = (this.result != null) ? this.result.text().length() : 0;
		return BYTES + 2L * (this.call.arguments().length() + result);
	}

	@Override
	public TraceEntry withoutContent() {
		ToolCall call = new ToolCall(this.call.id(), this.call.name(), "{}", this.call.complete(), null);
		return new TracedTool(this.time, this.span, this.run, this.round, call, this.outcome, this.duration, null,
				false);
	}

}
