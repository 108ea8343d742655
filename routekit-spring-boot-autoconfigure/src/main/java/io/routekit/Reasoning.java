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

package io.routekit;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How much a model should reason before it answers: by effort or by a budget.
 *
 * @param effort the effort in the provider's words, for example {@code low} or
 * {@code high}, or {@code null}
 * @param budgetTokens the number of tokens that reasoning may take, or {@code null}
 * @since 0.1.0
 */
public record Reasoning(@Nullable String effort, @Nullable Integer budgetTokens) {

	public Reasoning {
		Assert.isTrue((effort == null) != (budgetTokens == null),
				"Either 'effort' or 'budgetTokens' must be set, but not both");
	}

	/**
	 * Ask for an effort.
	 * @param effort the effort in the provider's words
	 * @return the reasoning
	 */
	public static Reasoning effort(String effort) {
		Assert.hasText(effort, "'effort' must not be empty");
		return new Reasoning(effort, null);
	}

	/**
	 * Allow a budget.
	 * @param tokens the number of tokens that reasoning may take
	 * @return the reasoning
	 */
	public static Reasoning budget(int tokens) {
		Assert.isTrue(tokens > 0, "'tokens' must be positive");
		return new Reasoning(null, tokens);
	}

}
