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

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The tiers of service.
 */
enum Tier {

	STANDARD, BATCH, FLEX, PRIORITY, ULTRAFAST;

	/**
	 * The tiers that have a price of their own, by their names in catalogues.
	 */
	static final Map<String, Tier> BY_KEY = Arrays.stream(values())
		.filter((tier) -> tier != STANDARD)
		.collect(Collectors.toUnmodifiableMap(Tier::key, Function.identity()));

	/**
	 * Return the name of the tier in catalogues.
	 * @return the name
	 */
	String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the tier by the name that a provider has for it.
	 * @param served the name of the tier that served a call, or {@code null} if the
	 * provider did not tell
	 * @return the tier, or {@code null} if no price can be known for it
	 */
	static @Nullable Tier of(@Nullable String served) {
		return switch ((served != null) ? served.toLowerCase(Locale.ROOT) : "") {
			case "", "default", "auto", "standard", "scale", "on_demand" -> STANDARD;
			case "batch" -> BATCH;
			case "flex" -> FLEX;
			case "priority", "fast" -> PRIORITY;
			case "ultrafast" -> ULTRAFAST;
			default -> null;
		};
	}

}
