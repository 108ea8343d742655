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
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.routekit.ChatRequest;
import io.routekit.DurationText;
import io.routekit.Message;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.Usage;
import io.routekit.UserMessage;
import io.routekit.fake.FakeResponseProperties.ToolCallProperties;
import io.routekit.fake.FakeResponseProperties.UsageProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Makes answers and rules of a {@link FakeModel} of its properties.
 */
final class FakeScriptMapper {

	private static final int MIN_STATUS = 100;

	private static final int MAX_STATUS = 599;

	private final String prefix;

	/**
	 * Create a new {@link FakeScriptMapper} instance.
	 * @param prefix the name of the property that the others are below
	 */
	FakeScriptMapper(String prefix) {
		this.prefix = prefix;
	}

	void map(FakeModelProperties properties, FakeModel.Builder model) {
		responses("responses", properties.getResponses()).forEach(model::respondWith);
		for (int i = 0; i < properties.getRules().size(); i++) {
			FakeModelProperties.Rule rule = properties.getRules().get(i);
			String name = "rules[%d]".formatted(i);
			List<FakeResponse> responses = responses(name + ".responses", rule.getResponses());
			if (responses.isEmpty()) {
				throw invalid(name + ".responses", "is missing", "Add a response to the rule");
			}
			model.when(condition(name + ".when", rule.getWhen())).respondWith(responses.toArray(FakeResponse[]::new));
		}
	}

	private List<FakeResponse> responses(String name, List<FakeResponseProperties> responses) {
		List<FakeResponse> mapped = new ArrayList<>();
		for (FakeResponseProperties response : responses) {
			mapped.add(response("%s[%d]".formatted(name, mapped.size()), response));
		}
		return mapped;
	}

	private FakeResponse response(String name, FakeResponseProperties properties) {
		FakeResponse response = content(name, properties);
		if (properties.getFinishReason() != null) {
			response = response.withFinishReason(properties.getFinishReason());
		}
		if (properties.getUsage() != null) {
			response = response.withUsage(usage(name + ".usage", properties.getUsage()));
		}
		if (properties.getDelay() != null) {
			response = response.withDelay(positive(name + ".delay", properties.getDelay()));
		}
		if (properties.getEventDelay() != null) {
			response = response.withEventDelay(positive(name + ".event-delay", properties.getEventDelay()));
		}
		return fail(name, properties, response);
	}

	private FakeResponse content(String name, FakeResponseProperties properties) {
		if (properties.getRefusal() != null && properties.getRefusal().isBlank()) {
			throw invalid(name + ".refusal", "is empty", "Set it to what the model says about it");
		}
		FakeResponse response = (properties.getRefusal() != null) ? FakeResponse.refusal(properties.getRefusal())
				: FakeResponse.empty();
		if (properties.getReasoning() != null) {
			response = response.thenReasoning(properties.getReasoning());
		}
		if (properties.getText() != null) {
			response = response.thenText(properties.getText());
		}
		for (int i = 0; i < properties.getToolCalls().size(); i++) {
			ToolCallProperties call = properties.getToolCalls().get(i);
			if (!StringUtils.hasText(call.getName())) {
				throw invalid("%s.tool-calls[%d].name".formatted(name, i), "is missing", "Name the tool to call");
			}
			response = (call.getId() != null)
					? response.then(ToolCall.of(call.getId(), call.getName(), call.getArguments()))
					: response.thenToolCall(call.getName(), call.getArguments());
		}
		if (response == FakeResponse.empty() && properties.getError() == null) {
			throw invalid(name, "answers nothing",
					"Give it a text, reasoning, tool-calls, a refusal or an error; a text may be empty");
		}
		return response;
	}

