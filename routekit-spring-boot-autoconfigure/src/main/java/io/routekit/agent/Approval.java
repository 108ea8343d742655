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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.OneLine;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ToolCall;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a message carries while its calls wait for approval: the run that they belong to
 * and a signature for each id of a call. It is state that no provider has issued, so none
 * gets it.
 *
 * @param run the id of the run
 * @param signatures signatures by the ids of the calls
 */
record Approval(String run, Map<String, String> signatures) {

	static final String ISSUER = "routekit.approval";

	private static final JsonMapper mapper = JsonMapper.builder().build();

	/**
	 * Sign the calls of a message.
	 * @param run the id of the run
	 * @param message the message
	 * @param signer the signer
	 * @return the message with the signatures
	 */
	static AssistantMessage sign(String run, AssistantMessage message, ApprovalSigner signer) {
		Map<String, String> signatures = new LinkedHashMap<>();
		callsById(message).forEach((id, calls) -> signatures.put(id, signer.sign(run, calls)));
		List<AssistantPart> parts = new ArrayList<>(message.parts());
		parts.add(new OpaquePart(new ProviderState(ISSUER, mapper.writeValueAsString(new Approval(run, signatures)))));
		return new AssistantMessage(parts);
	}

	/**
	 * Read what a message carries.
	 * @param message the message
	 * @return the approval, or {@code null} if there is none
	 * @throws InvalidApprovalException if there is one that cannot be read
	 */
	static @Nullable Approval of(AssistantMessage message) {
		return message.parts()
			.stream()
			.filter(Approval::isApproval)
			.map((part) -> read(((OpaquePart) part).state().json()))
			.findFirst()
			.orElse(null);
	}

	private static Approval read(String json) {
		try {
			Approval approval = mapper.readValue(json, Approval.class);
			if (approval != null && approval.run != null && approval.signatures != null) {
				return approval;
			}
		}
		catch (JacksonException ex) {
			// Its message would quote what somebody has sent
		}
		throw new InvalidApprovalException("The signatures of the calls that wait for approval cannot be read");
	}

	private static boolean isApproval(AssistantPart part) {
		return part instanceof OpaquePart opaque && opaque.state().issuer().equals(ISSUER);
	}

	/**
	 * Return a message without what it carries for an approval.
	 * @param message the message
	 * @return the message as the model has written it
	 */
	static AssistantMessage remove(AssistantMessage message) {
		return new AssistantMessage(message.parts().stream().filter((part) -> !isApproval(part)).toList());
	}

	/**
	 * Check that the calls of a message are those that were signed.
	 * @param message the message
	 * @param signer the signer
	 * @throws InvalidApprovalException if one of them is not
	 */
	void check(AssistantMessage message, ApprovalSigner signer) {
		callsById(message).forEach((id, calls) -> {
			String signature = this.signatures.get(id);
			if (signature == null || !signer.isSigned(this.run, calls, signature)) {
				throw new InvalidApprovalException(("The call '%s' is not the one that was shown for approval, "
						+ "or was shown by an instance with another 'routekit.agents.approval.secret'")
					.formatted(OneLine.ofName(id)));
			}
		});
	}

	private static Map<String, List<ToolCall>> callsById(AssistantMessage message) {
		Map<String, List<ToolCall>> calls = new LinkedHashMap<>();
		message.toolCalls().forEach((call) -> calls.computeIfAbsent(call.id(), (id) -> new ArrayList<>()).add(call));
		return calls;
	}

}
