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

package io.routekit.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.routekit.benchmarks.Answer;
import io.routekit.benchmarks.Format;
import io.routekit.benchmarks.Workload;
import io.routekit.benchmarks.server.Frames;

/**
 * What providers answer.
 */
final class Payloads {

	/**
	 * The events of a stream, about.
	 */
	static final int EVENTS = 500;

	private static final int PIECE = 16;

	private Payloads() {
	}

	private static Workload workload(Content content) {
		return switch (content) {
			case TEXT -> Workload.stream(EVENTS, 8);
			case TOOL_CALL -> Workload.stream(0, 8).withArguments(EVENTS * PIECE);
		};
	}

	/**
	 * Return the events of a stream.
	 * @param format the wire format
	 * @param content the content
	 * @return the events as they are sent
	 */
	static List<String> frames(Format format, Content content) {
		return Frames.of(format, new Answer(workload(content))).stream();
	}

	/**
	 * Return a stream as it arrives.
	 * @param format the wire format
	 * @param content the content
	 * @return some events at a time
	 */
	static List<byte[]> buffers(Format format, Content content) {
		List<String> frames = frames(format, content);
		return IntStream.iterate(0, (start) -> start < frames.size(), (start) -> start + 8)
			.mapToObj((start) -> String.join("", frames.subList(start, Math.min(start + 8, frames.size()))))
			.map((text) -> text.getBytes(StandardCharsets.UTF_8))
			.toList();
	}

	/**
	 * Return an answer in one piece.
	 * @param format the wire format
	 * @return the answer
	 */
	static byte[] whole(Format format) {
		return Frames.of(format, new Answer(Workload.unary(1024))).whole().getBytes(StandardCharsets.UTF_8);
	}

}
