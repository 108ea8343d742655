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

package io.routekit.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Collects what a payload says about a failure, and what the errors say that are nested
 * in it: gateways hand on those of others as members, and as JSON in texts. The innermost
 * ones know best. Of what quotes the request nothing is read.
 */
final class ErrorReader {

	private static final int MAX_DEPTH = 4;

	private static final String FIELDS = "errors";

	/**
	 * The members that say what is wrong, the first that does so counts.
	 */
	private static final List<String> MESSAGES = List.of("message", "Message", "msg", "error_message", "errorMessage",
			"error_msg", "status_msg", "error_description", "faultstring", "detail", "details", FIELDS, "title");

	/**
	 * The members that hold the error of another server.
	 */
	private static final List<String> NESTED = List.of("innererror", "inner_error", "cause", "upstream_error",
			"original_error", "provider_error", "raw");

	/**
	 * The members that say something else, or quote the request.
	 */
	private static final Set<String> OTHERS = Set.of("type", "error_type", "@type", "code", "status", "param", "id",
			"request_id", "requestId", "user_id", "object", "model", "provider", "provider_name", "path", "url",
			"instance", "timestamp", "loc", "ctx", "metadata", "headers");

	/**
	 * What the names of members have in them that quote the request or what the model has
	 * said of it.
	 */
	private static final List<String> OF_REQUEST = List.of("prompt", "input", "request", "payload", "argument",
			"content", "message", "query", "body", "completion", "generation", "text", "data");

	private final SecretRedactor secrets;

	private final List<String> texts = new ArrayList<>();

	private final List<String> names = new ArrayList<>();

	private @Nullable String type;

	private @Nullable String code;

	private @Nullable Integer status;

	private @Nullable String requestId;

	private @Nullable Duration retryAfter;

	private Map<String, Object> details = Collections.emptyMap();

	private ErrorReader(SecretRedactor secrets) {
		this.secrets = secrets;
	}

	/**
	 * Read a payload.
	 * @param payload the payload, without secrets
	 * @param secrets takes the secrets out of what is nested in it
	 * @return what it says
	 */
	static ErrorBody read(JsonNode payload, SecretRedactor secrets) {
		ErrorReader reader = new ErrorReader(secrets);
		reader.read(payload, 0);
		return new ErrorBody(reader.texts, reader.type, reader.code, reader.names, reader.status, reader.requestId,
				reader.retryAfter, reader.details);
	}

	/**
	 * Return the message that a member of a payload has.
	 * @param payload the payload
	 * @return the message, or {@code null} if none of the members that have one is there
	 */
	static @Nullable String message(JsonNode payload) {
		for (String name : MESSAGES) {
			JsonNode value = payload.path(name);
			String text = name.equals(FIELDS) ? textOfFields(value) : text(value);
			if (text != null) {
				return text;
			}
		}
		return null;
	}

	private void read(JsonNode payload, int depth) {
		JsonNode root = payload.path(0).isObject() ? payload.path(0) : payload;
		JsonNode error = ErrorBody.error(root);
		while (error.path("error").isObject()) {
			error = error.path("error");
		}
		JsonNode first = error.isArray() ? error.path(0) : error;
		JsonNode source = first.isObject() ? first : root;
		readNames(root, source);
		if (depth == 0) {
			this.details = ErrorBody.details(source);
		}
		String text = text(error);
		text = (text != null) ? text : text(root);
		if (text != null) {
			say(text, depth);
		}
		String param = ErrorBody.text(source, "param");
		if (param != null && param.indexOf(' ') >= 0) {
			say(param, depth);
		}
		readNested(source, depth);
		readNested(source.path("metadata"), depth);
	}

	private void readNames(JsonNode root, JsonNode source) {
		String code = ErrorBody.name(source, "code");
		String type = ErrorBody.firstName(source, "type", "error_type", "status");
		List<String> names = new ArrayList<>();
		add(names, code);
		for (JsonNode detail : source.path("details")) {
			add(names, ErrorBody.name(detail, "reason"));
		}
		add(names, type);
		this.names.addAll(0, names);
		this.code = (this.code != null) ? this.code : code;
		this.type = (this.type != null) ? this.type : type;
		Integer status = (ErrorBody.status(source) != null) ? ErrorBody.status(source) : ErrorBody.status(root);
		this.status = (status != null) ? status : this.status;
		String requestId = ErrorBody.name(root, "request_id");
		requestId = (requestId != null) ? requestId : ErrorBody.name(source, "request_id");
		this.requestId = (this.requestId != null) ? this.requestId : requestId;
		Duration retryAfter = ToldWait.inMembers(source);
		this.retryAfter = (retryAfter != null) ? retryAfter : this.retryAfter;
	}

