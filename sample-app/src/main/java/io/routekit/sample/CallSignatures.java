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

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of a reply whose calls wait for approval. An agent keeps them in a part
 * of the message; in the HTTP API each call that waits has them, as a text that nobody
 * has to understand.
 */
final class CallSignatures {

	private static final String ISSUER = "routekit.approval";

	private CallSignatures() {
	}

	static boolean isCarriedBy(AssistantPart part) {
		return part instanceof OpaquePart opaque && opaque.state().issuer().equals(ISSUER);
	}

	/**
	 * Return the signatures of a message.
	 * @param message the message
	 * @return the signatures, or {@code null} if there are none
	 */
	static @Nullable String of(AssistantMessage message) {
		for (AssistantPart part : message.parts()) {
			if (isCarriedBy(part)) {
				byte[] json = ((OpaquePart) part).state().json().getBytes(StandardCharsets.UTF_8);
				return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
			}
		}
		return null;
	}

	/**
	 * Return the part that carries signatures.
	 * @param signatures the signatures
	 * @return the part
	 * @throws IllegalArgumentException if no message had these signatures
	 */
	static OpaquePart toPart(String signatures) {
		byte[] json = Base64.getUrlDecoder().decode(signatures);
		return new OpaquePart(new ProviderState(ISSUER, new String(json, StandardCharsets.UTF_8)));
	}

}
