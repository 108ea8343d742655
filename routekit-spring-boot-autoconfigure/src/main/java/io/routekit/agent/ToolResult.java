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

package io.routekit.agent;

import java.util.List;

import io.routekit.ContentPart;
import io.routekit.TextPart;

import org.springframework.util.Assert;

/**
 * What a tool gives back to the model.
 *
 * @param parts the content, which not every provider takes unless it is text
 * @param error whether the tool failed
 * @since 0.1.0
 */
public record ToolResult(List<ContentPart> parts, boolean error) {

	public ToolResult {
		Assert.notEmpty(parts, "'parts' must not be empty");
		Assert.noNullElements(parts, "'parts' must not contain null elements");
		parts = List.copyOf(parts);
	}

	/**
	 * Create a result.
	 * @param text the text for the model
	 * @return the result
	 */
	public static ToolResult of(String text) {
		return new ToolResult(List.of(new TextPart(text)), false);
	}

	/**
	 * Create the result of a tool that failed.
	 * @param text what went wrong and what the model can do about it
	 * @return the result
	 */
	public static ToolResult error(String text) {
		return new ToolResult(List.of(new TextPart(text)), true);
	}

	/**
	 * Return the text.
	 * @return the text, empty if there is none
	 */
	public String text() {
		return TextPart.textOf(this.parts);
	}

	@Override
	public String toString() {
		return "ToolResult[%d parts, %d characters, error=%s]".formatted(this.parts.size(), text().length(),
				this.error);
	}

}
