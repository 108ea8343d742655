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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.routekit.AssistantPart;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.ImagePart;
import io.routekit.Limits;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.UserMessage;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.trace.RecordingFilter;
import io.routekit.trace.RecordingMode;
import io.routekit.trace.Recordings;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * What is done with conversations and answers that have many of something, by name: the
 * worst that a caller or a server can make of it. Whether it leads to a failure does not
 * matter.
 */
final class LargeConversations implements Supplier<Map<String, IntConsumer>> {

	private final Map<String, IntConsumer> uses = new TreeMap<>();

	@Override
	public Map<String, IntConsumer> get() {
		requests().forEach((name, request) -> {
			for (WireProvider provider : new WireProvider[] { WireProvider.OPENAI, WireProvider.RESPONSES,
					WireProvider.AZURE_V1, WireProvider.ANTHROPIC }) {
				use(provider, name, (exchange, model, count) -> {
					exchange.answer(pieces(provider.answer("a")));
					TestCalls.run(model.chat(request.apply(count)));
				});
			}
			this.uses.put("fake: " + name, (count) -> TestCalls.run(FakeModel.of().chat(request.apply(count))));
			this.uses.put("recorded: " + name, (count) -> replay((recorded) -> request.apply(count), 1));
		});
		completions().forEach((name, stream) -> answer(WireProvider.OPENAI, name, stream));
		responses().forEach((name, stream) -> answer(WireProvider.RESPONSES, name, stream));
		messages().forEach((name, stream) -> answer(WireProvider.ANTHROPIC, name, stream));
		this.uses.put("fake: many answers", (count) -> {
			Model model = FakeModel.of(IntStream.range(0, count).mapToObj(String::valueOf).toArray(String[]::new));
			IntStream.range(0, count).forEach((number) -> TestCalls.run(model.stream("Hi")));
		});
		this.uses.put("recorded: many different requests",
				(count) -> replay((number) -> ChatRequest.of("Hi " + number), count));
		this.uses.put("recorded: many equal requests", (count) -> replay((number) -> ChatRequest.of("Hi"), count));
		return this.uses;
	}

	private static Map<String, IntFunction<ChatRequest>> requests() {
		Map<String, IntFunction<ChatRequest>> requests = new TreeMap<>();
		requests.put("calls with one id", (count) -> conversation(count, (number) -> "call"));
		requests.put("calls with an id each", (count) -> conversation(count, (number) -> "call_" + number));
		requests.put("calls with ids that are numbered like others",
				(count) -> conversation(count, (number) -> (number % 2 == 0) ? "call" : "call_" + (number / 2 + 2)));
		requests.put("calls with ids that look alike", (count) -> conversation(count, LargeConversations::lookalike));
		requests.put("calls with long ids that look alike",
				(count) -> conversation(count, (number) -> "i".repeat(50) + lookalike(number)));
		requests.put("calls with ids of one hash", (count) -> conversation(count, LargeConversations::sameHash));
		requests.put("calls without results",
				(count) -> ChatRequest.of(List.of(Message.user("Hi"), calls(count, (number) -> "call"))));
		requests.put("messages", (count) -> ChatRequest.of(many(count,
				(number) -> (number % 2 == 0) ? Message.user("Hi " + number) : Message.assistant("Hello"))));
		requests.put("messages of one side", (count) -> ChatRequest.of(many(count, (number) -> Message.user("Hi"))));
		requests.put("system messages", (count) -> ChatRequest
			.of(join(List.of(Message.user("Hi")), many(count, (number) -> Message.system("Be " + number)))));
		requests.put("rounds of a tool",
				(count) -> ChatRequest.of(join(List.of(Message.user("Hi")), IntStream.range(0, count)
					.boxed()
					.flatMap((number) -> Stream.of(Message.assistant(ToolCall.of("c" + number % 3, "find", "{}")),
							Message.tool("c" + number % 3, "found")))
					.toList())));
		requests.put("answers after one with many calls",
				(count) -> ChatRequest.of(join(List.of(Message.user("Hi"), calls(count, (number) -> "c" + number)),
						many(count, (number) -> Message.assistant("Hello")))));
		requests.put("parts of a message", (count) -> ChatRequest.of(List.of(new UserMessage(IntStream.range(0, count)
			.mapToObj(
					(number) -> (number % 2 == 0) ? new TextPart("Hi") : ImagePart.ofUrl("data:image/png;base64,AAAA"))
			.map(ContentPart.class::cast)
			.toList()))));
		requests.put("parts of an answer", (count) -> ChatRequest.of(List.of(Message.user("Hi"), Message
			.assistant(IntStream.range(0, count).mapToObj(LargeConversations::part).toArray(AssistantPart[]::new)))));
		requests.put("tools",
				(count) -> ChatRequest.builder()
					.messages(Message.user("Hi"))
					.tools(many(count, (number) -> Tool.of("tool_" + number, "Does it", "{\"properties\":{}}")))
					.build());
		return requests;
	}

