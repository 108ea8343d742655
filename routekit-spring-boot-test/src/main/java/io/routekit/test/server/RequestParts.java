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

package io.routekit.test.server;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.routekit.ContentPart;
import io.routekit.FilePart;
import io.routekit.ImagePart;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.TextPart;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The parts of requests that the formats have in common.
 */
final class RequestParts {

	private RequestParts() {
	}

	/**
	 * Read a content, which is a text or a list of parts.
	 * @param content the content
	 * @param part reads a part
	 * @return the parts
	 */
	static List<ContentPart> read(JsonNode content, Function<JsonNode, ContentPart> part) {
		if (content.isString()) {
			return List.of(new TextPart(content.stringValue()));
		}
		List<ContentPart> parts = new ArrayList<>();
		content.forEach((element) -> parts.add(part.apply(element)));
		return parts;
	}

	/**
	 * Read the result of a tool, which may be nothing at all.
	 * @param content the content
	 * @param part reads a part
	 * @return the parts, of which there is one at least
	 */
	static List<ContentPart> result(JsonNode content, Function<JsonNode, ContentPart> part) {
		List<ContentPart> parts = read(content, part);
		return parts.isEmpty() ? List.of(new TextPart("")) : parts;
	}

	/**
	 * Return the text of a content, which is a text or a list of parts.
	 * @param content the content
	 * @return the text, without what is no text
	 */
	static String text(JsonNode content) {
		if (content.isString()) {
			return content.stringValue();
		}
		StringBuilder text = new StringBuilder();
		content.forEach((part) -> text.append(part.path("text").asString("")));
		return text.toString();
	}

	static @Nullable List<String> texts(JsonNode value) {
		if (value.isString()) {
			return List.of(value.stringValue());
		}
		return value.isArray() ? value.valueStream().map(JsonNode::asString).toList() : null;
	}

	static ImagePart image(String url, @Nullable String detail) {
		DataUrl data = DataUrl.parse(url);
		ImagePart image = (data != null) ? ImagePart.ofBytes(data.bytes(), data.mediaType()) : ImagePart.ofUrl(url);
		return (detail != null) ? image.withDetail(detail) : image;
	}

	static FilePart file(String name, String url) {
		DataUrl data = DataUrl.parse(url);
		if (data == null) {
			throw invalid("The file '%s' has no data".formatted(name));
		}
		return FilePart.ofBytes(name, data.bytes(), data.mediaType());
	}

	static byte[] bytes(String base64) {
		return Base64.getDecoder().decode(base64);
	}

	/**
	 * Return the members that have no place elsewhere.
	 * @param body the body of a request
	 * @param known the names of the others
	 * @return the members by name
	 */
	static Map<String, Object> others(JsonNode body, Set<String> known) {
		Map<String, Object> others = new LinkedHashMap<>();
		body.properties().forEach((member) -> {
			if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
				others.put(member.getKey(), Json.value(member.getValue()));
			}
		});
		return others;
	}

	static ModelException invalid(String message) {
		return ModelException.of(Kind.INVALID_REQUEST, message);
	}

	/**
	 * A {@code data:} URL with Base64.
	 *
	 * @param mediaType the type of the data
	 * @param base64 the data
	 */
	private record DataUrl(String mediaType, String base64) {

		private static final String SCHEME = "data:";

		private static final String ENCODING = ";base64,";

		static @Nullable DataUrl parse(String url) {
			int end = url.startsWith(SCHEME) ? url.indexOf(';') : -1;
			boolean typed = end > SCHEME.length() && url.startsWith(ENCODING, end) && url.lastIndexOf(',', end) < 0;
			return typed ? new DataUrl(url.substring(SCHEME.length(), end), url.substring(end + ENCODING.length()))
					: null;
		}

		byte[] bytes() {
			return RequestParts.bytes(this.base64);
		}

		@Override
		public String toString() {
			return "DataUrl[%s, %d characters]".formatted(this.mediaType, this.base64.length());
		}

	}

}
