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

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.ReasoningPart;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A rough but repeatable count of tokens: four characters are a token, as a rule of thumb
 * for English has it.
 */
final class TokenEstimate {

	private static final int CHARACTERS_PER_TOKEN = 4;

	private TokenEstimate() {
	}

	static Usage usage(ChatRequest request, List<AssistantPart> answer) {
		long prompt = tokens(request.messages().stream().mapToLong(TokenEstimate::length).sum()
				+ request.tools().stream().mapToLong(TokenEstimate::length).sum());
		long reasoning = tokens(
				answer.stream().filter(ReasoningPart.class::isInstance).mapToLong(TokenEstimate::length).sum());
		long rest = tokens(answer.stream()
			.filter((part) -> !(part instanceof ReasoningPart))
			.mapToLong(TokenEstimate::length)
			.sum());
		return Usage.builder()
			.promptTokens(prompt)
			.completionTokens(rest + reasoning)
			.cachedTokens(0L)
			.reasoningTokens(reasoning)
			.build();
	}

	private static long tokens(long characters) {
		return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
	}

	private static long length(Message message) {
		return (message instanceof AssistantMessage assistant)
				? assistant.parts().stream().mapToLong(TokenEstimate::length).sum() : message.text().length();
	}

	private static long length(AssistantPart part) {
		if (part instanceof TextPart text) {
			return text.text().length();
		}
		if (part instanceof ReasoningPart reasoning) {
			return reasoning.text().length();
		}
		return (part instanceof ToolCall call) ? call.name().length() + call.arguments().length() : 0;
	}

	private static long length(Tool tool) {
		return tool.name().length() + length(tool.description()) + length(tool.parameters());
	}

	private static long length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

}
