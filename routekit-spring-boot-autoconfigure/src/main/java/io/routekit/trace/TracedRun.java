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
import io.routekit.agent.AgentResponse.Stop;
import org.jspecify.annotations.Nullable;

/**
 * A run of an agent that has ended.
 *
 * @param time when it started
 * @param span the span of the run, or {@code null} if it is not traced
 * @param run the run
 * @param outcome how it ended
 * @param duration the time from start to end
 * @param rounds how many times the model answered
 * @param toolCalls how many calls of tools ended
 * @param stop why a run that did not fail ended, otherwise {@code null}
 */
record TracedRun(Instant time, @Nullable SpanIds span, RunIds run, Outcome outcome, Duration duration, int rounds,
		int toolCalls, @Nullable Stop stop) implements TraceEntry {

	private static final int BYTES = 512;

	@Override
	public long size(long most) {
		return BYTES;
	}

	@Override
	public TraceEntry withoutContent() {
		return this;
	}

}
