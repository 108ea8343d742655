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

package io.routekit.fake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import io.routekit.ChatRequest;
import io.routekit.Message;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a {@link FakeModel} in their order. Answers that are inserted at run
 * time come before those of the script.
 */
final class FakeScript {

	private final List<Function<ChatRequest, FakeResponse>> answers;

	private final @Nullable WhenExhausted whenExhausted;

	private final Deque<Function<ChatRequest, FakeResponse>> inserted = new ArrayDeque<>();

	private @Nullable Function<ChatRequest, FakeResponse> last;

	private int position;

	private boolean restarted;

	private int given;

	/**
	 * Create a new {@link FakeScript} instance.
	 * @param answers the answers
	 * @param whenExhausted what happens when they are given, or {@code null} to fail, but
	 * to improvise as long as there is no answer at all
	 */
	FakeScript(List<Function<ChatRequest, FakeResponse>> answers, @Nullable WhenExhausted whenExhausted) {
		this.answers = List.copyOf(answers);
		this.whenExhausted = whenExhausted;
	}

	synchronized void insert(List<Function<ChatRequest, FakeResponse>> answers) {
		this.inserted.addAll(answers);
	}

	synchronized @Nullable Function<ChatRequest, FakeResponse> nextInserted() {
		Function<ChatRequest, FakeResponse> answer = this.inserted.poll();
		// Given once, and repeated only if there is no other
		return this.answers.isEmpty() ? give(answer) : count(answer);
	}

	/**
	 * Return the next answer.
	 * @return the answer, or {@code null} if there is none left
	 */
	synchronized @Nullable Function<ChatRequest, FakeResponse> next() {
		Function<ChatRequest, FakeResponse> next = (this.position < this.answers.size())
				? give(this.answers.get(this.position++)) : null;
		return (next != null) ? next : exhausted();
	}

	private @Nullable Function<ChatRequest, FakeResponse> give(@Nullable Function<ChatRequest, FakeResponse> answer) {
		this.last = (answer != null) ? answer : this.last;
		return count(answer);
	}

	private @Nullable Function<ChatRequest, FakeResponse> count(@Nullable Function<ChatRequest, FakeResponse> answer) {
		this.given += (answer != null) ? 1 : 0;
		return answer;
	}

	private @Nullable Function<ChatRequest, FakeResponse> exhausted() {
		if (this.whenExhausted == null) {
			return (this.given == 0) ? FakeImprovisation::answer : null;
		}
		return switch (this.whenExhausted) {
			case FAIL -> null;
			case REPEAT_LAST -> (this.last != null) ? this.last : FakeImprovisation::answer;
			case CYCLE -> this.answers.isEmpty() ? FakeImprovisation::answer : restart();
			case ECHO -> FakeScript::echo;
		};
	}

	private Function<ChatRequest, FakeResponse> restart() {
		this.position = 1;
		this.restarted = true;
		return this.answers.get(0);
	}

	private static FakeResponse echo(ChatRequest request) {
		List<Message> messages = request.messages();
		return FakeResponse.text(messages.get(messages.size() - 1).text());
	}

	/**
	 * Return how many answers were given.
	 * @return the number, those that were given again not counted
	 */
	synchronized int given() {
		return this.given;
	}

	/**
	 * Return how many answers wait to be given, once each.
	 * @return the number
	 */
	synchronized int remaining() {
		int rest = this.restarted ? 0 : this.answers.size() - Math.min(this.position, this.answers.size());
		return this.inserted.size() + rest;
	}

	synchronized void reset() {
		this.inserted.clear();
		this.last = null;
		this.position = 0;
		this.restarted = false;
		this.given = 0;
	}

}
