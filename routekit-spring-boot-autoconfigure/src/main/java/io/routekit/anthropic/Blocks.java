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

package io.routekit.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.ContentPart;
import io.routekit.FilePart;
import io.routekit.ImagePart;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.wire.ToolArguments;
import io.routekit.wire.ToolResults;
import io.routekit.wire.ToolSchema;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * Makes the blocks that the content of a request consists of, as maps that JSON is
 * written from.
 */
final class Blocks {

	private Blocks() {
	}

	/**
	 * Return an object with a type. Its members stay in this order: a request that is
	 * written differently would not be found in the cache.
	 * @param type the type
	 * @param members names and values of further members by turns
	 * @return the object
	 */
	static Map<String, Object> object(String type, Object... members) {
		Map<String, Object> object = new LinkedHashMap<>();
		object.put("type", type);
		for (int i = 0; i < members.length; i += 2) {
			object.put((String) members[i], members[i + 1]);
		}
		return object;
	}

	static Map<String, Object> text(String text) {
		return object("text", "text", text);
	}

	/**
	 * Return whether a part would be rejected because it is empty.
	 * @param part the part
	 * @return whether to leave it out
	 */
	static boolean isBlank(ContentPart part) {
		return part instanceof TextPart text && text.text().isBlank();
	}

	static Map<String, Object> content(ContentPart part) {
		if (part instanceof ImagePart image) {
			return object("image", "source", MediaSource.of(image));
		}
		if (part instanceof FilePart file) {
			return file(file);
		}
		return text(((TextPart) part).text());
	}

	private static Map<String, Object> file(FilePart file) {
		if (file.mediaType().startsWith("image/")) {
			return object("image", "source", MediaSource.ofImage(file.mediaType(), file.data()));
		}
		Map<String, Object> source = switch (file.mediaType()) {
			case "application/pdf" -> MediaSource.ofBytes(file.mediaType(), file.data());
			case "text/plain" ->
				object("text", "media_type", file.mediaType(), "data", new String(file.data(), StandardCharsets.UTF_8));
			default -> throw OptionsCheck
				.invalid("Anthropic does not read files of type '%s', only application/pdf, text/plain and images"
					.formatted(file.mediaType()));
		};
		return object("document", "source", source, "title", file.filename());
	}

	/**
	 * Return a tool call.
	 * @param id the id of the call
	 * @param toolCall the call
	 * @param members further members of the block as a JSON object, or {@code null}
	 * @return the block
	 */
	static Map<String, Object> toolUse(String id, ToolCall toolCall, @Nullable String members) {
		Map<String, Object> block = object("tool_use", "id", id, "name", toolCall.name(), "input",
				raw(ToolArguments.toObject(toolCall.arguments())));
		if (members != null) {
			RawObject.of(members).forEach((name, json) -> block.putIfAbsent(name, raw(json.toJson())));
		}
		return block;
	}

	/**
	 * Return the result of a tool call. The API demands one for each call.
	 * @param id the id of the call
	 * @param result the result, or {@code null} if the conversation has none
	 * @return the block
	 */
	static Map<String, Object> toolResult(String id, @Nullable ToolMessage result) {
		Map<String, Object> block = object("tool_result", "tool_use_id", id);
		boolean error = result == null || result.error();
		Object content = (result != null) ? content(result) : ToolResults.NOT_CALLED;
		if (content != null || error) {
			block.put("content", (content != null) ? content : ToolResults.FAILED);
		}
		if (error) {
			block.put("is_error", true);
		}
		return block;
	}

	private static @Nullable Object content(ToolMessage result) {
		if (result.parts().stream().allMatch(TextPart.class::isInstance)) {
			return result.text().isBlank() ? null : result.text();
		}
		if (result.error()) {
			throw OptionsCheck
				.invalid("Anthropic takes only text as the result of a tool that failed: leave out images and files");
		}
		return result.parts().stream().filter((part) -> !isBlank(part)).map(Blocks::content).toList();
	}

	static Map<String, Object> tool(Tool tool) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("name", tool.name());
		if (tool.description() != null) {
			json.put("description", tool.description());
		}
		json.put("input_schema", new RawValue(ToolSchema.of(tool)));
		if (tool.strict() != null) {
			json.put("strict", tool.strict());
		}
		return json;
	}

	/**
	 * Return a value that is JSON already.
	 * @param json the JSON text
	 * @return the value to write
	 */
	static RawValue raw(String json) {
		return new RawValue(WireJson.encodable(json));
	}

}
