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

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * What the models of a generation take. A version that is newer than the ones listed
 * takes what the newest of its family does.
 *
 * @param family the family of the models
 * @param version the first version of the generation: major and minor as one number
 * @param off the type of {@code thinking} that turns thinking off, or {@code null} if it
 * is always on
 * @param budget whether thinking may have a budget
 * @param forcedTools whether a tool call can be forced
 */
record Generation(String family, int version, @Nullable String off, boolean budget, boolean forcedTools) {

	private static final String DISABLED = "disabled";

	/**
	 * The generations that differ from the first ones, the newest of a family first.
	 */
	private static final List<Generation> ALL = List.of(new Generation("opus", 505, null, false, false),
			new Generation("sonnet", 505, "between_tools", false, false),
			new Generation("haiku", 505, DISABLED, false, true), new Generation("fable", 501, null, false, false),
			new Generation("fable", 500, null, false, true), new Generation("mythos", 501, null, false, false),
			new Generation("mythos", 500, null, false, true));

	private static final Generation FIRST = new Generation("", 0, DISABLED, true, true);

	/**
	 * Return the generation of a model.
	 * @param model the name of the model, possibly with a prefix and a date
	 * @return the generation; the first one for a name that says nothing
	 */
	static Generation of(@Nullable String model) {
		String name = (model != null) ? model.toLowerCase(Locale.ROOT).replace('.', '-') : "";
		return ALL.stream()
			.filter((generation) -> versionOf(generation.family, name) >= generation.version)
			.findFirst()
			.orElse(FIRST);
	}

	private static int versionOf(String family, String name) {
		String prefix = "claude-" + family + "-";
		int start = name.indexOf(prefix);
		if (start < 0) {
			return -1;
		}
		// What follows '@' or ':' is how a cloud or a gateway serves it
		String served = name.substring(start + prefix.length()).replace('@', ':');
		String own = StringUtils.delimitedListToStringArray(served, ":")[0];
		String[] numbers = StringUtils.delimitedListToStringArray(own, "-");
		int major = number(numbers[0]);
		return (major < 0) ? -1 : major * 100 + Math.max((numbers.length > 1) ? number(numbers[1]) : 0, 0);
	}

	// A date is no part of a version
	private static int number(String text) {
		boolean number = !text.isEmpty() && text.length() <= 2 && text.chars().allMatch((c) -> c >= '0' && c <= '9');
		return number ? Integer.parseInt(text) : -1;
	}

}
