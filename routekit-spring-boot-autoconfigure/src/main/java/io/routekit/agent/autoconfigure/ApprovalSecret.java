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

package io.routekit.agent.autoconfigure;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

import io.routekit.ModelConfigurationException;
import io.routekit.agent.AgentFilter;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * The secret that signs the calls which wait for approval: the configured one, or a
 * random one that no other instance knows.
 */
final class ApprovalSecret {

	static final String PROPERTY = "routekit.agents.approval.secret";

	private static final int MIN_LENGTH = 32;

	private static final int RANDOM_BYTES = 32;

	private final @Nullable String configured;

	private final SecretRedactor secrets;

	private final SingletonSupplier<String> random = SingletonSupplier.of(this::random);

	private final SingletonSupplier<AgentFilter> warning = SingletonSupplier.of(RandomSecretWarning::new);

	/**
	 * Create a new {@link ApprovalSecret} instance.
	 * @param configured the secret that is configured, blank or {@code null} if there is
	 * none
	 * @param secrets is told of the secret
	 */
	ApprovalSecret(@Nullable String configured, SecretRedactor secrets) {
		this.configured = StringUtils.hasText(configured) ? configured.strip() : null;
		this.secrets = secrets;
		if (this.configured != null) {
			secrets.add(this.configured);
			checkLength(this.configured.length());
		}
	}

	private static void checkLength(int length) {
		if (length < MIN_LENGTH) {
			throw new ModelConfigurationException(
					"'%s' must have at least %d characters but has %d".formatted(PROPERTY, MIN_LENGTH, length),
					"Set '%s' to a random text, such as 'openssl rand -base64 32' makes one, the same for all instances"
						.formatted(PROPERTY));
		}
	}

	private String random() {
		byte[] bytes = new byte[RANDOM_BYTES];
		new SecureRandom().nextBytes(bytes);
		String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		this.secrets.add(secret);
		return secret;
	}

	String value() {
		return (this.configured != null) ? this.configured : this.random.obtain();
	}

	/**
	 * Return what surrounds the runs of agents that use the secret.
	 * @return the filters
	 */
	List<AgentFilter> filters() {
		return (this.configured != null) ? Collections.emptyList() : List.of(this.warning.obtain());
	}

}
