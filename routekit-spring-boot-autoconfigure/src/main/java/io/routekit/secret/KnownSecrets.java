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

import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The secrets that are in use: those that are configured, and of those that are supplied
 * the ones that were used last. Thread-safe.
 */
final class KnownSecrets {

	private static final int MAX_SUPPLIED_CHARACTERS = 10_000_000;

	private final SecretIndex index = new SecretIndex();

	private final Set<String> configured = new HashSet<>();

	// In the order in which they were used
	private final Map<String, Boolean> supplied = new LinkedHashMap<>(16, 0.75f, true);

	private long suppliedCharacters;

	synchronized void add(String secret) {
		if (this.configured.add(secret)) {
			SecretForms.of(secret).forEach(this.index::add);
		}
	}

	synchronized void addSupplied(String secret) {
		if (this.supplied.put(secret, true) == null) {
			this.suppliedCharacters += secret.length();
			SecretForms.of(secret).forEach(this.index::add);
			forgetOldest();
		}
	}

	private void forgetOldest() {
		Iterator<String> oldest = this.supplied.keySet().iterator();
		while (this.supplied.size() > 1 && isTooMuch()) {
			String secret = oldest.next();
			oldest.remove();
			this.suppliedCharacters -= secret.length();
			SecretForms.of(secret).forEach(this.index::remove);
		}
	}

	private boolean isTooMuch() {
		return this.supplied.size() > SecretRedactor.MAX_SUPPLIED || this.suppliedCharacters > MAX_SUPPLIED_CHARACTERS;
	}

	BitSet find(CharSequence text) {
		return this.index.find(text);
	}

}
