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
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A value in a catalogue that knows where it is, so that a failure can tell. Numbers may
 * be numbers or texts.
 *
 * @param parent the value that this one is in, or {@code null} for the document
 * @param step what leads from there to this one, such as {@code .input} or {@code [0]}
 * @param value the value, or {@code null} if it is absent
 */
record CatalogueNode(@Nullable CatalogueNode parent, String step, @Nullable Object value) {

	/**
	 * More digits would make the arithmetic slow, and no price has them.
	 */
	private static final int MAX_DIGITS = 30;

	static CatalogueNode document(Object value) {
		return new CatalogueNode(null, "", value);
	}

	// Put together when it is needed only, since a catalogue has thousands of values
	private String path() {
		String path = (this.parent != null) ? this.parent.path() + this.step : this.step;
		return path.startsWith(".") ? path.substring(1) : path;
	}

	boolean isPresent() {
		return this.value != null;
	}

	boolean isObject() {
		return this.value instanceof Map;
	}

	boolean has(String name) {
		return child(name).isPresent();
	}

	CatalogueNode child(String name) {
		return new CatalogueNode(this, "." + name, object().get(name));
	}

	Map<?, ?> object() {
		if (this.value == null) {
			return Collections.emptyMap();
		}
		if (this.value instanceof Map<?, ?> object) {
			return object;
		}
		throw invalid("must have members but was '%s'".formatted(this.value));
	}

	private List<?> list() {
		if (this.value == null) {
			return Collections.emptyList();
		}
		if (this.value instanceof List<?> list) {
			return list;
		}
		// Which properties are bound to if the type of the list is not known
		if (this.value instanceof Map<?, ?> map && map.containsKey("0")) {
			return map.entrySet()
				.stream()
				.sorted(Comparator.comparing((entry) -> Integer.valueOf(entry.getKey().toString())))
				.map(Map.Entry::getValue)
				.toList();
		}
		throw invalid("must be a list but was '%s'".formatted(this.value));
	}

	List<CatalogueNode> children() {
		List<CatalogueNode> children = new ArrayList<>();
		for (Object element : list()) {
			children.add(new CatalogueNode(this, "[" + children.size() + "]", element));
		}
		return children;
	}

	void checkNames(Set<String> known) {
		for (Object name : object().keySet()) {
			if (!known.contains(String.valueOf(name))) {
				throw child(String.valueOf(name))
					.invalid("is unknown, known are " + String.join(", ", known.stream().sorted().toList()));
			}
		}
	}

	String text() {
		String text = (this.value instanceof String || this.value instanceof Number) ? this.value.toString().strip()
				: "";
		if (text.isEmpty()) {
			throw invalid((this.value != null) ? "must be a text but was '%s'".formatted(this.value) : "is missing");
		}
		return text;
	}

	@Nullable String optionalText() {
		return isPresent() ? text() : null;
	}

	@Nullable BigDecimal rate() {
		if (this.value == null) {
			return null;
		}
		try {
			BigDecimal number = new BigDecimal(text());
			Assert.isTrue(number.signum() >= 0, "negative");
			Assert.isTrue(number.precision() <= MAX_DIGITS && Math.abs(number.scale()) <= MAX_DIGITS, "too long");
			return number;
		}
		catch (IllegalArgumentException ex) {
			throw invalid("must be a number of at least 0 but was '%s'".formatted(this.value));
		}
	}

	@Nullable Long count() {
		BigDecimal number = rate();
		try {
			return (number != null) ? number.longValueExact() : null;
		}
		catch (ArithmeticException ex) {
			throw invalid("must be a whole number but was '%s'".formatted(this.value));
		}
	}

	@Nullable Boolean flag() {
		if (this.value == null) {
			return null;
		}
		return switch (this.value.toString()) {
			case "true" -> true;
			case "false" -> false;
			default -> throw invalid("must be true or false but was '%s'".formatted(this.value));
		};
	}

	@Nullable LocalDate date() {
		if (this.value == null) {
			return null;
		}
		try {
			return LocalDate.parse(this.value.toString());
		}
		catch (DateTimeException ex) {
			throw invalid("must be a date such as 2026-11-23 but was '%s'".formatted(this.value));
		}
	}

	/**
	 * Return what the text of each element of this list says.
	 * @param <T> the type of what they say
	 * @param parser returns it, or throws an {@link IllegalArgumentException}
	 * @return the list
	 */
	<T> List<T> parsed(Function<String, T> parser) {
		return children().stream().map((child) -> child.parse(parser)).toList();
	}

	private <T> T parse(Function<String, T> parser) {
		String text = text();
		try {
			return parser.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(String.valueOf(ex.getMessage()));
		}
	}

	IllegalArgumentException invalid(String problem) {
		String path = path();
		return new IllegalArgumentException(path.isEmpty() ? problem : path + " " + problem);
	}

}
