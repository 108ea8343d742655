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

package io.routekit.cost;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Origin of a model by its id.
 */
final class ModelId {

	private static final String FINE_TUNED = "ft:";

	private ModelId() {
	}

	/**
	 * Return the models that a model comes from by its id.
	 * @param id the id
	 * @return the ids of the one that it was tuned from and the one that it is a snapshot
	 * of, if any
	 */
	static List<String> origins(String id) {
		return Stream.of(base(id), withoutDate(id)).filter(Objects::nonNull).toList();
	}

	/**
	 * Return the model that a model was tuned from.
	 * @param id the id, such as {@code ft:gpt-4.1:acme::x}
	 * @return the id of its base, such as {@code ft:gpt-4.1}, or {@code null} if it was
	 * not tuned
	 */
	private static @Nullable String base(String id) {
		int end = id.startsWith(FINE_TUNED) ? id.indexOf(':', FINE_TUNED.length()) : -1;
		return (end > FINE_TUNED.length()) ? id.substring(0, end) : null;
	}

	/**
	 * Return the id of a model without the date at its end.
	 * @param id the id, such as {@code gpt-5-2025-08-07} or {@code claude-x-20250807}
	 * @return the id without it, or {@code null} if there is no date
	 */
	static @Nullable String withoutDate(String id) {
		for (String date : new String[] { "-dddd-dd-dd", "-dddddddd" }) {
			int start = id.length() - date.length();
			if (start > 0 && isLike(date, id, start)) {
				return id.substring(0, start);
			}
		}
		return null;
	}

	private static boolean isLike(String date, String id, int start) {
		for (int i = 0; i < date.length(); i++) {
			char character = id.charAt(start + i);
			boolean digit = character >= '0' && character <= '9';
			if ((date.charAt(i) == 'd') ? !digit : character != '-') {
				return false;
			}
		}
		return true;
	}

}
