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

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges requests by the types of the vendors' own clients: a body must be one that these
 * types can hold, without fields that they do not know.
 */
public final class RequestJudge {

	private static final JsonMapper mapper = new JsonMapper();

	/**
	 * Types whose members are up to the caller.
	 */
	private static final Set<String> OPEN_TYPES = Set.of("FunctionParameters", "Schema", "InputSchema", "Input",
			"Properties", "LogitBias", "Metadata", "Parameters");

	/**
	 * Fields that the client of Anthropic has given up, while older models take them.
	 */
	private static final Set<String> FORMER_FIELDS = Set.of("temperature", "top_p", "top_k");

	/**
	 * Fields of which the API's reference says that they may be {@code null}.
	 */
	private static final Set<String> NULLABLE = Set.of(".messages.value[].assistant.content");

	private final List<String> complaints = new ArrayList<>();

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private RequestJudge() {
	}

	/**
	 * Return what is wrong with a request.
	 * @param target the path of the request, which tells its format
	 * @param body the body
	 * @return the complaints, each about one field, or none
	 */
	public static List<String> judge(String target, String body) {
		String path = target.replaceFirst("\\?.*", "");
		RequestJudge judge = new RequestJudge();
		try {
			if (path.endsWith("/chat/completions")) {
				judge.judgeCompletion(prepare(body, "gpt-5-mini", path.contains("/deployments/")));
			}
			else if (path.endsWith("/responses")) {
				judge.judgeResponse(prepare(body, "gpt-5-mini", false));
			}
			else if (path.endsWith("/messages")) {
				judge.judgeMessage(prepare(body, "claude-haiku-4-5", false));
			}
		}
		catch (JsonProcessingException | ReflectiveOperationException | RuntimeException ex) {
			String message = String.valueOf(ex.getMessage());
			if (message.endsWith("AssistantMessageContentPart")) {
				judge.complaints.add("unknown: content part");
			}
			else {
				judge.complaints
					.add(message.equals("`signature` is not set") ? "unknown: unsigned thinking" : ex.toString());
			}
		}
		return judge.complaints;
	}

	// The clients only know the models of their time, and ask for a stream by a method
	private static String prepare(String body, String model, boolean modelInPath) {
		ObjectNode json = (ObjectNode) mapper.readTree(body);
		if (modelInPath || json.path("model").isString()) {
			json.put("model", model);
		}
		if (json.path("stream").isBoolean()) {
			json.remove("stream");
		}
		// A message may leave its type out, but the client does not read it then
		json.path("input").forEach((item) -> {
			if (item.has("role") && !item.has("type")) {
				((ObjectNode) item).put("type", "message");
			}
		});
		return json.toString();
	}

	private void judgeCompletion(String body) throws JsonProcessingException, ReflectiveOperationException {
		visit("",
				com.openai.core.ObjectMappers.jsonMapper()
					.readValue(body, ChatCompletionCreateParams.Body.class)
					.validate());
	}

	private void judgeResponse(String body) throws JsonProcessingException, ReflectiveOperationException {
		visit("",
				com.openai.core.ObjectMappers.jsonMapper().readValue(body, ResponseCreateParams.Body.class).validate());
	}

	private void judgeMessage(String body) throws JsonProcessingException, ReflectiveOperationException {
		visit("",
				com.anthropic.core.ObjectMappers.jsonMapper()
					.readValue(body, MessageCreateParams.Body.class)
					.validate());
		FORMER_FIELDS.forEach((field) -> this.complaints.remove("unknown: " + field));
	}

	private void visit(String path, Object value) throws ReflectiveOperationException {
		if (value instanceof Optional<?> optional && optional.isPresent()) {
			visit(path, optional.get());
		}
		else if (value instanceof Collection<?> elements) {
			for (Object element : elements) {
				visit(path + "[]", element);
			}
		}
		else if (value instanceof com.openai.core.JsonNull || value instanceof com.anthropic.core.JsonNull) {
			if (!NULLABLE.contains(path)) {
				this.complaints.add("null: " + path);
			}
		}
		else if (value != null && value.getClass().getName().matches("com\\.(openai|anthropic)\\..*")
				&& this.seen.add(value)) {
			visitFields(path, value);
		}
	}

	private void visitFields(String path, Object value) throws ReflectiveOperationException {
		for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				// A union keeps the JSON that it was made from
				if (Modifier.isStatic(field.getModifiers()) || field.getName().equals("_json")) {
					continue;
				}
				field.setAccessible(true);
				if (!field.getName().equals("additionalProperties")) {
					visit(path + "." + field.getName(), field.get(value));
				}
				else if (!OPEN_TYPES.contains(type.getSimpleName())) {
					((Map<?, ?>) field.get(value)).keySet().forEach((name) -> this.complaints.add("unknown: " + name));
				}
			}
		}
	}

}
