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

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Lenient access to a usage object as a provider sent it: what is missing, or is not what
 * it should be, counts nothing.
 *
 * @param fields the members of the object
 */
record UsageFields(Map<?, ?> fields) {

	/**
	 * Far beyond any context window, so that sums of it cannot overflow.
	 */
	private static final BigDecimal MAX_COUNT = BigDecimal.valueOf(1_000_000_000_000L);

	/**
	 * Arithmetic with more digits than that would take the time and the memory of the
	 * caller.
	 */
	private static final int MAX_DIGITS = 100;

	boolean has(String name) {
		return this.fields.get(name) != null;
	}

	UsageFields object(String name) {
		return new UsageFields((this.fields.get(name) instanceof Map<?, ?> object) ? object : Collections.emptyMap());
	}

	List<UsageFields> objects(String name) {
		if (!(this.fields.get(name) instanceof List<?> list)) {
			return Collections.emptyList();
		}
		return list.stream()
			.filter(Map.class::isInstance)
			.map((object) -> new UsageFields((Map<?, ?>) object))
			.toList();
	}

	long count(String name) {
		if (this.fields.get(name) instanceof Integer count) {
			return Math.max(0, count);
		}
		BigDecimal number = number(name);
		return (number != null && number.signum() > 0) ? number.min(MAX_COUNT).longValue() : 0;
	}

	long count(String name, String alternative) {
		return has(name) ? count(name) : count(alternative);
	}

	@Nullable BigDecimal number(String name) {
		Object value = this.fields.get(name);
		if (value instanceof Number || value instanceof String) {
			String text = value.toString().strip();
			if (text.length() > MAX_DIGITS) {
				return null;
			}
			try {
				BigDecimal number = new BigDecimal(text);
				return (number.scale() >= -MAX_DIGITS && number.scale() <= MAX_DIGITS) ? number : null;
			}
			catch (NumberFormatException ex) {
				return null;
			}
		}
		return null;
	}

	String text(String name) {
		return (this.fields.get(name) instanceof String text) ? text : "";
	}

}
