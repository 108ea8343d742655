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

package io.routekit.sample;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.routekit.AssistantMessage;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Message;
import io.routekit.ModelResponse;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import io.routekit.ToolMessage;
import io.routekit.Usage;
import io.routekit.UserMessage;
import io.routekit.fake.FakeResponse;
import io.routekit.json.JsonNodes;
import io.routekit.sample.Order.Status;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the fake model says when it plays the desk: it calls the tools that a few words of
 * the question ask for, and puts their results into words. It takes a price, so that
 * there is something to add up.
 */
final class DeskScript {

	private static final String MODEL = "fake-desk";

	/**
	 * USD for a token.
	 */
	private static final BigDecimal INPUT = new BigDecimal("0.00000025");

	private static final BigDecimal OUTPUT = new BigDecimal("0.000002");

	private static final int MOST_CALLS = 5;

	private static final int LONGEST_REASON = 150;

	private static final int LONGEST_QUOTE = 300;

	private static final String HELP = """
			I am the desk of a small shop, played by the **fake model**. I can

			- find an order: “Where is order 7?”
			- list orders: “Which orders are open?”
			- ask the carrier: “What does it cost to ship 2.5 kg to Norway?”
			- cancel an order, once you approve it: “Cancel order 7, it was placed twice”

			With a key such as `OPENAI_API_KEY`, a real model uses the same tools.""";

	private DeskScript() {
	}

	/**
	 * Return whether a request is one of the desk.
	 * @param request the request
	 * @return whether the model may call the tools of the desk
	 */
	static boolean isFor(ChatRequest request) {
		return request.tools().stream().anyMatch((tool) -> tool.name().equals("cancel_order"));
	}

	static FakeResponse answer(ChatRequest request) {
		List<Message> messages = request.messages();
		FakeResponse answer = (messages.get(messages.size() - 1) instanceof ToolMessage)
				? FakeResponse.text(report(messages)) : react(request);
		return answer.with(DeskScript::price);
	}

	private static void price(ModelResponse.Builder response) {
		Usage usage = response.build().usage();
		if (usage != null && usage.promptTokens() != null && usage.completionTokens() != null) {
			BigDecimal amount = INPUT.multiply(BigDecimal.valueOf(usage.promptTokens()))
				.add(OUTPUT.multiply(BigDecimal.valueOf(usage.completionTokens())));
			response.usage(usage.withCost(new Cost(amount, Cost.USD, Cost.Source.REPORTED)));
		}
		response.model(MODEL);
	}

	private static FakeResponse react(ChatRequest request) {
		List<String> texts = request.messages()
			.stream()
			.filter(UserMessage.class::isInstance)
			.map(Message::text)
			.toList();
		String text = texts.isEmpty() ? "" : texts.get(texts.size() - 1);
		DeskQuestion question = DeskQuestion.of(text);
		if (ToolChoice.NONE.equals(request.options().toolChoice())) {
			return FakeResponse.text(HELP);
		}
		if (question.has("cancel")) {
			return cancel(ordersOf(question, texts), reason(text));
		}
		return look(question, texts);
	}

	private static List<Integer> ordersOf(DeskQuestion question, List<String> texts) {
		List<Integer> orders = question.orders();
		for (int i = texts.size() - 2; i >= 0 && orders.isEmpty(); i--) {
			orders = DeskQuestion.of(texts.get(i)).orders();
		}
		return orders.subList(0, Math.min(orders.size(), MOST_CALLS));
	}

	private static FakeResponse cancel(List<Integer> orders, String reason) {
		if (orders.isEmpty()) {
			return FakeResponse.text("Which order shall I cancel? Please tell me its number.");
		}
		FakeResponse answer = FakeResponse.text("I can do that once you approve it.");
		for (Integer number : orders) {
			answer = answer.thenToolCall("cancel_order", arguments("number", number, "reason", reason));
		}
		return answer;
	}

	private static String reason(String text) {
		int start = Math.max(text.toLowerCase(Locale.ROOT).indexOf("cancel"), 0);
		int end = Math.min(text.length(), start + LONGEST_REASON);
		for (String mark : List.of(" because ", " since ", ", ")) {
			int index = text.indexOf(mark, start);
			if (index >= 0 && index + mark.length() < end) {
				return text.substring(index + mark.length(), end).strip();
			}
		}
		return "The customer asked for it";
	}

