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

package io.routekit.wire;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.routekit.ModelException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the codes and types stand for that errors of a wire format have. Of those that are
 * not generic, the status does not matter; {@code INVALID_REQUEST} and {@code SERVER} are
 * generic. Immutable.
 *
 * @param kinds kinds of failures by code or type, in lower case
 * @since 0.1.0
 * @see Protocol#errorCodes()
 */
public record ErrorCodes(Map<String, Kind> kinds) {

	/**
	 * No code is known, so that the status decides.
	 */
	public static final ErrorCodes NONE = new ErrorCodes(Collections.emptyMap());

	public ErrorCodes {
		Assert.notNull(kinds, "'kinds' must not be null");
		Map<String, Kind> lowerCaseKinds = new HashMap<>();
		kinds.forEach((code, kind) -> lowerCaseKinds.put(code.toLowerCase(Locale.ROOT), kind));
		kinds = Map.copyOf(lowerCaseKinds);
	}

	/**
	 * Return these codes and others.
	 * @param others the others, which win over these
	 * @return the codes of both
	 */
	public ErrorCodes and(ErrorCodes others) {
		Assert.notNull(others, "'others' must not be null");
		Map<String, Kind> all = new HashMap<>(this.kinds);
		all.putAll(others.kinds);
		return new ErrorCodes(all);
	}

	/**
	 * Return the kind of failure that a code or a type stands for.
	 * @param code the code or type, in any case
	 * @return the kind, or {@code null} if the code is not known
	 */
	public @Nullable Kind kind(String code) {
		Assert.notNull(code, "'code' must not be null");
		return this.kinds.get(code.toLowerCase(Locale.ROOT));
	}

}
