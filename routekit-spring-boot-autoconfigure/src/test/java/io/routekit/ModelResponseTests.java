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
 * Tests for {@link ModelResponse}.
 */
class ModelResponseTests {

	private static final ProviderState STATE = new ProviderState("openai", "{}");

	@Test
	void bareRefusalIsTheTextOfItsMessage() {
		ModelResponse response = ModelResponse.builder().refusal("No").build();
		assertThat(response.content()).isEmpty();
		assertThat(response.toMessage()).isEqualTo(Message.assistant("No"));
	}

	@Test
	void refusalTakesThePlaceOfTheEmptyTextThatHasItsState() {
		ReasoningPart reasoning = new ReasoningPart("Hm", STATE);
		ModelResponse response = ModelResponse.builder()
			.part(reasoning)
			.part(new TextPart("", STATE))
			.refusal("No")
			.build();
		assertThat(response.content()).isEmpty();
		assertThat(response.toMessage()).isEqualTo(Message.assistant(reasoning, new TextPart("No", STATE)));
		assertThat(response.mutate().build()).isEqualTo(response);
		assertThat(StreamEvent.of(response)).noneMatch(StreamEvent.Text.class::isInstance);
	}

	@Test
	void refusalBesideATextLeavesTheTextAsItIs() {
		ModelResponse response = ModelResponse.builder().part(new TextPart("Well")).refusal("No").build();
		assertThat(response.toMessage()).isEqualTo(Message.assistant("Well"));
	}

}