	private static FakeResponse look(DeskQuestion question, List<String> texts) {
		boolean carrier = question.weight() != null
				|| question.has("ship", "shipping", "shipment", "postage", "parcel", "carrier", "send", "deliver");
		boolean list = question.orders().isEmpty() && question.has("orders", "list");
		List<Call> calls = new ArrayList<>();
		if (!list && (!carrier || !question.orders().isEmpty()) && question.has("order", "orders", "it", "where")) {
			ordersOf(question, texts)
				.forEach((number) -> calls.add(new Call("find_order", arguments("number", number))));
		}
		if (list) {
			String status = status(question);
			calls.add(new Call("list_orders", (status != null) ? arguments("status", status) : "{}"));
		}
		if (carrier && question.country() != null) {
			double weight = (question.weight() != null) ? question.weight() : 1;
			calls.add(new Call("quote_shipping", arguments("country", question.country(), "weight", weight)));
		}
		if (calls.isEmpty()) {
			return FakeResponse.text(carrier ? "Which country shall it go to, and what does it weigh?" : HELP);
		}
		boolean both = carrier && calls.size() > 1;
		FakeResponse answer = FakeResponse.text(both ? "Let me look that up and ask the carrier."
				: (carrier ? "Let me ask the carrier." : "Let me look that up."));
		for (Call call : calls) {
			answer = answer.thenToolCall(call.tool(), call.arguments());
		}
		return answer;
	}

	private static @Nullable String status(DeskQuestion question) {
		for (Status status : Status.values()) {
			String name = status.name().toLowerCase(Locale.ROOT);
			if (question.has(name)) {
				return name;
			}
		}
		return null;
	}

	private static String arguments(Object... namesAndValues) {
		Map<String, Object> arguments = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return JsonNodes.write(JsonNodes.valueOf(arguments));
	}

	private static String report(List<Message> messages) {
		int first = messages.size();
		while (first > 0 && messages.get(first - 1) instanceof ToolMessage) {
			first--;
		}
		Map<String, ToolCall> calls = (first > 0 && messages.get(first - 1) instanceof AssistantMessage assistant)
				? assistant.toolCalls().stream().collect(Collectors.toMap(ToolCall::id, (call) -> call, (a, b) -> a))
				: Collections.emptyMap();
		List<String> sentences = new ArrayList<>();
		for (Message message : messages.subList(first, messages.size())) {
			ToolMessage result = (ToolMessage) message;
			ToolCall call = calls.get(result.toolCallId());
			sentences.add(report((call != null) ? call.name() : "", result));
		}
		return String.join("\n\n", sentences);
	}

	private static String report(String tool, ToolMessage result) {
		if (result.error()) {
			String what = tool.equals("cancel_order") ? "Nothing was cancelled. " : "That did not work. ";
			return what + quote(result.text());
		}
		try {
			JsonNode json = JsonNodes.read(result.text());
			return switch (tool) {
				case "find_order" -> order(json);
				case "list_orders" -> orders(json);
				case "quote_shipping" -> "A parcel of %s kg to %s costs **%s EUR** and takes %s days."
					.formatted(text(json, "weight"), text(json, "country"), text(json, "price"), text(json, "days"));
				case "cancel_order" ->
					"Order **%s** is cancelled: %s.".formatted(text(json, "number"), text(json, "reason"));
				default -> quote(result.text());
			};
		}
		catch (JacksonException ex) {
			return quote(result.text());
		}
	}

	private static String order(JsonNode order) {
		String facts = "Order **%s**, %s × %s for %s EUR, was placed on %s".formatted(text(order, "number"),
				text(order, "quantity"), text(order, "item"), text(order, "total"), text(order, "placed"));
		return facts + switch (text(order, "status")) {
			case "open" -> ". It has not left us yet.";
			case "shipped" -> ". It is on its way.";
			case "delivered" -> ". It has been delivered.";
			default -> " and cancelled: %s.".formatted(text(order, "reason"));
		};
	}

	private static String orders(JsonNode orders) {
		if (orders.isEmpty()) {
			return "There are no such orders.";
		}
		return orders.valueStream()
			.map((order) -> "- **%s** %s × %s, %s".formatted(text(order, "number"), text(order, "quantity"),
					text(order, "item"), text(order, "status")))
			.collect(Collectors.joining("\n", "These are the orders:\n\n", ""));
	}

	private static String text(JsonNode object, String name) {
		JsonNode value = object.path(name);
		return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asString("?");
	}

	private static String quote(String text) {
		return (text.length() > LONGEST_QUOTE) ? text.substring(0, LONGEST_QUOTE) + "…" : text;
	}

	/**
	 * A call of a tool.
	 *
	 * @param tool the name of the tool
	 * @param arguments the arguments as JSON text
	 */
	private record Call(String tool, String arguments) {

	}

}
