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

import io.routekit.AssistantPart;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.TextPart;
import io.routekit.http.ServerAddress;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * State that the server issued and wants back: a whole block as it was received, or for a
 * tool call the further members of its block. The state of others is no business of its.
 *
 * @param issuer who issues the state
 */
record OwnState(String issuer) {

	/**
	 * The state of Anthropic.
	 */
	static final OwnState ANTHROPIC = new OwnState(AnthropicModelProvider.TYPE);

	/**
	 * Return the state of a server that is not Anthropic's. It may have other formats,
	 * whose state means nothing in this one.
	 * @param server the server
	 * @return the state
	 */
	static OwnState of(ServerAddress server) {
		return new OwnState(AnthropicModelProvider.TYPE + "@" + server.hostAndPort());
	}

	ProviderState state(String json) {
		return new ProviderState(this.issuer, json);
	}

	/**
	 * Return whether the server only takes thinking with a signature.
	 * @return whether this is Anthropic
	 */
	boolean isSigned() {
		return equals(ANTHROPIC);
	}

	/**
	 * Return the block to give back for a part.
	 * @param part the part
	 * @return the block as JSON text, or {@code null} if the part has no state or that of
	 * another server
	 */
	@Nullable String json(AssistantPart part) {
		if (part instanceof ReasoningPart reasoning) {
			return json(reasoning.state());
		}
		if (part instanceof TextPart text) {
			return json(text.state());
		}
		return (part instanceof OpaquePart opaque) ? json(opaque.state()) : null;
	}

	@Nullable String json(@Nullable ProviderState state) {
		if (state == null || !state.issuer().equals(this.issuer)) {
			return null;
		}
		if (!WireJson.isObject(state.json())) {
			throw OptionsCheck.invalid("The provider state of a message is not what the server sent");
		}
		return state.json();
	}

	static boolean isThinking(@Nullable String json) {
		String type = (json != null) ? RawObject.of(json).text("type") : null;
		return "thinking".equals(type) || "redacted_thinking".equals(type);
	}

}
