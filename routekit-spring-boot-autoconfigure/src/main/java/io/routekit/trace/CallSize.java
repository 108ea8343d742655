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

package io.routekit.trace;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.FilePart;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.ResponseFormat;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.Usage;
import io.routekit.UserMessage;
import io.routekit.wire.UnreadObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Estimates how many bytes a call takes, by the lengths of its texts and the number of
 * its values. What is shared between calls counts for each of them.
 */
final class CallSize {

	private static final int CALL = 512;

	private static final int OBJECT = 48;

	// With its stack trace
	private static final int FAILURE = 4096;

	// With its time
	private static final int EVENT = 128;

	// What a byte becomes when it is written
	private static final int UNREAD = 16;

	private final long most;

	private long bytes = CALL;

	private CallSize(long most) {
		this.most = most;
	}

	/**
	 * Estimate the size of a call.
	 * @param call the call
	 * @param most from which size on it does not matter how large it is
	 * @return the bytes
	 */
	static long of(TracedCall call, long most) {
		CallSize size = new CallSize(most);
		size.add(call.request());
		size.add(call.response());
		size.add(call.failure());
		call.events().forEach((event) -> size.bytes += of(event.event()));
		return size.bytes;
	}

	static long of(StreamEvent event) {
		if (event instanceof StreamEvent.Text text) {
			return EVENT + of(text.text());
		}
		if (event instanceof StreamEvent.Reasoning reasoning) {
			return EVENT + of(reasoning.text());
		}
		if (event instanceof StreamEvent.ToolCallArguments arguments) {
			return EVENT + of(arguments.arguments());
		}
		if (event instanceof StreamEvent.ToolCallStart start) {
			return EVENT + of(start.id()) + of(start.name());
		}
		return (event instanceof StreamEvent.ToolCallComplete complete) ? EVENT + of(complete.toolCall()) : EVENT;
	}

	private static long of(@Nullable String text) {
		return (text != null) ? OBJECT + 2L * text.length() : 0;
	}

	private static long of(TextPart text) {
		return of(text.text()) + of(text.state());
	}

	private static long of(ToolCall call) {
		return of(call.id()) + of(call.name()) + of(call.arguments()) + of(call.state());
	}

	private static long of(@Nullable ProviderState state) {
		return (state != null) ? of(state.issuer()) + of(state.json()) : 0;
	}

	private void add(@Nullable String text) {
		this.bytes += of(text);
	}

	private void add(ChatRequest request) {
		for (Message message : request.messages()) {
			add(message);
		}
		for (Tool tool : request.tools()) {
			this.bytes += OBJECT + of(tool.name()) + of(tool.description()) + of(tool.parameters());
		}
		addValues(request.tags());
		ChatOptions options = request.options();
		ResponseFormat format = options.responseFormat();
		add(options.model());
		add(options.user());
		add((format != null) ? format.schema() : null);
		addValues((options.stop() != null) ? options.stop() : Collections.emptyList());
		addValues(options.extra());
	}

	private void add(Message message) {
		this.bytes += OBJECT;
		if (message instanceof UserMessage user) {
			user.parts().forEach(this::add);
		}
		else if (message instanceof ToolMessage tool) {
			add(tool.toolCallId());
			tool.parts().forEach(this::add);
		}
		else if (message instanceof AssistantMessage assistant) {
			assistant.parts().forEach(this::add);
		}
		else {
			add(message.text());
		}
	}

	private void add(ContentPart part) {
		this.bytes += OBJECT;
		if (part instanceof TextPart text) {
			this.bytes += of(text);
		}
		else if (part instanceof FilePart file) {
			this.bytes += file.size() + of(file.filename());
		}
		else if (part instanceof ImagePart image) {
			this.bytes += image.size() + of(image.url());
		}
	}

	private void add(AssistantPart part) {
		this.bytes += OBJECT;
		if (part instanceof TextPart text) {
			this.bytes += of(text);
		}
		else if (part instanceof ReasoningPart reasoning) {
			this.bytes += of(reasoning.text()) + of(reasoning.state());
		}
		else if (part instanceof ToolCall call) {
			this.bytes += of(call);
		}
		else {
			this.bytes += of(((OpaquePart) part).state());
		}
	}

	private void add(@Nullable ModelResponse response) {
		if (response != null) {
			Usage usage = response.usage();
			response.toMessage().parts().forEach(this::add);
			this.bytes += of(response.refusal()) + of(response.model()) + of(response.id()) + of(response.requestId());
			addValues((usage != null) ? usage.raw() : Collections.emptyMap());
			addValues(response.metadata());
		}
	}

	private void add(@Nullable Throwable failure) {
		if (failure != null) {
			this.bytes += FAILURE + of(failure.getMessage());
			addValues((failure instanceof ModelException exception) ? exception.getDetails() : Collections.emptyMap());
		}
	}

	// Without recursion, since values can hold many others in one another
	private void addValues(Object values) {
		Deque<Iterator<?>> left = new ArrayDeque<>();
		left.push(List.of(values).iterator());
		while (!left.isEmpty() && this.bytes <= this.most) {
			Iterator<?> members = left.peek();
			if (members.hasNext()) {
				Iterator<?> nested = count(members.next());
				if (nested != null) {
					left.push(nested);
				}
			}
			else {
				left.pop();
			}
		}
	}

	private @Nullable Iterator<?> count(@Nullable Object value) {
		this.bytes += OBJECT;
		if (value instanceof CharSequence text) {
			this.bytes += 2L * text.length();
		}
		else if (value instanceof byte[] data) {
			this.bytes += data.length;
		}
		else if (value instanceof BigDecimal number) {
			this.bytes += number.unscaledValue().bitLength() / Byte.SIZE;
		}
		else if (value instanceof BigInteger number) {
			this.bytes += number.bitLength() / Byte.SIZE;
		}
		else if (value instanceof JsonNode node && node.isString()) {
			add(node.stringValue());
		}
		else if (value instanceof JsonNode node && node.isObject()) {
			return node.properties().iterator();
		}
		else if (value instanceof Map.Entry<?, ?> entry) {
			count(entry.getKey());
			return Collections.singleton(entry.getValue()).iterator();
		}
		else if (value instanceof UnreadObject object) {
			this.bytes += UNREAD * object.bytes();
		}
		else if (value instanceof Map<?, ?> map) {
			return map.entrySet().iterator();
		}
		else if (value instanceof Iterable<?> values) {
			return values.iterator();
		}
		return null;
	}

}
