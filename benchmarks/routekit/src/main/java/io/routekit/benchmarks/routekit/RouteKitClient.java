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

package io.routekit.benchmarks.routekit;

import java.util.stream.IntStream;

import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Tool;
import io.routekit.Usage;
import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.Workload;

/**
 * Calls the model of an application.
 */
final class RouteKitClient implements Client {

	private final Model model;

	private final ChatRequest request;

	RouteKitClient(Model model, Workload workload) {
		this.model = model;
		this.request = ChatRequest.builder()
			.messages(IntStream.range(0, workload.messages()).mapToObj(RouteKitClient::message).toList())
			.tools(IntStream.range(0, workload.tools()).mapToObj(RouteKitClient::tool).toList())
			.build();
	}

	private static Message message(int index) {
		String text = "Say in one sentence what follows from the %d sentences before".formatted(index);
		return (index % 2 == 0) ? Message.user(text) : Message.assistant(text);
	}

	private static Tool tool(int index) {
		return Tool.of("get_weather_" + index, "Tells the weather of a city",
				"{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");
	}

	@Override
	public void stream(Call call) {
		this.model.stream(this.request).subscribe((event) -> receive(event, call), call::fail, call::end);
	}

	private static void receive(StreamEvent event, Call call) {
		if (event instanceof StreamEvent.Text text) {
			call.text(text.text());
		}
		else if (event instanceof StreamEvent.ToolCallComplete toolCall) {
			call.toolCall(toolCall.toolCall().arguments());
		}
		else if (event instanceof StreamEvent.Completed completed) {
			receiveUsage(completed.response(), call);
		}
	}

	@Override
	public void chat(Call call) {
		this.model.chat(this.request).subscribe((response) -> {
			call.answer(response.content());
			receiveUsage(response, call);
		}, call::fail, call::end);
	}

	private static void receiveUsage(ModelResponse response, Call call) {
		Usage usage = response.usage();
		if (usage != null && usage.promptTokens() != null && usage.completionTokens() != null) {
			call.usage(usage.promptTokens(), usage.completionTokens());
		}
	}

}
