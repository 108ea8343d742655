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

import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.routekit.ContentPart;
import io.routekit.ImagePart;
import io.routekit.TextPart;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.EnumNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.EnumNaming;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.util.Assert;

/**
 * What a message says, in the body of a request: a text or a list of parts.
 *
 * @param text the text, or {@code null} if there are parts
 * @param parts the parts, empty if there is a text
 */
@JsonClassDescription(ContentBody.DESCRIPTION)
@JsonDeserialize(using = ContentBody.Deserializer.class)
record ContentBody(@Nullable String text, List<Part> parts) {

	static final String DESCRIPTION = "a string or a list of parts";

	static ContentBody of(String text) {
		return new ContentBody(text, Collections.emptyList());
	}

	static ContentBody of(List<ContentPart> parts) {
		return (parts.size() == 1 && parts.get(0) instanceof TextPart text) ? of(text.text())
				: new ContentBody(null, parts.stream().map(Part::of).toList());
	}

	/**
	 * Return the content in the shortest form that says it.
	 * @return the text or the parts
	 */
	@JsonValue
	Object value() {
		return (this.text != null) ? this.text : this.parts;
	}

	List<ContentPart> toParts() {
		return (this.text != null) ? List.of(new TextPart(this.text)) : this.parts.stream().map(Part::toPart).toList();
	}

	/**
	 * A part of a user message.
	 *
	 * @param type what it is
	 * @param text the text, or {@code null} if it is an image
	 * @param url the address of the image, or {@code null} if it is a text
	 * @param detail the level of detail of the image, or {@code null}
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Part(Type type, @Nullable String text, @Nullable String url, @Nullable String detail) {

		private static final List<String> SCHEMES = List.of("https://", "http://", "data:");

		Part {
			if (type == null) {
				throw InvalidFieldException.mustBe("type", "one of text, image", null);
			}
			if (type == Type.TEXT && text == null) {
				throw InvalidFieldException.mustBe("text", "a string", null);
			}
			if (type == Type.IMAGE && !isFetched(InvalidFieldException.required("url", url))) {
				throw InvalidFieldException.mustBe("url", "an address that begins with https://, http:// or data:",
						url);
			}
		}

		static Part of(ContentPart part) {
			if (part instanceof ImagePart image && image.url() != null) {
				return new Part(Type.IMAGE, null, image.url(), image.detail());
			}
			Assert.isInstanceOf(TextPart.class, part, "No other part comes from the API or a tool");
			return new Part(Type.TEXT, ((TextPart) part).text(), null, null);
		}

		private static boolean isFetched(String url) {
			return SCHEMES.stream().anyMatch((scheme) -> url.regionMatches(true, 0, scheme, 0, scheme.length()));
		}

		ContentPart toPart() {
			if (this.type == Type.TEXT) {
				return new TextPart(String.valueOf(this.text));
			}
			ImagePart image = ImagePart.ofUrl(String.valueOf(this.url));
			return (this.detail != null) ? image.withDetail(this.detail) : image;
		}

	}

	/**
	 * What a part is.
	 */
	@EnumNaming(SnakeCaseStrategy.class)
	enum Type {

		TEXT, IMAGE

	}

	/**
	 * Reads either form.
	 */
	static final class Deserializer extends ValueDeserializer<ContentBody> {

		@Override
		public ContentBody deserialize(JsonParser parser, DeserializationContext context) {
			if (parser.hasToken(JsonToken.VALUE_STRING)) {
				return new ContentBody(parser.getString(), Collections.emptyList());
			}
			if (parser.hasToken(JsonToken.START_ARRAY)) {
				return new ContentBody(null, List.of(context.readValue(parser, Part[].class)));
			}
			return (ContentBody) context.handleUnexpectedToken(ContentBody.class, parser);
		}

	}

}
