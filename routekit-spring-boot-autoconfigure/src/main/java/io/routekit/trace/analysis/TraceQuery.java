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

package io.routekit.trace.analysis;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.routekit.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * What to analyze of a trace, and how. Immutable.
 *
 * @param by what calls are grouped by: {@code model}, {@code provider}, {@code day} or
 * {@code tag:} and a key
 * @param from the first day in UTC, or {@code null} for any
 * @param to the last day in UTC, or {@code null} for any
 * @param model the model that must have answered, or {@code null} for any
 * @param tags tags that calls must have
 * @param top how many of the calls that cost the most to tell
 * @since 0.1.0
 */
public record TraceQuery(String by, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable String model,
		Map<String, String> tags, int top) {

	/**
	 * All calls by their model, and the ten that cost the most.
	 */
	public static final TraceQuery DEFAULT = new TraceQuery("model", null, null, null, Collections.emptyMap(), 10);

	private static final String TAG = "tag:";

	private static final int MAX_TOP = 1000;

	/**
	 * Create a new {@link TraceQuery} instance.
	 * @throws IllegalArgumentException if it makes no sense; the message tells why
	 */
	public TraceQuery {
		boolean tag = by.startsWith(TAG) && by.length() > TAG.length();
		if (!tag && !by.equals("model") && !by.equals("provider") && !by.equals("day")) {
			throw new IllegalArgumentException("'by' must be model, provider, day or tag:<key> but is '" + by + "'");
		}
		if (top < 0 || top > MAX_TOP) {
			throw new IllegalArgumentException("'top' must be from 0 to " + MAX_TOP + " but is " + top);
		}
		if (from != null && to != null && to.isBefore(from)) {
			throw new IllegalArgumentException("'to' must not be before 'from'");
		}
		tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
	}

	/**
	 * Return the keys of the tags that matter.
	 * @return the keys
	 */
	Set<String> tagKeys() {
		Set<String> keys = new HashSet<>(this.tags.keySet());
		if (this.by.startsWith(TAG)) {
			keys.add(this.by.substring(TAG.length()));
		}
		return keys;
	}

	boolean includes(TraceLine line) {
		LocalDate day = day(line);
		return (this.from == null || !day.isBefore(this.from)) && (this.to == null || !day.isAfter(this.to))
				&& (this.model == null || OneLine.ofName(this.model).equals(line.model()))
				&& this.tags.entrySet()
					.stream()
					.allMatch((tag) -> OneLine.ofName(tag.getValue()).equals(line.tags().get(tag.getKey())));
	}

	String group(TraceLine line) {
		return switch (this.by) {
			case "model" -> line.model();
			case "provider" -> line.provider();
			case "day" -> day(line).toString();
			default -> line.tags().getOrDefault(this.by.substring(TAG.length()), "none");
		};
	}

	private static LocalDate day(TraceLine line) {
		return LocalDate.ofInstant(line.time(), ZoneOffset.UTC);
	}

}
