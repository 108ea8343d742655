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

package io.routekit.responses;

import io.routekit.wire.JsonRange;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A part of the content or of the summary of an item.
 *
 * @param type the type, or {@code null} if there is none
 * @param text the text as JSON, or {@code null} if there is none
 */
record PartJson(@Nullable String type, @Nullable JsonRange text) {

	@Override
	public String toString() {
		return "PartJson[type=%s]".formatted(this.type);
	}

	/**
	 * Read a part.
	 * @param source what the parser reads
	 * @param parser a parser that points at the part, an object
	 * @return the part
	 */
	static PartJson read(JsonRange source, JsonParser parser) {
		String type = null;
		JsonRange text = null;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			switch (name) {
				case "type" -> type = WireJson.readText(parser);
				case "text", "refusal" -> {
					if (token == JsonToken.VALUE_STRING && text == null) {
						text = source.value(parser);
					}
					parser.skipChildren();
				}
				default -> parser.skipChildren();
			}
		}
		return new PartJson(type, text);
	}

	/**
	 * Return what the text is.
	 * @param usual what it is where the server does not say
	 * @return the text, or {@code null} if it is none that is known
	 */
	@Nullable ItemText kind(ItemText usual) {
		return (this.type != null) ? ItemText.ofPart(this.type) : usual;
	}

}
