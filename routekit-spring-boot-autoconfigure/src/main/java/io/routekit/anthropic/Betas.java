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

package io.routekit.anthropic;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import org.springframework.util.StringUtils;

/**
 * The beta features that requests ask for, each of them once.
 */
final class Betas {

	/**
	 * The header that names them.
	 */
	static final String HEADER = "anthropic-beta";

	private final Set<String> names = new LinkedHashSet<>();

	/**
	 * Add features.
	 * @param value a text with names separated by commas, or a collection of such texts
	 * @throws IllegalArgumentException if the value is something else
	 */
	void add(Object value) {
		if (value instanceof Collection<?> values) {
			values.forEach(this::add);
		}
		else if (value instanceof String text) {
			for (String name : StringUtils.tokenizeToStringArray(text, ",")) {
				addName(name);
			}
		}
		else {
			throw new IllegalArgumentException("A beta feature must be named by a text");
		}
	}

	private void addName(String name) {
		if (!name.chars().allMatch((character) -> character > ' ' && character < 0x7F)) {
			throw new IllegalArgumentException("The name of a beta feature must consist of printable ASCII characters");
		}
		this.names.add(name);
	}

	Betas copy() {
		Betas copy = new Betas();
		copy.names.addAll(this.names);
		return copy;
	}

	boolean isEmpty() {
		return this.names.isEmpty();
	}

	/**
	 * Return the value of the {@link #HEADER}.
	 */
	@Override
	public String toString() {
		return String.join(",", this.names);
	}

}
