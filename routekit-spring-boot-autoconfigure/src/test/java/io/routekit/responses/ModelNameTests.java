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

package io.routekit.responses;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelName}.
 */
class ModelNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "gpt-5.4", "gpt-5.4-mini", "gpt-6-astra", "gpt-6.1-sol", "gpt-5.10-mini",
			"GPT-5.5-2026-04-23", "ft:gpt-5.4:o::x", "openai/gpt-6", "o3-pro", "o3-deep-research",
			"gpt-5-pro-2025-10-06", "gpt-5.1-codex", "gpt-5.1-codex-max", "gpt-5-codex", "codex-mini-latest",
			"computer-use-preview", "gpt-daybreak-1" })
	void needsResponses(String name) {
		assertThat(new ModelName(name).needsResponses()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gpt-4o", "gpt-4.1", "gpt-5-mini", "gpt-5.3-chat-latest", "gpt-5.1", "o3", "o4-mini",
			"gpt-oss-20b", "gpt-35-turbo", "gpt-41-mini", "gpt-image-1", "gpt-4-0613", "gpt-4o-production", "my-pro",
			"", "chat", "ft:gpt-4o:o::x", "gpt-5.", "gpt-54321" })
	void hasChatCompletions(String name) {
		assertThat(new ModelName(name).needsResponses()).isFalse();
	}

}
