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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.Reasoning;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.cost.CatalogueCostCalculator;
import io.routekit.cost.PriceCatalogue;
import io.routekit.cost.PricedCall;
import io.routekit.fake.FakeModel;
import io.routekit.trace.RecordingFilter;
import io.routekit.trace.RecordingMode;
import io.routekit.trace.Recordings;
import io.routekit.trace.analysis.TraceAnalysis;
import io.routekit.trace.analysis.TraceQuery;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What is done with text from outside, by name: all the places that a server or a caller
 * can put a text in. Whether it leads to a failure does not matter.
 */
final class OutsideText implements Supplier<Map<String, Consumer<String>>> {

	private static final JsonMapper mapper = new JsonMapper();

	private final Map<String, Consumer<String>> uses = new TreeMap<>();

	@Override
	public Map<String, Consumer<String>> get() {
		for (WireProvider provider : new WireProvider[] { WireProvider.OPENAI, WireProvider.RESPONSES,
				WireProvider.ANTHROPIC }) {
			addErrors(provider);
			addAnswers(provider);
			addRequests(provider);
		}
		addFake();
		addCost();
		addTrace();
		return this.uses;
	}

	private void addErrors(WireProvider provider) {
		answer(provider, "a page", 502, (text) -> text);
		answer(provider, "a page in HTML", 502, (text) -> "<html>" + text);
		answer(provider, "an error", 400, (text) -> """
				{"error":{"message":%1$s,"type":%1$s,"code":%1$s,"param":%1$s,"innererror":{"code":%1$s},
				"metadata":{"reasons":[%1$s]}},"request_id":%1$s}""".formatted(json(text)));
		answer(provider, "errors of fields", 422,
				(text) -> "{\"detail\":[{\"loc\":[%1$s],\"msg\":%1$s}]}".formatted(json(text)));
		answer(provider, "an error in a list", 422, (text) -> "[%s]".formatted(text));
		answer(provider, "an error within an answer", 200,
				(text) -> "{\"error\":{\"message\":%1$s,\"type\":%1$s}}".formatted(json(text)));
		answer(provider, "an error within a stream", 200,
				(text) -> provider.stream().text("a").error("api_error", quoted(text)).take());
		headers(provider, "retry-after-ms", "retry-after", "x-should-retry", "location");
		headers(provider, "x-ratelimit-remaining-tokens", "x-ratelimit-limit-tokens", "x-ratelimit-reset-tokens");
		headers(provider, "request-id", "x-request-id", "apim-request-id");
		for (String reset : new String[] { "x-ratelimit-reset-requests", "anthropic-ratelimit-requests-reset" }) {
			use(provider, "the header " + reset, (exchange, model, text) -> {
				HttpHeaders headers = new HttpHeaders();
				headers.set(reset, text);
				headers.set(reset.replace("reset", "remaining"), "0");
				exchange.headers(headers);
				exchange.answer(HttpStatus.TOO_MANY_REQUESTS, provider.error(429, "Slow down"));
				call(model, "Hi");
			});
		}
	}

	private void addAnswers(WireProvider provider) {
		answer(provider, "an answer", 200, (text) -> text);
		answer(provider, "a stream", 200, (text) -> "data: {}\n\n" + text);
		answer(provider, "the data of an event", 200, (text) -> "data: " + text + "\n\n");
		answer(provider, "the name of an event", 200, (text) -> "event: " + text + "\ndata: {}\n\n");
		answer(provider, "the names of an answer", 200, (text) -> withNames(provider.answer("a"), text));
		answer(provider, "the names of a stream", 200, (text) -> withNames(provider.stream("a"), text));
		answer(provider, "the text of an answer", 200, (text) -> provider.answer(quoted(text)));
		answer(provider, "the text of a stream", 200, (text) -> provider.stream(quoted(text)));
		answer(provider, "the arguments of a tool call", 200,
				(text) -> provider.stream()
					.call("call_1", "find")
					.arguments(0, text)
					.finish(FinishReason.TOOL_CALLS)
					.end()
					.take());
		answer(provider, "the id of a tool call", 200,
				(text) -> provider.answer("", ToolCall.of(text, "find", "{}")).replace(text, quoted(text)));
	}

	// Those of the usage too
	private static String withNames(String answer, String text) {
		String json = json(text);
		return answer.replace("\"answer-1\"", json)
			.replace("\"model-1\"", json)
			.replace("\"stop\"", json)
			.replace("\"end_turn\"", json)
			.replace("\"usage\":{",
					"\"service_tier\":%1$s,\"usage\":{\"service_tier\":%1$s,\"details\":{\"a\":%1$s},".formatted(json));
	}

