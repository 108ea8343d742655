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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The signatures of calls that wait for approval. An agent keeps those of a message in a
 * part of it, the HTTP API has each beside its call, with the run in front.
 */
final class CallSignatures {

	private static final String ISSUER = "routekit.approval";

	private static final JsonMapper mapper = JsonMapper.shared();

	private CallSignatures() {
	}

	static boolean isCarriedBy(AssistantPart part) {
		return part instanceof OpaquePart opaque && opaque.state().issuer().equals(ISSUER);
	}

	/**
	 * Return the signatures of a message.
	 * @param message the message
	 * @return the signatures by the id of the call, empty if there are none
	 */
	static Map<String, String> of(AssistantMessage message) {
		for (AssistantPart part : message.parts()) {
			if (isCarriedBy(part)) {
				return read(((OpaquePart) part).state());
			}
		}
		return Collections.emptyMap();
	}

	private static Map<String, String> read(ProviderState state) {
		JsonNode json = mapper.readTree(state.json());
		String run = json.required("run").stringValue();
		Map<String, String> signatures = new LinkedHashMap<>();
		json.required("signatures")
			.forEachEntry((id, signature) -> signatures.put(id, run + '.' + signature.stringValue()));
		return signatures;
	}

	/**
	 * Return the part that carries the signatures of calls, which all are of one run.
	 * @param calls the calls
	 * @return the part, or {@code null} if no call has a signature
	 */
	static @Nullable OpaquePart toPart(List<MessageBody.Call> calls) {
		ObjectNode json = mapper.createObjectNode();
		ObjectNode signatures = mapper.createObjectNode();
		for (MessageBody.Call call : calls) {
			if (call.signature() != null) {
				json.put("run", runOf(call.signature()));
				signatures.put(call.id(), call.signature().substring(call.signature().indexOf('.') + 1));
			}
		}
		return signatures.isEmpty() ? null
				: new OpaquePart(new ProviderState(ISSUER, json.set("signatures", signatures).toString()));
	}

	/**
	 * Return the run that a signature belongs to.
	 * @param signature the signature with its run
	 * @return the id of the run, empty if it has none
	 */
	static String runOf(String signature) {
		return signature.substring(0, Math.max(signature.indexOf('.'), 0));
	}

}
