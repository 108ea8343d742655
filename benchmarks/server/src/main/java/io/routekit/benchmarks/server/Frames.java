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

package io.routekit.benchmarks.server;

import java.util.List;
import java.util.stream.IntStream;

import io.routekit.benchmarks.Answer;
import io.routekit.benchmarks.Format;
import io.routekit.benchmarks.Stamp;

/**
 * An answer in the format of a provider.
 */
public abstract class Frames {

	/**
	 * How much of the arguments of a tool call comes at a time.
	 */
	private static final int PIECE = 16;

	private static final String NOISE = "X7fK2pQ9".repeat(8);

	private final Answer answer;

	Frames(Answer answer) {
		this.answer = answer;
	}

	/**
	 * Create the frames of an answer.
	 * @param format the wire format
	 * @param answer the content
	 * @return the frames
	 */
	public static Frames of(Format format, Answer answer) {
		return switch (format) {
			case OPENAI -> new CompletionsFrames(answer);
			case ANTHROPIC -> new MessagesFrames(answer);
			case RESPONSES -> new ResponsesFrames(answer);
		};
	}

	Answer answer() {
		return this.answer;
	}

	/**
	 * Return the frames of the stream, in their order.
	 * @return the frames
	 */
	public abstract List<String> stream();

	/**
	 * Return the answer in one piece.
	 * @return the answer
	 */
	public abstract String whole();

	/**
	 * Return a text of the stream as a JSON string.
	 * @param index its position among the texts
	 * @return a text
	 */
	String text(int index) {
		String text = this.answer.text(index);
		return quoted(this.answer.workload().isPaced() ? text + Stamp.PLACEHOLDER : text);
	}

	/**
	 * Return the arguments of a tool call in pieces, as JSON strings.
	 * @param index its position among the tool calls
	 * @return the arguments
	 */
	List<String> arguments(int index) {
		String arguments = this.answer.arguments(index);
		return IntStream.iterate(0, (start) -> start < arguments.length(), (start) -> start + PIECE)
			.mapToObj((start) -> quoted(arguments.substring(start, Math.min(start + PIECE, arguments.length()))))
			.toList();
	}

	/**
	 * Return what a provider pads its events with, unless it is asked not to.
	 * @param number the number of the event
	 * @return a member of a JSON object with a comma before it, or nothing
	 */
	String noise(int number) {
		int length = this.answer.workload().noise();
		if (length == 0) {
			return "";
		}
		int start = number % 8;
		return ",\"obfuscation\":\"" + NOISE.substring(start, start + 1 + number % length) + "\"";
	}

	static String quoted(String text) {
		return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
	}

}
