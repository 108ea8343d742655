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

package io.routekit.secret;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

import org.springframework.web.util.UriUtils;

/**
 * The forms in which a secret is written in texts: as it is, in an address, and in JSON.
 */
final class SecretForms {

	private SecretForms() {
	}

	static Set<String> of(String secret) {
		if (secret.chars().allMatch(SecretForms::isTheSameEverywhere)) {
			return Set.of(secret);
		}
		Set<String> forms = new LinkedHashSet<>();
		String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
		forms.add(secret);
		forms.add(UriUtils.encode(secret, StandardCharsets.UTF_8));
		forms.add(json);
		forms.add(json.replace("/", "\\/"));
		return forms;
	}

	private static boolean isTheSameEverywhere(int character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || character == '-' || character == '_' || character == '.';
	}

}
