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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.FilePart;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a {@link FakeModel} got. The oldest ones are forgotten, since a fake
 * model may serve a demonstration for days, and anybody may ask it something long.
 */
final class FakeRequests {

	static final int LIMIT = 1000;

	static final long MAX_SIZE = 16 * 1024 * 1024;

	/**
	 * What an object takes beside its text, roughly.
	 */
	private static final int OBJECT = 100;

	private final Deque<ChatRequest> requests = new ArrayDeque<>();

	private long size;

	private long count;

	synchronized long record(ChatRequest request) {
		this.requests.addLast(request);
		this.size += size(request);
		while (this.requests.size() > LIMIT || (this.size > MAX_SIZE && this.requests.size() > 1)) {
			this.size -= size(this.requests.removeFirst());
		}
		return ++this.count;
	}

	private static long size(ChatRequest request) {
		long size = OBJECT;
		for (Message message : request.messages()) {
			size += OBJECT + size(message);
		}
		for (Tool tool : request.tools()) {
			size += OBJECT + length(tool.description()) + length(tool.parameters());
		}
		return size;
	}

	private static long size(Message message) {
		long size = 0;
		if (message instanceof UserMessage user) {
			for (ContentPart part : user.parts()) {
				size += OBJECT + size(part);
			}
		}
		else if (message instanceof ToolMessage tool) {
			for (ContentPart part : tool.parts()) {
				size += OBJECT + size(part);
			}
		}
		else if (message instanceof AssistantMessage assistant) {
			for (AssistantPart part : assistant.parts()) {
				size += OBJECT + size(part);
			}
		}
		else {
			size = message.text().length();
		}
		return size;
	}

	private static long size(ContentPart part) {
		if (part instanceof ImagePart image) {
			return image.size() + length(image.url());
		}
		return (part instanceof FilePart file) ? file.size() : size((TextPart) part);
	}

	private static long size(AssistantPart part) {
		if (part instanceof TextPart text) {
			return size(text);
		}
		if (part instanceof ReasoningPart reasoning) {
			return reasoning.text().length() + size(reasoning.state());
		}
		return (part instanceof ToolCall call) ? call.arguments().length() + size(call.state())
				: size(((OpaquePart) part).state());
	}

	private static long size(TextPart part) {
		return part.text().length() + size(part.state());
	}

	private static long size(@Nullable ProviderState state) {
		return (state != null) ? state.json().length() : 0;
	}

	private static long length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

	synchronized List<ChatRequest> all() {
		return List.copyOf(this.requests);
	}

	synchronized @Nullable ChatRequest last() {
		return this.requests.peekLast();
	}

	synchronized void clear() {
		this.requests.clear();
		this.size = 0;
		this.count = 0;
	}

}
