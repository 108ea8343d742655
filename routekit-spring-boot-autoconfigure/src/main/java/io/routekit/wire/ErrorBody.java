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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.routekit.OneLine;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

import org.springframework.util.StringUtils;

/**
 * What an error payload says, whichever shape it has: those of OpenAI, Azure (also API
 * Management), Anthropic, Gemini, Mistral, OpenRouter, vLLM and others, plain text and
 * HTML.
 *
 * @param texts what it says, the texts of nested errors last
 * @param type the type, or {@code null} if there is none
 * @param code the code, or {@code null} if there is none
 * @param names codes and types, those of nested errors first
 * @param status the HTTP status that the innermost error claims, or {@code null} if none
 * does
 * @param requestId the id of the call, or {@code null} if there is none
 * @param retryAfter how long it asks to wait, or {@code null} if it does not say
 * @param details what else is worth to know, by name
 */
record ErrorBody(List<String> texts, @Nullable String type, @Nullable String code, List<String> names,
		@Nullable Integer status, @Nullable String requestId, @Nullable Duration retryAfter,
		Map<String, Object> details) {

	private static final List<String> OF_ANSWERS = List.of("choices", "usage", "object", "id", "model", "status");

	private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
	};

	private static final int MAX_MESSAGE_LENGTH = 2048;

	private static final int MAX_SNIPPET_LENGTH = 200;

	/**
	 * How much of a text or a page is looked at. Nothing behind it is shown.
	 */
	static final int MAX_PAGE_SIZE = 64 * 1024;

	static ErrorBody of(byte[] payload, int offset, int length, SecretRedactor secrets) {
		int start = offset;
		int end = offset + length;
		while (start < end && (payload[start] & 0xFF) <= ' ') {
			start++;
		}
		JsonNode root = (start < end && mayBeContainer(payload[start])) ? readContainer(payload, start, end) : null;
		if (root != null) {
			return ErrorReader.read(secrets.redact(root), secrets);
		}
		String page = new String(payload, offset, Math.min(length, MAX_PAGE_SIZE), StandardCharsets.UTF_8);
		String text = PageText.of(secrets.redact(page));
		List<String> texts = text.isBlank() ? Collections.emptyList() : List.of(OneLine.of(text, MAX_SNIPPET_LENGTH));
		return new ErrorBody(texts, null, null, Collections.emptyList(), null, null, ToldWait.inText(text),
				Collections.emptyMap());
	}

	private static boolean mayBeContainer(byte first) {
		boolean byteOrderMark = (first & 0xFF) == 0xEF;
		return first == '{' || first == '[' || byteOrderMark;
	}

	private static @Nullable JsonNode readContainer(byte[] payload, int start, int end) {
		try {
			JsonNode root;
			if (Utf8.isMalformed(payload, start, end - start)) {
				byte[] repaired = Utf8.repair(payload, start, end - start);
				root = ErrorTree.read(repaired, 0, repaired.length);
			}
			else {
				root = ErrorTree.read(payload, start, end - start);
			}
			return root.isContainer() ? root : null;
		}
		catch (JacksonException | NumberFormatException ex) {
			// A text or a page
			return null;
		}
	}

	/**
	 * Return the message for a user.
	 * @return the texts in one line, or {@code null} if there is none
	 */
	@Nullable String message() {
		return this.texts.isEmpty() ? null : OneLine.of(String.join(": ", this.texts), MAX_MESSAGE_LENGTH);
	}

	/**
	 * Return the value that tells of a failure.
	 * @param root the payload
	 * @return the value, which is missing if the payload itself tells of it, if anything
	 */
	static JsonNode error(JsonNode root) {
		JsonNode gateway = root.path(Reply.GATEWAY_STATUS);
		return (!isPresent(root.path("error")) && isGatewayError(gateway)) ? gateway : root.path("error");
	}

	static boolean isGatewayError(JsonNode status) {
		String code = text(status, "status_code");
		return code != null && !code.equals("0");
	}

	/**
	 * Return whether a payload that came with a status of success reports a failure.
	 */
	static boolean isError(JsonNode payload) {
		JsonNode root = (payload.isArray() && !payload.isEmpty()) ? payload.get(0) : payload;
		if (isPresent(error(root)) || "error".equals(text(root, "object")) || "error".equals(text(root, "type"))) {
			return true;
		}
		// What carries an answer may carry such members as well
		if (ErrorReader.message(root) == null || isPresent(root.path("choices")) || isPresent(root.path("content"))) {
			return false;
		}
		String type = name(root, "type");
		boolean telling = (type != null) ? type.toLowerCase(Locale.ROOT).contains("error") : isNothingElse(root);
		return telling || status(root) != null || root.has("error_message");
	}

	// A message alone may be one of a server that is well, or of an answer
	private static boolean isNothingElse(JsonNode root) {
		String code = name(root, "code");
		boolean success = code != null && code.chars().allMatch(Character::isDigit);
		return !success && !root.has("title") && OF_ANSWERS.stream().noneMatch(root::has);
	}

	/**
	 * Return whether the value of an {@code error} member is one: there are servers that
	 * always send the member.
	 * @param value the value
	 * @return whether there is more to it than empty texts and zeros
	 */
	static boolean isPresent(JsonNode value) {
		if (value.isContainer()) {
			return value.valueStream().anyMatch(ErrorBody::isPresent);
		}
		if (value.isString()) {
			return !value.stringValue().isBlank();
		}
		return value.isBoolean() ? value.booleanValue() : value.isNumber() && value.doubleValue() != 0;
	}

	static @Nullable Integer status(JsonNode source) {
		for (String name : new String[] { "code", "status_code", "statusCode", "status" }) {
			JsonNode value = source.path(name);
			String text = value.isInt() ? String.valueOf(value.intValue()) : text(source, name);
			if (text != null && text.length() == 3 && text.chars().allMatch(Character::isDigit)) {
				int status = Integer.parseInt(text);
				if (status >= 400 && status < 600) {
					return status;
				}
			}
		}
		return gatewayStatus(text(source, "status_code"));
	}

	// What the codes of MiniMax amount to
	private static @Nullable Integer gatewayStatus(@Nullable String code) {
		if (code == null) {
			return null;
		}
		return switch (code) {
			case "1001" -> 504;
			case "1002", "1039", "1041", "2045", "2056" -> 429;
			case "1004", "2049" -> 401;
			case "1008" -> 402;
			case "1042", "2013" -> 400;
			default -> null;
		};
	}

	static Map<String, Object> details(JsonNode source) {
		Map<String, Object> details = new LinkedHashMap<>();
		put(details, "param", name(source, "param"));
		JsonNode inner = source.hasNonNull("innererror") ? source.path("innererror") : source.path("inner_error");
		put(details, "inner_code", name(inner, "code"));
		for (String name : new String[] { "content_filter_result", "content_filter_results" }) {
			if (inner.path(name).isObject()) {
				put(details, "content_filter_results", toMap(inner.path(name)));
			}
		}
		if (source.path("metadata").isObject()) {
			Map<String, Object> metadata = toMap(source.path("metadata"));
			// What was flagged is the prompt
			metadata.remove("flagged_input");
			put(details, "metadata", metadata);
		}
		return details;
	}

	private static Map<String, Object> toMap(JsonNode object) {
		return WireJson.mapper().treeToValue(object, MAP);
	}

	private static void put(Map<String, Object> details, String name, @Nullable Object value) {
		if (value != null) {
			details.put(name, value);
		}
	}

	static @Nullable String firstName(JsonNode source, String... members) {
		for (String member : members) {
			String name = name(source, member);
			if (name != null) {
				return name;
			}
		}
		return null;
	}

	static @Nullable String name(JsonNode source, String member) {
		String text = text(source, member);
		return (text != null) ? OneLine.ofName(text) : null;
	}

	static @Nullable String text(JsonNode source, String name) {
		JsonNode value = source.path(name);
		if (value.isString() && StringUtils.hasText(value.stringValue())) {
			return value.stringValue();
		}
		return value.isNumber() ? value.asString() : null;
	}

}
