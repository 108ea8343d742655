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

package io.routekit.test;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares texts that may be JSON.
 */
final class JsonText {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private JsonText() {
	}

	/**
	 * Return whether two texts are the same, or the same JSON.
	 * @param one a text
	 * @param other a text
	 * @return whether they differ in white space and the order of members at most
	 */
	static boolean isSame(String one, String other) {
		if (one.equals(other)) {
			return true;
		}
		try {
			return mapper.readTree(one).equals(mapper.readTree(other));
		}
		catch (JacksonException ex) {
			// Texts
			return false;
		}
	}

}
