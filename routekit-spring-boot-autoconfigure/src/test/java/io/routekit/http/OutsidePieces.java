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

package io.routekit.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ToolCall;
import io.routekit.WatchedCalls;
import io.routekit.fake.FakeModel;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What is done with what comes from outside in very many small pieces, by name.
 */
final class OutsidePieces implements Supplier<Map<String, IntConsumer>> {

	private static final String STOP = """
			{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";

	private final Map<String, IntConsumer> uses = new TreeMap<>();

	@Override
	public Map<String, IntConsumer> get() {
		for (WireProvider provider : new WireProvider[] { WireProvider.OPENAI, WireProvider.RESPONSES,
				WireProvider.ANTHROPIC }) {
			addStream(provider);
			addConversation(provider);
		}
		addCompletions();
		addResponses();
		addMessages();
		addFake();
		return this.uses;
	}

	private void addStream(WireProvider provider) {
		stream(provider, "texts", (count) -> repeat(count, (i) -> "data: {\"a\":" + i + "}\n\n"));
		for (String line : new String[] { "event: a", "id: 1", ": a", "data: a", "retry: 1", "a", "\n", "\r" }) {
			stream(provider, "lines with '" + line.strip() + "'", (count) -> (line + "\n").repeat(count) + "\n\n");
		}
		use(provider, "bytes, one at a time", (exchange, model, count) -> {
			byte[] bytes = provider.stream("a".repeat(count)).getBytes(StandardCharsets.UTF_8);
			exchange.answer(IntStream.range(0, bytes.length).mapToObj((i) -> new byte[] { bytes[i] }).toList());
			run(model.stream("Hi"));
		});
		stream(provider, "payloads in an event", (count) -> "data: " + "{\"a\":1}".repeat(count) + "\n\n");
		use(provider, "payloads in an event that are not UTF-8", (exchange, model, count) -> {
			ByteArrayOutputStream event = new ByteArrayOutputStream();
			event.writeBytes(bytes("data: "));
			for (int i = 0; i < count; i++) {
				event.writeBytes(bytes("{\"type\":\"ping\",\"choices\":[{}],\"a\":\""));
				event.write(0xFF);
				event.writeBytes(bytes("\"}"));
			}
			event.writeBytes(bytes("\n\n"));
			exchange.answer(List.of(event.toByteArray()));
			run(model.stream("Hi"));
		});
		use(provider, "errors of fields", (exchange, model, count) -> {
			exchange.answer(HttpStatus.UNPROCESSABLE_CONTENT, List.of(bytes(
					"{\"detail\":[" + repeat(count, (i) -> ",{\"loc\":[\"a\"],\"msg\":\"a\"}").substring(1) + "]}")));
			run(model.stream("Hi"));
		});
	}

	private void addCompletions() {
		WireProvider provider = WireProvider.OPENAI;
		stream(provider, "messages after deltas",
				(count) -> data("{\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}".formatted("a".repeat(count)))
						+ data("{\"choices\":[{\"message\":{\"content\":\"\"}}]}").repeat(count) + data(STOP));
		stream(provider, "changes between text and reasoning",
				(count) -> data("{\"choices\":[{\"delta\":{\"reasoning_content\":\"a\",\"content\":\"a\"}}]}")
					.repeat(count) + data(STOP));
		stream(provider, "reports of usage",
				(count) -> data("""
						{"choices":[{"delta":{"content":"a"}}],"usage":{%s,"details":{%1$s}}}"""
					.formatted(repeat(count, (i) -> ",\"a" + i + "\":1").substring(1)))
						+ data("{\"choices\":[{}],\"usage\":{\"a1\":1,\"details\":{\"a1\":2}}}").repeat(count)
						+ data(STOP));
		stream(provider, "log probabilities", (count) -> data(
				"{\"choices\":[{\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":[{\"token\":\"a\"}]}}]}")
			.repeat(count) + data(STOP));
		for (String id : new String[] { "\"id\":\"call_%1$s\",", "\"id\":\"call_1\",", "\"index\":0,",
				"\"index\":%1$s,", "" }) {
			stream(provider, "tool calls with " + id,
					(count) -> data("{\"choices\":[{\"delta\":{\"tool_calls\":[%s]}}]}".formatted(repeat(count,
							(i) -> ",{" + id.formatted(i) + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
						.substring(1))) + data(STOP));
		}
		stream(provider, "details of reasoning", (count) -> data("""
				{"choices":[{"delta":{"reasoning_details":[{"type":"reasoning.text","text":"a"}]}}]}""").repeat(count)
				+ data(STOP));
	}

	private void addResponses() {
		WireProvider provider = WireProvider.RESPONSES;
		String end = event("response.completed", "");
		stream(provider, "items",
				(count) -> repeat(count, (i) -> event("response.output_item.done",
						",\"output_index\":%s,\"item\":{\"type\":\"reasoning\",\"id\":\"a%s\"}".formatted(i, i)))
						+ end);
		stream(provider, "items with one index",
				(count) -> repeat(count,
						(i) -> event("response.output_item.added",
								",\"output_index\":0,\"item\":{\"type\":\"message\",\"id\":\"a%s\"}".formatted(i)))
						+ end);
		stream(provider, "items of the end", (count) -> event("response.output_text.delta", ",\"delta\":\"a\"")
				+ event("response.completed", ",\"response\":{\"output\":[%s]}"
					.formatted(repeat(count, (i) -> ",{\"type\":\"message\",\"content\":\"a\"}").substring(1))));
		stream(provider, "parts of a message", (count) -> repeat(count,
				(i) -> event("response.output_text.delta", ",\"content_index\":%s,\"delta\":\"a\"".formatted(i)))
				+ end);
		stream(provider, "whole texts after pieces",
				(count) -> event("response.output_text.delta", ",\"delta\":\"%s\"".formatted("a".repeat(count)))
						+ event("response.output_text.done", ",\"text\":\"b\"").repeat(count) + end);
		stream(provider, "whole arguments after pieces",
				(count) -> event("response.function_call_arguments.delta",
						",\"delta\":\"%s\"".formatted("a".repeat(count)))
						+ event("response.function_call_arguments.done", ",\"arguments\":\"b\"").repeat(count) + end);
		stream(provider, "ids that change", (count) -> repeat(count, (i) -> event("response.output_text.delta",
				",\"output_index\":0,\"item_id\":\"a%s\",\"delta\":\"\\n\"".formatted(i))) + end);
	}

	private void addMessages() {
		WireProvider provider = WireProvider.ANTHROPIC;
		stream(provider, "blocks",
				(count) -> repeat(count,
						(i) -> event("content_block_start",
								",\"index\":%s,\"content_block\":{\"type\":\"text\",\"text\":\"a\"}".formatted(i)))
						+ event("message_stop", ""));
		stream(provider, "citations",
				(count) -> event("content_block_start",
						",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"a\"}")
						+ event("content_block_delta",
								",\"index\":0,\"delta\":{\"type\":\"citations_delta\",\"citation\":{\"a\":1}}")
							.repeat(count)
						+ event("message_stop", ""));
		stream(provider, "deltas of the future",
				(count) -> event("content_block_start", ",\"index\":0,\"content_block\":{\"type\":\"new\"}")
						+ repeat(count,
								(i) -> event("content_block_delta",
										",\"index\":0,\"delta\":{\"type\":\"new_delta\",\"a" + i + "\":\"a\"}"))
						+ event("message_stop", ""));
	}

	private void addFake() {
		this.uses.put("fake: results of tools",
				(count) -> run(FakeModel.of().chat(conversation(count, "call_%s", true)).flux()));
	}

	private void addConversation(WireProvider provider) {
		for (String id : new String[] { "call_%s", "call_1", "%s".repeat(40) + "%s" }) {
			for (boolean reverse : new boolean[] { false, true }) {
				use(provider, "results of tools with '" + id + (reverse ? "' in reverse" : "'"),
						(exchange, model, count) -> {
							exchange.answer(List.of(bytes(provider.answer("a"))));
							run(model.chat(conversation(count, id, reverse)).flux());
						});
			}
		}
	}

	private static ChatRequest conversation(int count, String id, boolean reverse) {
		List<String> ids = IntStream.range(0, count).mapToObj((i) -> id.replace("%s", String.valueOf(i))).toList();
		List<Message> messages = new ArrayList<>();
		messages.add(Message.user("Hi"));
		messages.add(Message
			.assistant(ids.stream().map((callId) -> ToolCall.of(callId, "find", "{}")).toArray(ToolCall[]::new)));
		IntStream.range(0, count)
			.mapToObj((i) -> Message.tool(ids.get(reverse ? count - 1 - i : i), "a"))
			.forEach(messages::add);
		return ChatRequest.of(messages);
	}

	private void stream(WireProvider provider, String name, IntFunction<String> stream) {
		use(provider, name, (exchange, model, count) -> {
			exchange.answer(Arrays.asList(bytes(stream.apply(count))));
			run(model.filter(new WatchedCalls().filter()).stream("Hi"));
		});
	}

	private void use(WireProvider provider, String name, Use use) {
		this.uses.put(provider + ": " + name, (count) -> {
			CannedExchange exchange = new CannedExchange();
			use.with(exchange, provider.model(provider.settings(URI.create("http://localhost")),
					WebClient.builder().exchangeFunction(exchange)), count);
		});
	}

	private static void run(Flux<?> call) {
		call.onErrorComplete().blockLast(TestCalls.LIMIT);
	}

	private static String repeat(int count, IntFunction<String> piece) {
		return IntStream.range(0, count).mapToObj(piece).collect(Collectors.joining());
	}

	private static String data(String json) {
		return "data: " + json + "\n\n";
	}

	private static String event(String type, String members) {
		return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + members + "}\n\n";
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private interface Use {

		void with(CannedExchange exchange, Model model, int count);

	}

}
