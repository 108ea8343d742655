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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.routekit.ChatRequest;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.trace.TracedCall.Content;
import org.jspecify.annotations.Nullable;

/**
 * Calls to write in tests.
 */
final class TestTrace {

	static final Instant TIME = Instant.parse("2026-11-23T12:00:00.123Z");

	private TestTrace() {
	}

	static TracedCall call(ChatRequest request, @Nullable ModelResponse response, @Nullable Throwable failure,
			TimedEvent... events) {
		Outcome outcome = (failure != null) ? Outcome.ERROR : Outcome.SUCCESS;
		return new TracedCall("call-1", TIME, new SpanIds("trace-1", "span-1"), true, "openai", "gpt-5-mini",
				URI.create("https://user:pass@api.openai.com/v1?key=secret"), outcome, Duration.ofMillis(1234),
				Duration.ofMillis(200), false, request, response, failure, List.of(events), Content.WHOLE, null);
	}

	static TracedCall call(String prompt) {
		return call(ChatRequest.of(prompt), ModelResponse.of("An answer"), null);
	}

	/**
	 * Keeps lines in memory.
	 */
	static final class Lines implements LineSink {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		@Override
		public void write(byte[] line) {
			this.lines.add(new String(line, StandardCharsets.UTF_8));
		}

		List<String> all() {
			return this.lines;
		}

		@Override
		public void close() {
		}

	}

}
