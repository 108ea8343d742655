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

package io.routekit.benchmarks;

import java.util.stream.IntStream;

/**
 * The content of an answer, known to the server that sends it and to the client that
 * checks it.
 */
public final class Answer {

	/**
	 * The tokens of a prompt.
	 */
	public static final int PROMPT_TOKENS = 12;

	/**
	 * Mostly plain, as the texts of models are, with a few characters among them that
	 * JSON escapes or that are no ASCII.
	 */
	private static final String[] WORDS = { " the", " model", " of", " a", " service", ",", " reads", " each", " line",
			".\n", " and", " answers", " caf\u00e9", " in", " time", " so", " that", " nobody", " has", " to", " wait",
			" for", " its", " text", " \"and\"", " every", " token", " counts", " once", ";", " then", " it" };

	private final Workload workload;

	private final String[] texts;

	private final String[] arguments;

	/**
	 * Create a new {@link Answer} instance.
	 * @param workload what the client asks for
	 */
	public Answer(Workload workload) {
		this.workload = workload;
		this.texts = IntStream.range(0, Math.max(workload.events(), 1)).mapToObj(this::piece).toArray(String[]::new);
		this.arguments = IntStream.range(0, workload.toolCalls()).mapToObj(this::object).toArray(String[]::new);
	}

	private String piece(int index) {
		StringBuilder text = new StringBuilder(WORDS[index % WORDS.length]).append(index);
		for (int i = 1; text.length() < this.workload.length(); i++) {
			text.append(WORDS[(index + i) % WORDS.length]);
		}
		return text.toString();
	}

	private String object(int index) {
		String city = "Oslo ".repeat(this.workload.arguments() / 5 + 1);
		return "{\"index\":" + index + ",\"city\":\"" + city + "\"}";
	}

	/**
	 * Return what the client asks for.
	 * @return what the client asks for
	 */
	public Workload workload() {
		return this.workload;
	}

	/**
	 * Return a text of the stream, without the time at its end.
	 * @param index its position among the texts
	 * @return the text, unlike any other
	 */
	public String text(int index) {
		return this.texts[index];
	}

	/**
	 * Return the text of an answer in one piece.
	 * @return the text
	 */
	public String text() {
		return this.texts[0];
	}

	/**
	 * Return the arguments of a tool call.
	 * @param index its position among the tool calls
	 * @return a JSON object
	 */
	public String arguments(int index) {
		return this.arguments[index];
	}

	/**
	 * Return the tokens of the answer.
	 * @return the tokens
	 */
	public int tokens() {
		return Math.max(this.workload.events(), 1);
	}

}
