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
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a {@link FakeModel} in their order. Answers that are inserted at run
 * time come before those of the script.
 */
final class FakeScript {

	private final List<Function<ChatRequest, FakeResponse>> answers;

	private final WhenExhausted whenExhausted;

	private final Deque<Function<ChatRequest, FakeResponse>> inserted = new ArrayDeque<>();

	private @Nullable Function<ChatRequest, FakeResponse> last;

	private int position;

	private int given;

	FakeScript(List<Function<ChatRequest, FakeResponse>> answers, WhenExhausted whenExhausted) {
		this.answers = List.copyOf(answers);
		this.whenExhausted = whenExhausted;
	}

	synchronized void insert(List<Function<ChatRequest, FakeResponse>> answers) {
		this.inserted.addAll(answers);
	}

	synchronized @Nullable Function<ChatRequest, FakeResponse> nextInserted() {
		return give(this.inserted.poll());
	}

	synchronized Function<ChatRequest, FakeResponse> next() {
		Function<ChatRequest, FakeResponse> next = (this.position < this.answers.size())
				? give(this.answers.get(this.position++)) : null;
		return (next != null) ? next : exhausted();
	}

	private @Nullable Function<ChatRequest, FakeResponse> give(@Nullable Function<ChatRequest, FakeResponse> answer) {
		if (answer != null) {
			this.last = answer;
			this.given++;
		}
		return answer;
	}

	private Function<ChatRequest, FakeResponse> exhausted() {
		return switch (this.whenExhausted) {
			case REPEAT_LAST -> (this.last != null) ? this.last : FakeImprovisation::answer;
			case CYCLE -> this.answers.isEmpty() ? FakeImprovisation::answer : restart();
			case IMPROVISE -> FakeImprovisation::answer;
			case FAIL -> (request) -> FakeResponse.failure(noAnswerLeft());
		};
	}

	private Function<ChatRequest, FakeResponse> restart() {
		this.position = 1;
		return this.answers.get(0);
	}

	private synchronized ModelException noAnswerLeft() {
		String message = "The fake model has no answer left: %s; add one with FakeModel.respondWith or "
				+ "routekit.provider.fake.responses, or change routekit.provider.fake.when-exhausted";
		String count = switch (this.given) {
			case 0 -> "it has none";
			case 1 -> "its only answer is given";
			default -> "all its " + this.given + " answers are given";
		};
		return ModelException.builder(Kind.INVALID_REQUEST, message.formatted(count))
			.provider(FakeModel.PROVIDER)
			.build();
	}

	synchronized void reset() {
		this.inserted.clear();
		this.last = null;
		this.position = 0;
		this.given = 0;
	}

}
