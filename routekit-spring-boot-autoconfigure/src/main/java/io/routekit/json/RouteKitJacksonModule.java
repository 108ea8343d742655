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

package io.routekit.json;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.Cost;
import io.routekit.FilePart;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ReasoningPart;
import io.routekit.StreamEvent;
import io.routekit.SystemMessage;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.Usage;
import io.routekit.UserMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.module.SimpleModule;

/**
 * {@link JacksonModule} that writes and reads conversations, requests, responses and
 * events in their {@linkplain ModelJson JSON form}. It is found by
 * {@code findAndAddModules()}, which Spring Boot's own mapper calls; any other mapper has
 * to be given it, since what Jackson makes of the types by itself cannot be read back.
 *
 * @since 0.1.0
 */
public final class RouteKitJacksonModule extends SimpleModule {

	/**
	 * Create a new {@link RouteKitJacksonModule} instance.
	 */
	public RouteKitJacksonModule() {
		super("routekit");
		add(Message.class, MessageJson::write, MessageJson::read,
				List.of(SystemMessage.class, UserMessage.class, AssistantMessage.class, ToolMessage.class));
		// A text is a part of both kinds, with one form
		add(AssistantPart.class, MessageJson::write, MessageJson::readAssistant,
				List.of(TextPart.class, ReasoningPart.class, ToolCall.class, OpaquePart.class));
		add(ContentPart.class, MessageJson::write, MessageJson::readContent, List.of(ImagePart.class, FilePart.class));
		add(ChatRequest.class, RequestJson::writeWithTags, RequestJson::readWithTags, Collections.emptyList());
		add(ChatOptions.class, RequestJson::write, RequestJson::readOptions, Collections.emptyList());
		add(Tool.class, RequestJson::write, RequestJson::readTool, Collections.emptyList());
		add(ModelResponse.class, ResponseJson::write, ResponseJson::read, Collections.emptyList());
		add(Usage.class, ResponseJson::writeWholeUsage, ResponseJson::readUsage, Collections.emptyList());
		add(Cost.class, ResponseJson::writeCost, ResponseJson::readCost, Collections.emptyList());
		add(StreamEvent.class, EventJson::write, EventJson::read,
				List.of(StreamEvent.Text.class, StreamEvent.Reasoning.class, StreamEvent.ToolCallStart.class,
						StreamEvent.ToolCallArguments.class, StreamEvent.ToolCallComplete.class,
						StreamEvent.Completed.class));
	}

	private <T> void add(Class<T> type, Function<T, ? extends @Nullable JsonNode> writer,
			Function<JsonNode, ? extends @Nullable T> reader, List<Class<? extends T>> subtypes) {
		addSerializer(type, new TreeSerializer<>(type, writer));
		addDeserializer(type, new TreeDeserializer<>(type, reader));
		subtypes.forEach((subtype) -> add(subtype, reader));
	}

	private <T> void add(Class<T> type, Function<JsonNode, ?> reader) {
		addDeserializer(type, new TreeDeserializer<>(type, reader));
	}

}
