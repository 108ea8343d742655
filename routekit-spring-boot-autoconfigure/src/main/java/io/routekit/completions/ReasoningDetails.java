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

package io.routekit.completions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.routekit.wire.KeptSize;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The {@code reasoning_details} of OpenRouter. A stream cuts a detail into fragments, but
 * wants it back in one piece: its signature is valid for the whole only.
 */
final class ReasoningDetails {

	private final KeptSize kept;

	private final List<Object> details = new ArrayList<>();

	ReasoningDetails(KeptSize kept) {
		this.kept = kept;
	}

	/**
	 * Read the details of a payload, of which only the first can continue a detail of the
	 * payload before.
	 * @param parser a parser that points at the value
	 */
	void read(JsonParser parser) {
		if (!(this.kept.readValue(parser) instanceof List<?> list)) {
			return;
		}
		Object last = this.details.isEmpty() ? null : this.details.get(this.details.size() - 1);
		for (int i = 0; i < list.size(); i++) {
			Object next = list.get(i);
			if (i == 0 && next instanceof Map<?, ?> fields && last instanceof Detail detail
					&& detail.isContinuedBy(fields)) {
				detail.append(fields, this.kept);
			}
			else if (next != null) {
				this.kept.addValue(next);
				this.details.add((next instanceof Map<?, ?> fields) ? new Detail(fields) : next);
			}
		}
	}

	boolean isEmpty() {
		return this.details.isEmpty();
	}

	List<Object> toList() {
		List<Object> list = new ArrayList<>();
		this.details.forEach((detail) -> list.add((detail instanceof Detail open) ? open.toFields() : detail));
		return list;
	}

	/**
	 * A detail of which more may come.
	 */
	private static final class Detail {

		private final Map<String, Object> fields = new LinkedHashMap<>();

		private final @Nullable String textField;

		private final StringBuilder text = new StringBuilder();

		Detail(Map<?, ?> fields) {
			this.textField = textField(fields.get("type"));
			fields.forEach((name, value) -> add((String) name, value));
		}

		private static @Nullable String textField(@Nullable Object type) {
			if ("reasoning.text".equals(type)) {
				return "text";
			}
			return "reasoning.summary".equals(type) ? "summary" : null;
		}

		// The index alone does not tell: streams give several details the same one
		boolean isContinuedBy(Map<?, ?> next) {
			return this.textField != null && Objects.equals(this.fields.get("type"), next.get("type"))
					&& Objects.equals(next.get("index"), this.fields.get("index"))
					&& (next.get("id") == null || next.get("id").equals(this.fields.get("id")))
					&& this.fields.get("signature") == null;
		}

		void append(Map<?, ?> next, KeptSize kept) {
			next.forEach((name, value) -> {
				if (add((String) name, value)) {
					kept.addValue(Map.of(name, value));
				}
				else if (name.equals(this.textField) && value instanceof String piece) {
					kept.addText(piece.length());
				}
			});
		}

		// Add a member, and return whether there was no such member
		private boolean add(String name, @Nullable Object value) {
			if (name.equals(this.textField) && value instanceof String piece) {
				this.text.append(piece);
			}
			return value != null && this.fields.putIfAbsent(name, value) == null;
		}

		Map<String, Object> toFields() {
			if (this.textField != null && !this.text.isEmpty()) {
				this.fields.put(this.textField, this.text.toString());
			}
			return this.fields;
		}

	}

}
