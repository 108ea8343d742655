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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Takes what arrives for one call, and checks it: every text, in order, and the usage.
 * Signals come one at a time.
 */
public final class Call {

	private static final VarHandle RECEIVED = receivedHandle();

	private final Answer answer;

	private final Timings timings;

	private final Consumer<Call> listener;

	private final long start = System.nanoTime();

	private volatile int received;

	private int toolCalls;

	private boolean usageSeen;

	private boolean ended;

	private @Nullable Throwable failure;

	Call(Answer answer, Timings timings, Consumer<Call> listener) {
		this.answer = answer;
		this.timings = timings;
		this.listener = listener;
	}

	private static VarHandle receivedHandle() {
		try {
			return MethodHandles.lookup().findVarHandle(Call.class, "received", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/**
	 * Take the next text of the stream.
	 * @param text the text
	 */
	public void text(String text) {
		int index = received();
		if (index == 0) {
			this.timings.first(System.nanoTime() - this.start);
		}
		if (index < this.answer.workload().events() && isExpected(this.answer.text(index), text)) {
			received(index + 1);
		}
		else {
			fail(new IllegalStateException("Text %d is wrong: '%s'".formatted(index, text)));
		}
	}

	private boolean isExpected(String expected, String text) {
		if (!this.answer.workload().isPaced()) {
			return text.equals(expected);
		}
		if (!Stamp.isAtEndOf(text)) {
			return false;
		}
		this.timings.late(Stamp.now() - Stamp.read(text));
		return text.startsWith(expected) && text.length() == expected.length() + Stamp.PLACEHOLDER.length();
	}

	/**
	 * Take the text of an answer in one piece.
	 * @param text the text
	 */
	public void answer(String text) {
		if (!text.equals(this.answer.text())) {
			fail(new IllegalStateException("The answer is wrong: '%s'".formatted(text)));
		}
	}

	/**
	 * Take a number of events that nobody looked into.
	 * @param count the events
	 */
	public void events(int count) {
		int index = received();
		if (index == 0 && count > 0) {
			this.timings.first(System.nanoTime() - this.start);
		}
		received(index + count);
	}

	/**
	 * Take the arguments of the next tool call.
	 * @param arguments a JSON object
	 */
	public void toolCall(String arguments) {
		if (!arguments.equals(this.answer.arguments(this.toolCalls++))) {
			fail(new IllegalStateException("The arguments of a tool call are wrong: '%s'".formatted(arguments)));
		}
	}

	/**
	 * Take the usage.
	 * @param promptTokens the tokens of the prompt
	 * @param completionTokens the tokens of the answer
	 */
	public void usage(long promptTokens, long completionTokens) {
		this.usageSeen = true;
		if (promptTokens != Answer.PROMPT_TOKENS || completionTokens != this.answer.tokens()) {
			fail(new IllegalStateException("The usage is wrong: %d, %d".formatted(promptTokens, completionTokens)));
		}
	}

	/**
	 * Take the end of the answer, whose usage is known.
	 */
	public void end() {
		if (!this.usageSeen) {
			fail(new IllegalStateException("There is no usage"));
		}
		endOf(this.answer.workload().events());
	}

	/**
	 * Take the end of an answer that nobody looked into.
	 * @param events how many events it should have had
	 */
	public void endOf(int events) {
		if (received() != events) {
			fail(new IllegalStateException("There were %d events instead of %d".formatted(received(), events)));
		}
		if (this.toolCalls != this.answer.workload().toolCalls()) {
			fail(new IllegalStateException("There were %d tool calls".formatted(this.toolCalls)));
		}
		if (!this.ended) {
			this.ended = true;
			this.listener.accept(this);
		}
	}

	/**
	 * Take a failure, after which nothing counts any more.
	 * @param failure the failure
	 */
	public void fail(Throwable failure) {
		if (!this.ended) {
			this.ended = true;
			this.failure = failure;
			this.listener.accept(this);
		}
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	/**
	 * Return how many events have arrived, from any thread.
	 * @return how many events have arrived
	 */
	int received() {
		return (int) RECEIVED.getOpaque(this);
	}

	private void received(int count) {
		RECEIVED.setOpaque(this, count);
	}

}
