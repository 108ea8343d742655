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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Properties of the fake provider.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit.provider.fake")
public final class FakeModelProperties {

	/**
	 * Answers in their order, each a text or an object. Without any, the model makes up
	 * answers that refer to the prompt.
	 */
	private List<FakeResponseProperties> responses = new ArrayList<>();

	/**
	 * Rules that answer before the responses do; the first that fits answers.
	 */
	private List<Rule> rules = new ArrayList<>();

	/**
	 * What to do when all the responses are given. If not set, to fail; without any
	 * response, answers are made up.
	 */
	private @Nullable WhenExhausted whenExhausted;

	/**
	 * Time before each piece of a streamed answer.
	 */
	private Duration delay = Duration.ZERO;

	/**
	 * Number of characters in a piece of a streamed answer. Pieces are words if not set.
	 */
	private @Nullable Integer chunkSize;

	public List<FakeResponseProperties> getResponses() {
		return this.responses;
	}

	public void setResponses(List<FakeResponseProperties> responses) {
		this.responses = responses;
	}

	public List<Rule> getRules() {
		return this.rules;
	}

	public void setRules(List<Rule> rules) {
		this.rules = rules;
	}

	public @Nullable WhenExhausted getWhenExhausted() {
		return this.whenExhausted;
	}

	public void setWhenExhausted(@Nullable WhenExhausted whenExhausted) {
		this.whenExhausted = whenExhausted;
	}

	public Duration getDelay() {
		return this.delay;
	}

	public void setDelay(Duration delay) {
		this.delay = delay;
	}

	public @Nullable Integer getChunkSize() {
		return this.chunkSize;
	}

	public void setChunkSize(@Nullable Integer chunkSize) {
		this.chunkSize = chunkSize;
	}

	/**
	 * A rule: which requests it answers, and with what.
	 */
	public static class Rule {

		/**
		 * Which requests the rule answers. All that is set must hold.
		 */
		@NestedConfigurationProperty
		private final FakeConditionProperties when = new FakeConditionProperties();

		/**
		 * Answers in their order, each a text or an object; the last one is repeated.
		 */
		private List<FakeResponseProperties> responses = new ArrayList<>();

		public FakeConditionProperties getWhen() {
			return this.when;
		}

		public List<FakeResponseProperties> getResponses() {
			return this.responses;
		}

		public void setResponses(List<FakeResponseProperties> responses) {
			this.responses = responses;
		}

	}

}
