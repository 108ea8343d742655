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

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.routekit.AgentRound;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import io.routekit.json.JsonNodes;
import io.routekit.json.ModelJson;
import io.routekit.secret.SecretRedactor;
import io.routekit.trace.TracedCall.Content;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call as a line of JSON, without or with its content. What has content can be read
 * back.
 */
final class CallJson {

	private static final int VERSION = 1;

	private static final DateTimeFormatter TIME = DateTimeFormatter
		.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private CallJson() {
	}

	/**
	 * Write a line.
	 * @param call the call
	 * @param content whether its content is asked for, if it is there
	 * @param secrets takes the secrets out of all members
	 * @return the line, without its end
	 */
	static String write(TracedCall call, boolean content, SecretRedactor secrets) {
		boolean present = content && call.content() != Content.NONE;
		ObjectNode node = summary(call, present);
		if (content) {
			node.put("cut", call.content() != Content.WHOLE);
		}
		if (present) {
			ModelResponse response = call.response();
			ArrayNode events = JsonNodes.array();
			call.events().forEach((event) -> events.add(write(event)));
			node.set("request", ModelJson.write(call.request()));
			node.set("response", (response != null) ? ModelJson.write(response) : null);
			node.set("events", events);
		}
		return JsonNodes.write(secrets.redact(node));
	}

	private static ObjectNode summary(TracedCall call, boolean content) {
		ModelResponse response = call.response();
		Usage usage = (response != null && !call.delegating()) ? response.usage() : null;
		Cost cost = (usage != null) ? usage.cost() : null;
		boolean answered = response != null && call.outcome() == Outcome.SUCCESS;
		String requestId = (response != null) ? response.requestId() : null;
		AgentRound round = call.agentRound();
		ObjectNode node = summary("call", call.id(), call.time(), call.span());
		node.put("stream", call.stream());
		node.put("provider", call.provider());
		node.put("model", call.model());
		node.put("responseModel", (response != null) ? response.model() : null);
		node.put("endpoint", endpoint(call.endpoint()));
		node.put("outcome", call.outcome().name().toLowerCase(Locale.ROOT));
		node.set("duration", JsonNodes.valueOf(JsonNodes.seconds(call.duration())));
		node.set("timeToFirstChunk", JsonNodes.valueOf(JsonNodes.seconds(call.timeToFirstChunk())));
		// That of an answer which is not complete is a guess
		node.put("finishReason", (response != null && answered) ? response.finishReason().name() : null);
		node.put("requestId", (requestId != null) ? requestId : FailureJson.requestId(call.failure()));
		node.set("usage", ModelJson.writeCounters(usage));
		node.set("cost", ModelJson.writeCost((cost != null) ? withoutTrailingZeros(cost) : null));
		node.set("error", (call.failure() != null) ? FailureJson.write(call.failure(), content) : null);
		node.set("tags", JsonNodes.valueOf(call.request().tags()));
		node.put("run", (round != null) ? round.run() : null);
		node.put("agent", (round != null) ? round.agent() : null);
		return node.put("round", (round != null) ? round.round() : null);
	}

	/**
	 * Begin a line of whichever type.
	 * @param type the type
	 * @param id the id
	 * @param time when it started
	 * @param span the span, or {@code null} if it is not traced
	 * @return the members that all lines begin with
	 */
	static ObjectNode summary(String type, String id, Instant time, @Nullable SpanIds span) {
		return JsonNodes.object()
			.put("version", VERSION)
			.put("type", type)
			.put("time", TIME.format(time))
			.put("id", id)
			.put("traceId", (span != null) ? span.traceId() : null)
			.put("spanId", (span != null) ? span.spanId() : null);
	}

	private static Cost withoutTrailingZeros(Cost cost) {
		return new Cost(cost.amount().stripTrailingZeros(), cost.currency(), cost.source());
	}

	// User and query can be secrets
	private static @Nullable String endpoint(@Nullable URI endpoint) {
		if (endpoint == null || endpoint.getHost() == null) {
			return null;
		}
		try {
			return new URI(endpoint.getScheme(), null, endpoint.getHost(), endpoint.getPort(), endpoint.getPath(), null,
					null)
				.toString();
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	/**
	 * Read a line.
	 * @param line the line
	 * @return the call, or {@code null} if the line has no content
	 * @throws RuntimeException if the line is not what it should be
	 */
	static @Nullable TracedCall read(String line) {
		JsonNode node = JsonNodes.read(line);
		int version = node.required("version").intValue();
		if (version != VERSION) {
			throw new IllegalArgumentException("The version is %s, but only %s is known".formatted(version, VERSION));
		}
		JsonNode request = JsonNodes.present(node.get("request"));
		return (request != null) ? call(node, ModelJson.readRequest(request, tags(node.path("tags")))) : null;
	}

	private static TracedCall call(JsonNode node, ChatRequest request) {
		JsonNode response = JsonNodes.present(node.get("response"));
		JsonNode failure = JsonNodes.present(node.get("error"));
		String endpoint = JsonNodes.text(node.get("endpoint"));
		Duration duration = JsonNodes.duration(node.get("duration"));
		ModelResponse answer = (response != null) ? ModelJson.readResponse(response) : null;
		boolean cut = node.path("cut").asBoolean(false);
		return new TracedCall(JsonNodes.requiredText(node, "id"), Instant.parse(JsonNodes.requiredText(node, "time")),
				span(node), node.required("stream").booleanValue(), JsonNodes.requiredText(node, "provider"),
				JsonNodes.requiredText(node, "model"), (endpoint != null) ? URI.create(endpoint) : null,
				Outcome.valueOf(JsonNodes.requiredText(node, "outcome").toUpperCase(Locale.ROOT)),
				Objects.requireNonNullElse(duration, Duration.ZERO), JsonNodes.duration(node.get("timeToFirstChunk")),
				false, request, answer, (failure != null) ? FailureJson.read(failure) : null,
				(cut && answer != null) ? eventsOf(answer) : events(node.path("events")),
				cut ? Content.CUT : Content.WHOLE, null);
	}

	private static @Nullable SpanIds span(JsonNode node) {
		String traceId = JsonNodes.text(node.get("traceId"));
		String spanId = JsonNodes.text(node.get("spanId"));
		return (traceId != null && spanId != null) ? new SpanIds(traceId, spanId) : null;
	}

	private static Map<String, String> tags(JsonNode node) {
		Map<String, String> tags = new LinkedHashMap<>();
		node.forEachEntry((key, value) -> tags.put(key, value.stringValue()));
		return tags;
	}

	// What was cut of the events is in the answer
	private static List<TimedEvent> eventsOf(ModelResponse answer) {
		return StreamEvent.of(answer)
			.stream()
			.filter((event) -> !(event instanceof StreamEvent.Completed))
			.map((event) -> new TimedEvent(Duration.ZERO, event))
			.toList();
	}

	private static List<TimedEvent> events(JsonNode node) {
		List<TimedEvent> events = new ArrayList<>();
		node.forEach((event) -> events.add(readEvent(event)));
		return events;
	}

	private static ObjectNode write(TimedEvent event) {
		ObjectNode node = JsonNodes.object();
		JsonNodes.putIfPresent(node, "at", JsonNodes.seconds(event.at()));
		node.setAll(ModelJson.write(event.event()));
		return node;
	}

	private static TimedEvent readEvent(JsonNode node) {
		Duration at = Objects.requireNonNullElse(JsonNodes.duration(node.get("at")), Duration.ZERO);
		return new TimedEvent(at, ModelJson.readEvent(node));
	}

}
