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

import org.springframework.util.Assert;

/**
 * A message of the user.
 *
 * @param parts the parts in their order, never empty
 * @since 0.1.0
 */
public record UserMessage(List<ContentPart> parts) implements Message {

	public UserMessage {
		Assert.notEmpty(parts, "'parts' must not be empty");
		Assert.noNullElements(parts, "'parts' must not contain null elements");
		parts = List.copyOf(parts);
	}

	@Override
	public String text() {
		return TextPart.textOf(this.parts);
	}

	@Override
	public String toString() {
		return "UserMessage[%d parts, %d characters]".formatted(this.parts.size(), text().length());
	}

}
