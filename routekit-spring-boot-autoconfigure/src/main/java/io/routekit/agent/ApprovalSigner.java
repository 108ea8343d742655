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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.routekit.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * Signs the calls that wait for approval, so that those which come back are those which
 * were shown.
 */
final class ApprovalSigner {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int RANDOM_BYTES = 32;

	private final String agent;

	private final SecretKeySpec key;

	/**
	 * Create a new {@link ApprovalSigner} instance.
	 * @param agent the name of the agent, whose calls no other one may run
	 * @param secret the secret that all instances share, or {@code null} for one that
	 * nobody else can know
	 */
	ApprovalSigner(String agent, @Nullable String secret) {
		this.agent = agent;
		this.key = new SecretKeySpec((secret != null) ? secret.getBytes(StandardCharsets.UTF_8) : random(), ALGORITHM);
	}

	private static byte[] random() {
		byte[] random = new byte[RANDOM_BYTES];
		new SecureRandom().nextBytes(random);
		return random;
	}

	/**
	 * Sign the calls of a reply that have one id, of which there is one unless the server
	 * is at fault.
	 * @param run the id of the run
	 * @param calls the calls
	 * @return the signature
	 */
	String sign(String run, List<ToolCall> calls) {
		Mac mac = mac();
		update(mac, this.agent);
		update(mac, run);
		for (ToolCall call : calls) {
			update(mac, call.id());
			update(mac, call.name());
			update(mac, call.arguments());
		}
		return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
	}

	boolean isSigned(String run, List<ToolCall> calls, String signature) {
		return MessageDigest.isEqual(sign(run, calls).getBytes(StandardCharsets.UTF_8),
				signature.getBytes(StandardCharsets.UTF_8));
	}

	private Mac mac() {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("There is no " + ALGORITHM, ex);
		}
	}

	// With its length, or else the end of one text could be the beginning of the next
	private static void update(Mac mac, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
		mac.update(bytes);
	}

}