	private static AssistantPart part(int number) {
		return switch (number % 4) {
			case 0 -> new TextPart("Hello");
			case 1 -> new ReasoningPart("Hm",
					new ProviderState("anthropic", "{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"s\"}"));
			case 2 -> new OpaquePart(new ProviderState("anthropic", "{\"type\":\"text\",\"text\":\"a\"}"));
			default -> new OpaquePart(new ProviderState("openai", "{\"extra_content\":{}}"));
		};
	}

	// The results come in the order that takes longest to find
	private static ChatRequest conversation(int count, IntFunction<String> ids) {
		List<Message> messages = new ArrayList<>(List.of(Message.user("Hi"), calls(count, ids)));
		for (int i = count - 1; i >= 0; i--) {
			messages.add(Message.tool(ids.apply(i), "found"));
		}
		return ChatRequest.of(messages);
	}

	private static Message calls(int count, IntFunction<String> ids) {
		return Message.assistant(IntStream.range(0, count)
			.mapToObj((number) -> ToolCall.of(ids.apply(number), "find", "{}"))
			.toArray(AssistantPart[]::new));
	}

	// Of signs that all providers but one forbid
	private static String lookalike(int number) {
		return Integer.toBinaryString(number | 0x10000).replace('0', '.').replace('1', ':');
	}

	private static String sameHash(int number) {
		return Integer.toBinaryString(number | 0x10000).replace("0", "Aa").replace("1", "BB");
	}

	private static <T> List<T> many(int count, IntFunction<T> element) {
		return IntStream.range(0, count).mapToObj(element).toList();
	}

	private static List<Message> join(List<? extends Message> some, List<? extends Message> more) {
		return Stream.<Message>concat(some.stream(), more.stream()).toList();
	}

