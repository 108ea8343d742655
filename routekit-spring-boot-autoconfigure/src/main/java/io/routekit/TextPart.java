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

package io.routekit;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Text in a message.
 *
 * @param text the text, never trimmed
 * @param state what the provider wants back with the text it wrote, such as citations, or
 * {@code null}
 * @since 0.1.0
 */
public record TextPart(String text, @Nullable ProviderState state) implements ContentPart, AssistantPart {

	public TextPart {
		Assert.notNull(text, "'text' must not be null");
	}

	/**
	 * Create a new {@link TextPart} instance.
	 * @param text the text, never trimmed
	 */
	public TextPart(String text) {
		this(text, null);
	}

	/**
	 * Return the text of parts.
	 * @param parts the parts, of which some may be no texts
	 * @return the texts one after the other, empty if there is none
	 */
	public static String textOf(List<?> parts) {
		Assert.notNull(parts, "'parts' must not be null");
		// Most messages have one, which need not be copied
		if (parts.size() == 1 && parts.get(0) instanceof TextPart part) {
			return part.text();
		}
		return parts.stream()
			.filter(TextPart.class::isInstance)
			.map((part) -> ((TextPart) part).text())
			.collect(Collectors.joining());
	}

	@Override
	public String toString() {
		return "TextPart[%d characters, state=%s]".formatted(this.text.length(), this.state);
	}

}
