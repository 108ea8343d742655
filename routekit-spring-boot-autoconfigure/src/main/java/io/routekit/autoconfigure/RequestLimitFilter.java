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

package io.routekit.autoconfigure;

import java.util.List;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatRequest;
import io.routekit.Limits;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Refuses requests that hold more than they may, whichever the provider. It is next to
 * the model, so that it sees what is really asked, and its failures are metered like
 * others.
 */
final class RequestLimitFilter implements ModelFilter {

	private final Limits limits;

	private final String prefix;

	/**
	 * Create a new {@link RequestLimitFilter} instance.
	 * @param limits the limits
	 * @param prefix the prefix of the properties that set them
	 */
	RequestLimitFilter(Limits limits, String prefix) {
		this.limits = limits;
		this.prefix = prefix;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		Excess excess = excess(request);
		return (excess != null) ? Mono.error(() -> failure(excess, request, next)) : next.chat(request);
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		Excess excess = excess(request);
		return (excess != null) ? Flux.error(() -> failure(excess, request, next)) : next.stream(request);
	}

	@Override
	public int getOrder() {
		return REQUEST_LIMIT_ORDER;
	}

	private @Nullable Excess excess(ChatRequest request) {
		List<Message> messages = request.messages();
		if (messages.size() > this.limits.messages()) {
			return new Excess("The request", messages.size(), "messages", this.limits.messages(), "messages");
		}
		if (request.tools().size() > this.limits.tools()) {
			return new Excess("The request", request.tools().size(), "tools", this.limits.tools(), "tools");
		}
		int index = 0;
		for (Message message : messages) {
			Excess excess = excess(index++, message);
			if (excess != null) {
				return excess;
			}
		}
		return null;
	}

	private @Nullable Excess excess(int index, Message message) {
		int parts = 0;
		int toolCalls = 0;
		if (message instanceof UserMessage user) {
			parts = user.parts().size();
		}
		else if (message instanceof ToolMessage tool) {
			parts = tool.parts().size();
		}
		else if (message instanceof AssistantMessage assistant) {
			parts = assistant.parts().size();
			for (AssistantPart part : assistant.parts()) {
				toolCalls += (part instanceof ToolCall) ? 1 : 0;
			}
		}
		if (parts > this.limits.parts()) {
			return new Excess("'messages[%s]'".formatted(index), parts, "parts", this.limits.parts(), "parts");
		}
		return (toolCalls > this.limits.toolCalls()) ? new Excess("'messages[%s]'".formatted(index), toolCalls,
				"tool calls", this.limits.toolCalls(), "tool-calls") : null;
	}

	private ModelException failure(Excess excess, ChatRequest request, Model model) {
		String name = request.options().model();
		return ModelException
			.builder(Kind.INVALID_REQUEST,
					"%s has %s %s, but at most %s are allowed (%s.limit.%s)".formatted(excess.owner(), excess.found(),
							excess.what(), excess.limit(), this.prefix, excess.property()))
			.provider(model.provider())
			.model((name != null) ? name : model.name())
			.build();
	}

	/**
	 * What there is too much of.
	 *
	 * @param owner what has too much
	 * @param found how much it has
	 * @param what what it is that it has
	 * @param limit how much it may have
	 * @param property the name of the limit
	 */
	private record Excess(String owner, int found, String what, int limit, String property) {

	}

}