	private static Map<String, IntFunction<String>> completions() {
		Map<String, IntFunction<String>> streams = new TreeMap<>();
		streams.put("calls in one event", (count) -> delta("'tool_calls':["
				+ join(count, (number) -> call("'index':" + number + ",'id':'c" + number + "',", "f", "{}")) + "]"));
		streams.put("calls in one event by id", (count) -> delta(
				"'tool_calls':[" + join(count, (number) -> call("'id':'c" + number + "',", "f", "{}")) + "]"));
		streams.put("calls in one event without index or id",
				(count) -> delta("'tool_calls':[" + join(count, (number) -> call("", "f", "{}")) + "]"));
		streams.put("calls in a message",
				(count) -> delta("'tool_calls':[" + join(count, (number) -> call("'id':'c',", "f", "{}")) + "]")
					.replace("'delta'", "'message'"));
		streams.put("calls with one index", (count) -> repeat(count,
				(number) -> delta("'tool_calls':[" + call("'index':0,'id':'c" + number + "',", "f", "{}") + "]")));
		streams.put("calls that grow by turns", (count) -> repeat(count,
				(number) -> delta(
						"'tool_calls':[" + call("'index':" + number + ",'id':'c" + number + "',", "f", "{") + "]"))
				+ repeat(count,
						(number) -> delta("'tool_calls':[{'index':" + number + ",'function':{'arguments':'}'}}]")));
		streams.put("calls that get their ids late", (count) -> repeat(count,
				(number) -> delta("'tool_calls':[{'index':" + number + ",'function':{'name':'f'}}]"))
				+ repeat(count, (number) -> delta("'tool_calls':[{'index':" + number + ",'id':'c" + number + "'}]")));
		streams.put("state of calls", (count) -> repeat(count,
				(number) -> delta("'tool_calls':[{'index':" + number + ",'extra_content':{'a':'" + number + "'}}]")));
		streams.put("choices", (count) -> "data: {'choices':[" + join(count,
				(number) -> "{'index':" + number + ",'delta':{'tool_calls':[" + call("'index':0,", "f", "{}") + "]}}")
				+ "]}\n\n");
		streams.put("pieces of text and reasoning by turns",
				(count) -> repeat(count, (number) -> delta("'content':'a'") + delta("'reasoning':'b'")));
		streams.put("texts in one event", (count) -> delta("'content':["
				+ join(count, (number) -> "{'type':'text','text':'a'},{'type':'thinking','thinking':'b'}") + "]"));
		streams.put("payloads in one event",
				(count) -> "data: " + "{'choices':[{'delta':{'content':'a'}}]}".repeat(count) + "\n\n");
		streams.put("payloads that are malformed in one event",
				(count) -> "data: " + "{'choices':[{'delta':{'content':'\uD83D'}}]}".repeat(count) + "\n\n");
		streams.put("messages after a text", (count) -> delta("'content':'" + "a".repeat(10 * count) + "'")
				+ repeat(count, (number) -> delta("'content':''").replace("'delta'", "'message'")));
		streams.put("reports of usage after a large one", (count) -> "data: {'choices':[],'usage':{"
				+ join(count, (number) -> "'a" + number + "':1,'b':{'a" + number + "':1}") + ",'iterations':["
				+ join(count, (number) -> "{'model':'m','input_tokens':1}") + "]}}\n\n"
				+ repeat(count, (number) -> "data: {'choices':[],'usage':{'prompt_tokens':" + number + "}}\n\n"));
		streams.put("finish reasons after a long one", (count) -> finish("a".repeat(10 * count)) + repeat(count,
				(number) -> delta("'content':'a'").replace("'index':0", "'index':0,'finish_reason':'a'")));
		streams.put("log probabilities", (count) -> repeat(count, (number) -> delta("'content':'a'")
			.replace("'index':0", "'index':0,'logprobs':{'content':[{'token':'a','logprob':-0.1}],'refusal':null}")));
		streams.put("metadata after large ones",
				(count) -> "data: {'citations':[" + join(count, (number) -> "'https://example.com/" + number + "'")
						+ "],'choices':[]}\n\n"
						+ repeat(count, (number) -> "data: {'citations':['" + number + "'],'choices':[]}\n\n"));
		streams.put("annotations", (count) -> repeat(count, (number) -> delta("'annotations':[{'a':" + number + "}]")));
		streams.put("fragments of reasoning", (count) -> repeat(count,
				(number) -> delta("'reasoning_details':[{'type':'reasoning.text','text':'a','index':0}]")));
		streams.put("unknown events", (count) -> repeat(count, (number) -> "data: {'new':[{'a':" + number + "}]}\n\n"));
		streams.put("lines of data in one event", (count) -> "data: {'choices':[\n" + "data: {},\n".repeat(count)
				+ "data: {'delta':{'content':'a'}}]}\n\n");
		streams.replaceAll((name, stream) -> (count) -> stream.apply(count) + finish("stop") + "data: [DONE]\n\n");
		return streams;
	}

	private static String call(String members, String name, String arguments) {
		return "{" + members + "'function':{'name':'" + name + "','arguments':'" + arguments + "'}}";
	}

	private static String delta(String members) {
		return "data: {'choices':[{'index':0,'delta':{" + members + "}}]}\n\n";
	}

	private static String finish(String reason) {
		return "data: {'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}\n\n";
	}