	private Usage usage(String name, UsageProperties usage) {
		boolean negative = Stream
			.of(usage.getPromptTokens(), usage.getCompletionTokens(), usage.getCachedTokens(),
					usage.getCacheWriteTokens(), usage.getReasoningTokens())
			.anyMatch((tokens) -> tokens != null && tokens < 0);
		if (negative) {
			throw invalid(name, "has a negative number", "Set it to numbers of at least 0");
		}
		return Usage.builder()
			.promptTokens(usage.getPromptTokens())
			.completionTokens(usage.getCompletionTokens())
			.cachedTokens(usage.getCachedTokens())
			.cacheWriteTokens(usage.getCacheWriteTokens())
			.reasoningTokens(usage.getReasoningTokens())
			.build();
	}

	private FakeResponse fail(String name, FakeResponseProperties properties, FakeResponse response) {
		if (properties.getError() == null) {
			refuse(name + ".message", properties.getMessage());
			refuse(name + ".status", properties.getStatus());
			refuse(name + ".retry-after", properties.getRetryAfter());
			refuse(name + ".fail-after", properties.getFailAfter());
			return response;
		}
		String message = properties.getMessage();
		ModelException.Builder failure = FakeResponse.failureOf(properties.getError(),
				(message != null) ? message : FakeResponse.FAILURE_MESSAGE);
		Integer status = properties.getStatus();
		if (status != null && (status < MIN_STATUS || status > MAX_STATUS)) {
			throw invalid(name + ".status", "is " + status, "Set it to an HTTP status, for example 503");
		}
		failure.status((status != null) ? status : FakeResponse.statusOf(properties.getError()));
		if (properties.getRetryAfter() != null) {
			failure.retryAfter(positive(name + ".retry-after", properties.getRetryAfter()));
		}
		Integer failAfter = properties.getFailAfter();
		if (failAfter != null && failAfter < 0) {
			throw invalid(name + ".fail-after", "is " + failAfter, "Set it to a number of events of at least 0");
		}
		return response.failAfter((failAfter != null) ? failAfter : Integer.MAX_VALUE, failure.build());
	}

	private void refuse(String name, @Nullable Object value) {
		if (value != null) {
			throw invalid(name, "is set, but there is no error", "Set 'error' beside it, or remove it");
		}
	}

	private Duration positive(String name, Duration duration) {
		if (duration.isNegative()) {
			throw invalid(name, "is " + DurationText.of(duration),
					"Set it to a duration that is not negative, for example 30ms");
		}
		return duration;
	}

	private Predicate<ChatRequest> condition(String name, FakeConditionProperties when) {
		List<Predicate<ChatRequest>> conditions = new ArrayList<>();
		if (when.getTextContains() != null) {
			String text = when.getTextContains().toLowerCase(Locale.ROOT);
			conditions.add((request) -> lastUserText(request).toLowerCase(Locale.ROOT).contains(text));
		}
		String offered = when.getTool();
		if (offered != null) {
			conditions.add((request) -> request.tools().stream().map(Tool::name).anyMatch(offered::equals));
		}
		Boolean result = when.getToolResult();
		if (result != null) {
			conditions.add((request) -> result == (last(request) instanceof ToolMessage));
		}
		String model = when.getModel();
		if (model != null) {
			conditions.add((request) -> model.equals(request.options().model()));
		}
		return conditions.stream()
			.reduce(Predicate::and)
			.orElseThrow(() -> invalid(name, "has no condition",
					"Set 'text-contains', 'tool', 'tool-result' or 'model', or use 'responses' without a rule"));
	}

	private static Message last(ChatRequest request) {
		return request.messages().get(request.messages().size() - 1);
	}

	private static String lastUserText(ChatRequest request) {
		return request.messages()
			.stream()
			.filter(UserMessage.class::isInstance)
			.map(Message::text)
			.reduce("", (first, second) -> second);
	}

	private ModelConfigurationException invalid(String name, String problem, String cure) {
		return new ModelConfigurationException("'%s.%s' %s".formatted(this.prefix, name, problem), cure);
	}

}
