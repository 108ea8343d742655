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

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What the name of a model tells. Family and version come in either order, as in
 * {@code us.anthropic.claude-opus-4-6-v1:0}, {@code anthropic/claude-sonnet-5.5} and
 * {@code claude-3-7-sonnet-20250219}.
 *
 * @param family the family of the model, or an empty text if the name has none
 * @param version major and minor version as one number, or 0 if the name has none
 */
record ClaudeName(String family, int version) {

	// A date is no part of a version
	private static final String VERSION = "(\\d{1,2})(?!\\d)(?:[.-](\\d{1,2})(?!\\d))?";

	private static final Pattern NAME = Pattern
		.compile("claude-(?:([a-z]++)(?:-" + VERSION + ")?|" + VERSION + "(?:-([a-z]++))?)");

	/**
	 * Read a name.
	 * @param model the name, possibly with a prefix, a date and what a cloud adds
	 * @return what it tells, or {@code null} if it is none of Anthropic's
	 */
	static @Nullable ClaudeName of(String model) {
		Matcher name = NAME.matcher(model.toLowerCase(Locale.ROOT));
		if (!name.find()) {
			return null;
		}
		String family = (name.group(1) != null) ? name.group(1) : name.group(6);
		int version = (name.group(4) != null) ? version(name.group(4), name.group(5))
				: version(name.group(2), name.group(3));
		return new ClaudeName((family != null) ? family : "", version);
	}

	private static int version(@Nullable String major, @Nullable String minor) {
		return number(major) * 100 + number(minor);
	}

	private static int number(@Nullable String digits) {
		return (digits != null) ? Integer.parseInt(digits) : 0;
	}

}