	private static Map<String, IntFunction<String>> responses() {
		Map<String, IntFunction<String>> streams = new TreeMap<>();
		streams.put("items",
				(count) -> repeat(count,
						(number) -> item("added", number, "'message'")
								+ event("output_text.delta", number, "'delta':'a'")
								+ item("done", number, "'message','content':'ab'")));
		streams.put("items with one index",
				(count) -> repeat(count, (number) -> item("done", 0, "'new','id':'" + number + "'")));
		streams.put("items without index", (count) -> repeat(count,
				(number) -> item("done", number, "'new'").replace("'output_index':" + number + ",", "")));
		streams.put("calls that are open",
				(count) -> repeat(count,
						(number) -> item("added", number, "'function_call','call_id':'c" + number + "','name':'f'"))
						+ repeat(count, (number) -> event("function_call_arguments.delta", number, "'delta':'{}'")));
		streams.put("calls that were not announced", (count) -> repeat(count,
				(number) -> event("function_call_arguments.done", number, "'name':'f','arguments':'{}'")));
		streams.put("items of the end", (count) -> item("done", 0, "'message','content':'a'")
				+ "data: {'type':'response.completed','response':{'output':["
				+ join(count, (number) -> "{'type':'message','id':'m" + number + "','content':'a'}") + "]}}\n\n");
		streams.put("parts of a message", (count) -> repeat(count,
				(number) -> event("output_text.delta", 0, "'content_index':" + number + ",'delta':'a'")));
		streams.put("parts of a message in reverse", (count) -> repeat(count,
				(number) -> event("output_text.delta", 0, "'content_index':" + (count - number) + ",'delta':'a'")));
		streams.put("whole texts after a long one",
				(count) -> event("output_text.delta", 0, "'delta':'" + "a".repeat(10 * count) + "'")
						+ repeat(count, (number) -> event("output_text.done", 0, "'text':'a'")));
		streams.put("whole arguments after long ones", (count) -> item("added", 0, "'function_call','name':'f'")
				+ event("function_call_arguments.delta", 0, "'delta':'" + "a".repeat(10 * count) + "'")
				+ repeat(count, (number) -> event("function_call_arguments.done", 0, "'arguments':'a" + number + "'")));
		streams.put("texts of a message by turns", (count) -> repeat(count,
				(number) -> event("output_text.delta", 0, "'delta':'a'") + event("refusal.delta", 0, "'delta':'b'")));
		streams.put("unknown events",
				(count) -> repeat(count, (number) -> event("news", 0, "'new':[{'a':" + number + "}]")));
		streams.put("payloads in one event",
				(count) -> "data: " + "{'type':'response.output_text.delta','delta':'a'}".repeat(count) + "\n\n");
		streams.put("payloads that are malformed in one event",
				(count) -> "data: " + "{'type':'response.news','a':'\uD83D'}".repeat(count) + "\n\n");
		streams
			.replaceAll((name, stream) -> (count) -> stream.apply(count) + "data: {'type':'response.completed'}\n\n");
		return streams;
	}

	private static String item(String type, int index, String item) {
		return event("output_item." + type, index, "'item':{'type':" + item + "}");
	}

	private static String event(String type, int index, String members) {
		return "data: {'type':'response." + type + "','output_index':" + index + "," + members + "}\n\n";
	}

	private static Map<String, IntFunction<String>> messages() {
		Map<String, IntFunction<String>> streams = new TreeMap<>();
		streams.put("blocks", (count) -> repeat(count, (number) -> start(number, "'text','text':'a'") + stop(number)));
		streams.put("blocks without index",
				(count) -> repeat(count,
						(number) -> "data: {'type':'content_block_start','content_block':{'type':'text',"
								+ "'text':'a'}}\n\ndata: {'type':'content_block_stop'}\n\n"));
		streams.put("blocks that are open", (count) -> repeat(count, (number) -> start(number, call(number)))
				+ repeat(count, (number) -> delta(number, "'input_json_delta','partial_json':'{}'")));
		streams.put("blocks of a message", (count) -> "data: {'type':'message','content':["
				+ join(count, (number) -> "{'type':" + call(number) + "}") + "]}\n\n");
		streams.put("texts of a message",
				(count) -> "data: {'type':'message','content':[" + join(count, (number) -> "'a'") + "]}\n\n");
		streams.put("blocks that are nothing",
				(count) -> "data: {'type':'message','content':[" + join(count, (number) -> "{}") + "]}\n\n");
		streams.put("stops of one call",
				(count) -> start(0, call(0))
						+ delta(0, "'input_json_delta','partial_json':'" + "a".repeat(10 * count) + "'")
						+ repeat(count, (number) -> stop(0)));
		streams.put("stops of an earlier call",
				(count) -> start(0, call(0)) + start(1, "'text','text':''")
						+ delta(0, "'input_json_delta','partial_json':'" + "a".repeat(10 * count) + "'")
						+ repeat(count, (number) -> stop(0)));
		streams.put("stops between the arguments of a call", (count) -> start(0, call(0))
				+ repeat(count, (number) -> delta(0, "'input_json_delta','partial_json':'a" + number + "'") + stop(0)));
		streams.put("citations", (count) -> start(0, "'text','text':'a'")
				+ repeat(count, (number) -> delta(0, "'citations_delta','citation':{'a':" + number + "}")));
		streams.put("signatures", (count) -> start(0, "'thinking','thinking':'a'")
				+ repeat(count, (number) -> delta(0, "'signature_delta','signature':'a" + number + "'")));
		streams.put("members of an unknown block", (count) -> start(0, "'new','a':1")
				+ repeat(count, (number) -> delta(0, "'new_delta','a" + number + "':'b','c" + number + "':1")));
		streams.put("texts of an unknown block",
				(count) -> start(0, "'new','a':''") + repeat(count, (number) -> delta(0, "'new_delta','a':'b\\n'")));
		streams
			.put("reports of usage after a large one", (count) -> "data: {'type':'message_start','message':{'usage':{"
					+ join(count, (number) -> "'a" + number + "':1,'b':{'a" + number + "':1}") + ",'iterations':["
					+ join(count, (number) -> "{'model':'m','input_tokens':1}") + "]}}}\n\n" + repeat(count,
							(number) -> "data: {'type':'message_delta','usage':{'output_tokens':" + number + "}}\n\n"));
		streams.put("details after large ones", (count) -> "data: {'type':'message_delta','delta':{'stop_details':["
				+ join(count, (number) -> "{'a':" + number + "}") + "]}}\n\n" + repeat(count,
						(number) -> "data: {'type':'message_delta','delta':{'stop_details':[" + number + "]}}\n\n"));
		streams.put("unknown events",
				(count) -> repeat(count, (number) -> "data: {'type':'new','new':[{'a':" + number + "}]}\n\n"));
		streams.put("payloads in one event", (count) -> "data: " + "{'type':'ping'}".repeat(count) + "\n\n");
		streams.put("payloads that are malformed in one event",
				(count) -> "data: " + "{'type':'ping','a':'\uD83D'}".repeat(count) + "\n\n");
		streams.replaceAll((name, stream) -> (count) -> stream.apply(count)
				+ "data: {'type':'message_delta','delta':{'stop_reason':'end_turn'}}\n\ndata: {'type':'message_stop'}\n\n");
		return streams;
	}

