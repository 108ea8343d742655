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
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.routekit.AssistantMessage;
import io.routekit.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Seals what a provider wants back with a message, so that it can go through a client and
 * nobody can make something up that the provider would take for its own. The key is the
 * secret of approvals; without one, what was sealed is good until the sample stops.
 */
@Component
final class StateSeal {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int RANDOM_BYTES = 32;

	/**
	 * What tells a seal from anything else that has the same key.
	 */
	private static final byte[] PURPOSE = "sample.state".getBytes(StandardCharsets.UTF_8);

	private final JsonMapper jsonMapper;

	private final SecretKeySpec key;

	StateSeal(JsonMapper jsonMapper, @Value("${routekit.agents.approval.secret:}") String secret) {
		this.jsonMapper = jsonMapper;
		this.key = new SecretKeySpec(
				StringUtils.hasText(secret) ? secret.getBytes(StandardCharsets.UTF_8) : randomBytes(), ALGORITHM);
	}

	private static byte[] randomBytes() {
		byte[] bytes = new byte[RANDOM_BYTES];
		new SecureRandom().nextBytes(bytes);
		return bytes;
	}

	/**
	 * Seal a message.
	 * @param message the message with all that its provider wants back
	 * @return the sealed message
	 */
	String seal(AssistantMessage message) {
		byte[] json = this.jsonMapper.writeValueAsBytes(message);
		Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
		return encoder.encodeToString(json) + '.' + encoder.encodeToString(sign(json));
	}

	/**
	 * Open what was sealed.
	 * @param sealed the sealed message
	 * @return the message, or {@code null} if the seal is not of this key
	 */
	@Nullable AssistantMessage open(String sealed) {
		int dot = sealed.indexOf('.');
		byte[] json = decode(sealed.substring(0, Math.max(dot, 0)));
		byte[] signature = decode(sealed.substring(dot + 1));
		return MessageDigest.isEqual(sign(json), signature)
				? (AssistantMessage) this.jsonMapper.readValue(json, Message.class) : null;
	}

	private static byte[] decode(String text) {
		try {
			return Base64.getUrlDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			return new byte[0];
		}
	}

	private byte[] sign(byte[] json) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			mac.update(PURPOSE);
			return mac.doFinal(json);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Each Java platform has " + ALGORITHM, ex);
		}
	}

}
