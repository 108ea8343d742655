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

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.ModelException.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ChatRequest}.
 */
class ChatRequestTests {

	private final ChatRequest.Builder builder = ChatRequest.builder().messages(Message.user("Hi"));

	@Test
	void requestHasNoTagsUnlessTheyAreSet() {
		assertThat(ChatRequest.of("Hi").tags()).isEmpty();
	}

	@Test
	void laterTagTakesThePlaceOfAnEarlierOne() {
		ChatRequest request = this.builder.tag("feature", "search")
			.tag("tenant", "acme")
			.tags(Map.of("feature", "summary"))
			.build();

		assertThat(request.tags()).containsExactly(Map.entry("feature", "summary"), Map.entry("tenant", "acme"));
	}

	@Test
	void copiesKeepTheTags() {
		ChatRequest request = this.builder.tag("feature", "search").build();

		assertThat(request.mutate().build().tags()).isEqualTo(Map.of("feature", "search"));
		assertThat(request.withOptions(ChatOptions.empty()).tags()).isEqualTo(Map.of("feature", "search"));
	}

	@Test
	void tagsCannotBeChanged() {
		ChatRequest request = this.builder.tag("feature", "search").build();
		this.builder.tag("tenant", "acme");

		assertThat(request.tags()).containsOnlyKeys("feature");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> request.tags().clear());
	}

	@Test
	void tagWithoutKeyOrValueIsRefused() {
		Map<String, String> withoutValue = new LinkedHashMap<>(Collections.singletonMap("tenant", null));

		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.tag(" ", "search"))
			.withMessage("'key' must not be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.tag("feature", " "))
			.withMessage("The value of the tag 'feature' must not be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.tags(withoutValue))
			.withMessage("The value of the tag 'tenant' must not be empty");
	}

	@Test
	void messagesAreRequired() {
		assertThatIllegalArgumentException().isThrownBy(() -> ChatRequest.builder().build())
			.withMessage("'messages' must not be empty");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.builder.messages(Arrays.asList(Message.user("Hi"), null)))
			.withMessage("'messages' must not contain null elements");
	}

	@Test
	void copyWithOptionsRefusesWhatTheBuilderRefuses() {
		ChatOptions required = ChatOptions.builder().toolChoice(ToolChoice.REQUIRED).build();
		ChatOptions unknown = ChatOptions.builder().toolChoice(ToolChoice.tool("find")).build();

		assertRefused(required, "'toolChoice' requires a tool, but there is none");
		assertRefused(unknown, "'toolChoice' names 'find', which is not among the tools");
		ChatRequest request = this.builder.tools(Tool.of("find", "Finds", "{}")).build();
		assertThat(request.withOptions(required).options()).isEqualTo(required);
		assertThat(request.withOptions(unknown).options()).isEqualTo(unknown);
	}

	private void assertRefused(ChatOptions options, String message) {
		ChatRequest request = this.builder.build();

		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> request.withOptions(options))
			.withMessage(message)
			.satisfies((failure) -> assertThat(failure.getKind()).isEqualTo(Kind.INVALID_REQUEST));
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> request.mutate().options(options).build())
			.withMessage(message);
	}

	@Test
	void optionsOutOfTheirRangeAreRefused() {
		ChatOptions.Builder options = ChatOptions.builder();

		assertThatIllegalArgumentException().isThrownBy(() -> options.model(" "))
			.withMessage("'model' must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> options.maxTokens(-1))
			.withMessage("'maxTokens' must not be negative but is -1");
		assertThatIllegalArgumentException().isThrownBy(() -> options.maxRetries(-1))
			.withMessage("'maxRetries' must not be negative");
	}

	@Test
	void malformedToolsAndFormatsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Tool.of("a b", null, "{}"))
			.withMessage("The tool name 'a b' must consist of 1 to 64 letters, digits, '_' and '-'");
		assertThatIllegalArgumentException().isThrownBy(() -> Tool.of("find", null, "[]"))
			.withMessage("The parameters of tool 'find' must be a JSON Schema object");
		assertThatIllegalArgumentException().isThrownBy(() -> ResponseFormat.jsonSchema("answer", "[]"))
			.withMessage("The schema of the response format must be a JSON Schema object");
	}

}