	private static String call(int number) {
		return "'tool_use','id':'c" + number + "','name':'f','input':{}";
	}

	private static String start(int index, String block) {
		return "data: {'type':'content_block_start','index':" + index + ",'content_block':{'type':" + block + "}}\n\n";
	}

	private static String delta(int index, String delta) {
		return "data: {'type':'content_block_delta','index':" + index + ",'delta':{'type':" + delta + "}}\n\n";
	}

	private static String stop(int index) {
		return "data: {'type':'content_block_stop','index':" + index + "}\n\n";
	}

	private static String join(int count, IntFunction<String> element) {
		return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(","));
	}

	private static String repeat(int count, IntFunction<String> event) {
		return IntStream.range(0, count).mapToObj(event).collect(Collectors.joining());
	}

	private void answer(WireProvider provider, String name, IntFunction<String> stream) {
		use(provider, name, (exchange, model, count) -> {
			exchange.answer(pieces(stream.apply(count).replace('\'', '"')));
			TestCalls.run(model.stream("Hi"));
		});
	}

	private void use(WireProvider provider, String name, Use use) {
		this.uses.put(provider + ": " + name, (count) -> {
			CannedExchange exchange = new CannedExchange();
			Limits limits = Limits.builder()
				.messages(Limits.MAX_COUNT)
				.parts(Limits.MAX_COUNT)
				.toolCalls(Limits.MAX_COUNT)
				.tools(Limits.MAX_COUNT)
				.build();
			use.with(exchange, provider.model(provider.settings(URI.create("http://localhost")).limits(limits),
					WebClient.builder().exchangeFunction(exchange)), count);
		});
	}

	// Malformed where half of a character stands
	private static List<byte[]> pieces(String text) {
		boolean malformed = text.indexOf('\uD83D') >= 0;
		byte[] bytes = text.replace('\uD83D', '\u00FF')
			.getBytes(malformed ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
		return CannedExchange.pieces(bytes, CannedExchange.PIECE);
	}

	private static void replay(IntFunction<ChatRequest> requests, int count) {
		TestDirectory.use((directory) -> {
			List<ChatRequest> all = many(count, requests);
			for (RecordingMode mode : new RecordingMode[] { RecordingMode.RECORD, RecordingMode.REPLAY }) {
				try (Recordings recordings = Recordings.builder(directory, mode).build()) {
					Model model = FakeModel.builder()
						.respondWith((request) -> FakeResponse.text("a"))
						.build()
						.filter(new RecordingFilter(recordings));
					List<ChatRequest> order = new ArrayList<>(all);
					if (mode == RecordingMode.REPLAY) {
						Collections.reverse(order);
						order.add(ChatRequest.of("Other"));
					}
					order.forEach((request) -> TestCalls.run(model.chat(request)));
				}
			}
		});
	}

	private interface Use {

		void with(CannedExchange exchange, Model model, int count);

	}

}
