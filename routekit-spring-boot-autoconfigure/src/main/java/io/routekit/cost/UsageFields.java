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
import java.util.Map;

import io.routekit.wire.UsageCounters;
import org.jspecify.annotations.Nullable;

/**
 * Lenient access to what a usage object tells beside its tokens: what is missing, or is
 * not what it should be, tells nothing.
 *
 * @param fields the members of the object
 */
record UsageFields(Map<?, ?> fields) {

	/**
	 * Arithmetic with more digits than that would take the time and the memory of the
	 * caller.
	 */
	private static final int MAX_DIGITS = 100;

	UsageFields object(String name) {
		return new UsageFields((this.fields.get(name) instanceof Map<?, ?> object) ? object : Collections.emptyMap());
	}

	long count(String name) {
		Long count = UsageCounters.toCount(this.fields.get(name));
		return (count != null) ? count : 0;
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
