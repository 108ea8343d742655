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

package io.routekit.responses;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a model tells about it. The generations are compared as numbers, so
 * that those to come are known; a name that tells nothing is that of an older model.
 */
final class ModelName {

	private static final Pattern GENERATION = Pattern.compile("gpt-([0-9]{1,2})(?:\\.([0-9]{1,3}))?(?:-.*+)?");

	private static final Pattern SERIES = Pattern.compile("o[1-9][0-9]?(?:-.*+)?");

	private static final List<String> FAMILIES = List.of("gpt-", "codex-", "computer-use-");

	/**
	 * Parts of the names of models that have no other API, whatever their generation.
	 */
	private static final List<String> ALONE = List.of("-pro-", "-codex-", "-deep-research-", "-computer-use-",
			"-daybreak-", "-rosalind-");

	/**
	 * From which number on it is no generation: names without a dot, such as those of
	 * deployments, have 35 for 3.5.
	 */
	private static final int NO_GENERATION = 30;

	private final String name;

	private final int major;

	private final int minor;

	/**
	 * Create a new {@link ModelName} instance.
	 * @param name the name, possibly of a model that was fine-tuned, or with the vendor
	 * before it
	 */
	ModelName(String name) {
		this.name = baseName(name.toLowerCase(Locale.ROOT));
		Matcher generation = GENERATION.matcher(this.name);
		boolean known = generation.matches() && Integer.parseInt(generation.group(1)) < NO_GENERATION;
		this.major = known ? Integer.parseInt(generation.group(1)) : 0;
		this.minor = (known && generation.group(2) != null) ? Integer.parseInt(generation.group(2)) : 0;
	}

	private static String baseName(String name) {
		String base = name;
		if (base.startsWith("ft:")) {
			int end = base.indexOf(':', 3);
			base = base.substring(3, (end < 0) ? base.length() : end);
		}
		return base.substring(base.lastIndexOf('/') + 1);
	}

	/**
	 * Return whether OpenAI's model needs the Responses API to be called as it is meant.
	 * @return whether Chat Completions refuses its tools while it reasons, or all
	 * requests
	 */
	boolean needsResponses() {
		return isFrom(5, 4) || isAlone();
	}

	private boolean isAlone() {
		boolean family = isSeries() || FAMILIES.stream().anyMatch(this.name::startsWith);
		return family && ALONE.stream().anyMatch(("-" + this.name + "-")::contains);
	}

	private boolean isSeries() {
		return SERIES.matcher(this.name).matches();
	}

	/**
	 * Return whether the model is known to reason.
	 * @return whether it has reasoning that it wants back
	 */
	boolean isReasoning() {
		if (isFrom(5, 0)) {
			return !(this.name + "-").contains("-chat-");
		}
		return isSeries() || isAlone() || this.name.startsWith("gpt-oss") || this.name.startsWith("grok");
	}

	private boolean isFrom(int major, int minor) {
		return this.major > major || this.major == major && this.minor >= minor;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