	private static void add(List<String> names, @Nullable String name) {
		if (name != null) {
			names.add(name);
		}
	}

	private void readNested(JsonNode source, int depth) {
		for (String name : NESTED) {
			JsonNode nested = source.path(name);
			if (nested.isString() && !nested.stringValue().isBlank()) {
				say(nested.stringValue(), depth);
			}
			else if (nested.isContainer() && depth < MAX_DEPTH) {
				read(nested, depth + 1);
			}
		}
	}

	private void say(String text, int depth) {
		String stripped = text.strip();
		int start = stripped.indexOf('{');
		boolean whole = start == 0 || start == 1 && stripped.startsWith("[");
		JsonNode nested = (start >= 0 && depth < MAX_DEPTH) ? json(stripped.substring(whole ? 0 : start)) : null;
		int before = this.texts.size();
		if (nested != null && whole) {
			read(nested, depth + 1);
		}
		if (this.texts.size() == before) {
			add(stripped);
		}
		if (nested != null && !whole && ErrorBody.isError(nested)) {
			read(nested, depth + 1);
		}
	}

	private @Nullable JsonNode json(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		try {
			JsonNode json = ErrorTree.read(bytes, 0, bytes.length);
			return json.isContainer() ? this.secrets.redact(json) : null;
		}
		catch (JacksonException | NumberFormatException ex) {
			// A text that looks like it
			return null;
		}
	}

	private void add(String text) {
		boolean page = text.regionMatches(true, 0, "<!doctype", 0, 9) || text.regionMatches(true, 0, "<html", 0, 5);
		String readable = page ? PageText.of(text) : text;
		if (this.texts.stream().noneMatch((known) -> known.contains(readable))) {
			this.texts.add(readable);
			Duration wait = ToldWait.inText(readable);
			this.retryAfter = (this.retryAfter != null) ? this.retryAfter : wait;
		}
	}

	private static @Nullable String text(JsonNode value) {
		if (value.isString()) {
			return value.stringValue().isBlank() ? null : value.stringValue();
		}
		if (value.isArray()) {
			return joined(value.valueStream());
		}
		String message = value.isObject() ? message(value) : null;
		if (message != null) {
			return field(value) + message;
		}
		return joined(others(value));
	}

	// Without those that were looked into before and had no text
	private static Stream<JsonNode> others(JsonNode object) {
		return object.propertyStream()
			.filter((member) -> !MESSAGES.contains(member.getKey()) && !NESTED.contains(member.getKey())
					&& !OTHERS.contains(member.getKey()) && !isOfRequest(member.getKey()))
			.map(Map.Entry::getValue);
	}

	private static boolean isOfRequest(String name) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		return OF_REQUEST.stream().anyMatch(lowerCase::contains) && !lowerCase.contains("error")
				&& !lowerCase.contains("reason");
	}

	// What is wrong, by the name of a member of the request
	private static @Nullable String textOfFields(JsonNode value) {
		if (!value.isObject()) {
			return text(value);
		}
		String message = message(value);
		return (message != null) ? field(value) + message
				: joined(value.propertyStream()
					.filter((member) -> !MESSAGES.contains(member.getKey()))
					.map(Map.Entry::getValue));
	}

	private static @Nullable String joined(Stream<JsonNode> values) {
		Set<String> texts = new LinkedHashSet<>();
		values.forEach((value) -> {
			String text = text(value);
			if (text != null) {
				texts.add(text);
			}
		});
		return texts.isEmpty() ? null : String.join("; ", texts);
	}

	private static String field(JsonNode element) {
		String location = element.path("loc")
			.valueStream()
			.map((step) -> step.asString(""))
			.collect(Collectors.joining("."));
		return location.isEmpty() ? "" : location + ": ";
	}

}
