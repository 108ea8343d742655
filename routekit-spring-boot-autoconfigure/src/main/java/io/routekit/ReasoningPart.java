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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Reasoning of the model, kept apart from its answer.
 *
 * @param text the text of the reasoning; empty if the provider withholds it
 * @param state what the provider needs to take its reasoning back, or {@code null}
 * @since 0.1.0
 */
public record ReasoningPart(String text, @Nullable ProviderState state) implements AssistantPart {

	public ReasoningPart {
		Assert.notNull(text, "'text' must not be null");
	}

	@Override
	public String toString() {
		return "ReasoningPart[%d characters, state=%s]".formatted(this.text.length(), this.state);
	}

}
