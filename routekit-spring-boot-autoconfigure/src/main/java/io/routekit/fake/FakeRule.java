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

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.routekit.ChatRequest;

import org.springframework.util.Assert;

/**
 * The first half of a rule of a {@link FakeModel}: which requests it answers. The second
 * half is one of the methods here.
 *
 * @param <T> the type that the rule is added to
 * @since 0.1.0
 */
public final class FakeRule<T> {

	private final Predicate<ChatRequest> condition;

	private final Consumer<Rule> rules;

	private final T owner;

	FakeRule(Predicate<ChatRequest> condition, Consumer<Rule> rules, T owner) {
		Assert.notNull(condition, "'condition' must not be null");
		this.condition = condition;
		this.rules = rules;
		this.owner = owner;
	}

	/**
	 * Answer with the given texts in their order, and with the last one from then on.
	 * @param texts the texts
	 * @return what the rule was added to
	 */
	public T respondWith(String... texts) {
		Assert.notNull(texts, "'texts' must not be null");
		return add(Stream.of(texts).map(FakeResponse::text).map(FakeResponse::asAnswer).toList());
	}

	/**
	 * Answer with the given answers in their order, and with the last one from then on.
	 * @param responses the answers
	 * @return what the rule was added to
	 */
	public T respondWith(FakeResponse... responses) {
		Assert.notNull(responses, "'responses' must not be null");
		return add(Stream.of(responses).map(FakeResponse::asAnswer).toList());
	}

	/**
	 * Answer with what a function returns.
	 * @param function the function, called once a call
	 * @return what the rule was added to
	 */
	public T respondWith(Function<ChatRequest, FakeResponse> function) {
		Assert.notNull(function, "'function' must not be null");
		return add(List.of(function));
	}

	private T add(List<Function<ChatRequest, FakeResponse>> answers) {
		this.rules.accept(new Rule(this.condition, new FakeScript(answers, WhenExhausted.REPEAT_LAST)));
		return this.owner;
	}

	/**
	 * A rule that is complete.
	 *
	 * @param condition which requests the rule answers
	 * @param script what it answers
	 */
	record Rule(Predicate<ChatRequest> condition, FakeScript script) {

	}

}