	private void addRequests(WireProvider provider) {
		request(provider, "the name of a model",
				(text) -> ChatRequest.of("Hi").withOptions(ChatOptions.builder().model(text).build()));
		request(provider, "options",
				(text) -> ChatRequest.of("Hi")
					.withOptions(ChatOptions.builder()
						.stop(text)
						.user(text)
						.serviceTier(text)
						.extra("anthropic_beta", text)
						.extra(text, Map.of(text, text))
						.build()));
		request(provider, "a conversation", (text) -> ChatRequest.of(List.of(Message.system(text), Message.user(text),
				Message.assistant(ToolCall.of(text, "find", text)), Message.tool(text, text))));
		for (String start : new String[] { "", "data:", "data:image/png;base64,", "data:image/png," }) {
			request(provider, "an image from '" + start + "'",
					(text) -> ChatRequest.of(List.of(Message.user(ImagePart.ofUrl(start + text)))));
		}
		request(provider, "the type of an image",
				(text) -> ChatRequest.of(List.of(Message.user(ImagePart.ofUrl("data:" + text + ",a")))));
	}

	private void addFake() {
		Model model = FakeModel.of();
		this.uses.put("fake: a prompt", (text) -> call(model, text));
		this.uses.put("fake: a request",
				(text) -> call(model,
						ChatRequest.builder()
							.messages(List.of(Message.user(new TextPart(text))))
							.tools(List.of(Tool.of("find", "Finds", "{}")))
							.options(ChatOptions.builder().reasoning(Reasoning.effort("low")).build())
							.build()));
		this.uses.put("fake: the result of a tool", (text) -> call(model, ChatRequest.of(List.of(Message.user("Hi"),
				Message.assistant(ToolCall.of("1", "find", text)), Message.tool("1", text)))));
		this.uses.put("fake: an answer", (text) -> call(FakeModel.of(text, text), "Hi"));
	}

	private void addCost() {
		PriceCatalogue catalogue = PriceCatalogue.bundled();
		CatalogueCostCalculator calculator = new CatalogueCostCalculator(catalogue);
		this.uses.put("cost: the name of a model", (text) -> catalogue.contains("openai", text));
		this.uses.put("cost: the name of a tuned model", (text) -> catalogue.contains("openai", "ft:" + text));
		this.uses.put("cost: a usage",
				(text) -> calculator.calculate(PricedCall
					.builder("openai", "gpt-5-mini", Map.of("prompt_tokens", text, "cost", text, "inference_geo", text))
					.serviceTier(text)
					.cacheTtl(text)
					.build()));
	}

	private void addTrace() {
		this.uses.put("trace: a recorded call", (text) -> TestDirectory.use((directory) -> {
			ChatRequest request = ChatRequest.of(text)
				.withOptions(ChatOptions.builder().model(text).extra(text, Map.of(text, text)).build());
			for (RecordingMode mode : new RecordingMode[] { RecordingMode.RECORD, RecordingMode.REPLAY }) {
				try (Recordings recordings = Recordings.builder(directory, mode).build()) {
					Model model = FakeModel.of(text, text).filter(new RecordingFilter(recordings));
					call(model, request);
					call(model, text + "a");
				}
			}
		}));
		this.uses.put("trace: a line", (text) -> analyze(text));
		this.uses.put("trace: the names in a line", (text) -> analyze("""
				{"version":1,"time":"2026-11-23T12:00:00Z","id":%1$s,"provider":%1$s,"model":%1$s,"responseModel":%1$s,\
				"outcome":%1$s,"duration":"1","usage":{%1$s:1},"cost":{"amount":1,"currency":%1$s},"tags":{%1$s:%1$s}}
				""".formatted(json(text))));
	}

	private static void analyze(String line) {
		try {
			new TraceAnalysis(TraceQuery.DEFAULT)
				.read("a", new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)))
				.report();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void headers(WireProvider provider, String... names) {
		use(provider, "the headers " + String.join(", ", names), (exchange, model, text) -> {
			HttpHeaders headers = new HttpHeaders();
			Arrays.stream(names).forEach((name) -> headers.set(name, text));
			exchange.headers(headers);
			exchange.answer(HttpStatus.TOO_MANY_REQUESTS, provider.error(429, "Slow down"));
			call(model, "Hi");
		});
	}

	private void answer(WireProvider provider, String name, int status, Function<String, String> body) {
		use(provider, name, (exchange, model, text) -> {
			exchange.answer(HttpStatus.valueOf(status), body.apply(text));
			call(model, "Hi");
			exchange.answer(HttpStatus.valueOf(status), body.apply(text));
			TestCalls.run(model.stream("Hi"));
		});
	}

	private void request(WireProvider provider, String name, Function<String, ChatRequest> request) {
		use(provider, name, (exchange, model, text) -> {
			exchange.answer(provider.answer("a"));
			call(model, request.apply(text));
		});
	}

	private void use(WireProvider provider, String name, Use use) {
		this.uses.put(provider + ": " + name, (text) -> {
			CannedExchange exchange = new CannedExchange();
			use.with(exchange, provider.model(provider.settings(URI.create("http://localhost")),
					WebClient.builder().exchangeFunction(exchange)), text);
		});
	}

	private static void call(Model model, String prompt) {
		call(model, ChatRequest.of(prompt));
	}

	private static void call(Model model, ChatRequest request) {
		TestCalls.run(model.chat(request));
	}

	private static String json(String text) {
		return mapper.writeValueAsString(text);
	}

	private static String quoted(String text) {
		String json = json(text);
		return json.substring(1, json.length() - 1);
	}

	private interface Use {

		void with(CannedExchange exchange, Model model, String text);

	}

}
