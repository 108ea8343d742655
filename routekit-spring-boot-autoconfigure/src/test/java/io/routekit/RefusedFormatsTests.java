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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RefusedFormats}.
 */
class RefusedFormatsTests {

	private final RefusedFormats formats = new RefusedFormats();

	@Test
	void remembersAFormatOfAModel() {
		this.formats.add(request("a", "m"));

		assertThat(this.formats.contains(request("a", "m"))).isTrue();
		assertThat(this.formats.contains(request("b", "m"))).isFalse();
		assertThat(this.formats.contains(request("a", "other"))).isFalse();
		assertThat(this.formats.contains(request("a", null))).isFalse();
	}

	@Test
	void remembersNothingOfARequestWithoutFormat() {
		this.formats.add(ChatRequest.of("Hi"));

		assertThat(this.formats.contains(ChatRequest.of("Hi"))).isFalse();
	}

	@Test
	void remembersNoMoreThanItHasRoomFor() {
		for (int i = 0; i < 300; i++) {
			this.formats.add(request("a" + i, "m"));
		}

		assertThat(this.formats.contains(request("a0", "m"))).isTrue();
		assertThat(this.formats.contains(request("a299", "m"))).isFalse();
	}

	private static ChatRequest request(String name, String model) {
		return ChatRequest.of("Hi")
			.withOptions(ChatOptions.builder()
				.model(model)
				.responseFormat(ResponseFormat.jsonSchema(name, "{\"type\":\"object\"}"))
				.build());
	}

}
