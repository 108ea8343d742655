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

/**
 * Properties of the fake provider.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit.provider.fake")
public final class FakeModelProperties {

	/**
	 * Texts to answer with, in their order. Without any, the model makes up answers that
	 * refer to the prompt.
	 */
	private List<String> responses = new ArrayList<>();

	/**
	 * What to do when all the responses are given.
	 */
	private WhenExhausted whenExhausted = WhenExhausted.REPEAT_LAST;

	/**
	 * Time before each piece of a streamed answer.
	 */
	private Duration delay = Duration.ZERO;

	/**
	 * Number of characters in a piece of a streamed answer. Pieces are words if not set.
	 */
	private @Nullable Integer chunkSize;

	public List<String> getResponses() {
		return this.responses;
	}

	public void setResponses(List<String> responses) {
		this.responses = responses;
	}

	public WhenExhausted getWhenExhausted() {
		return this.whenExhausted;
	}

	public void setWhenExhausted(WhenExhausted whenExhausted) {
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

}
