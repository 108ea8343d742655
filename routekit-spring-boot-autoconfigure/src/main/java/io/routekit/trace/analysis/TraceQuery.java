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
import java.util.Objects;
import java.util.Set;

import io.routekit.OneLine;
import io.routekit.trace.analysis.TraceLine.Type;
import org.jspecify.annotations.Nullable;

/**
 * Selection of the calls of a trace to analyze, and of how to group them. Immutable.
 *
 * @since 0.1.0
 */
public final class TraceQuery {

	private static final String TAG = "tag:";

	private static final String NONE = "none";

	private static final Set<String> GROUPS = Set.of("model", "provider", "day", "run", "agent", "tool");

	private static final int MAX_TOP = 1000;

	/**
	 * All calls by their model, and the ten that cost the most.
	 */
	public static final TraceQuery DEFAULT = builder().build();

	private final String by;

	private final @Nullable LocalDate from;

	private final @Nullable LocalDate to;

	private final @Nullable String model;

	private final @Nullable String run;

	private final Map<String, String> tags;

	private final int top;

	private TraceQuery(Builder builder) {
		Check.isTrue(isGroup(builder.by),
				() -> "'by' must be model, provider, day, run, agent, tool or tag:<key> but is '" + builder.by + "'");
		Check.isTrue(builder.top >= 0 && builder.top <= MAX_TOP,
				() -> "'top' must be from 0 to " + MAX_TOP + " but is " + builder.top);
		Check.isTrue(builder.from == null || builder.to == null || !builder.to.isBefore(builder.from),
				() -> "'to' must not be before 'from'");
		this.by = builder.by;
		this.from = builder.from;
		this.to = builder.to;
		this.model = builder.model;
		this.run = builder.run;
		this.tags = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tags));
		this.top = builder.top;
	}

	private static boolean isGroup(String by) {
		return GROUPS.contains(by) || by.startsWith(TAG) && by.length() > TAG.length();
	}

	/**
	 * Return what calls are grouped by.
	 * @return {@code model}, {@code provider}, {@code day}, {@code run}, {@code agent},
	 * {@code tool} or {@code tag:} and a key
	 */
	public String by() {
		return this.by;
	}

	/**
	 * Return the first day.
	 * @return the day in UTC, or {@code null} for any
	 */
	public @Nullable LocalDate from() {
		return this.from;
	}

	/**
	 * Return the last day.
	 * @return the day in UTC, or {@code null} for any
	 */
	public @Nullable LocalDate to() {
		return this.to;
	}

	/**
	 * Return the model that must have answered.
	 * @return the name, or {@code null} for any
	 */
	public @Nullable String model() {
		return this.model;
	}

	/**
	 * Return the run that calls must be part of.
	 * @return the id of the run of an agent, or {@code null} for any or none
	 */
	public @Nullable String run() {
		return this.run;
	}

	/**
	 * Return tags that calls must have.
	 * @return values by key, unmodifiable
	 */
	public Map<String, String> tags() {
		return this.tags;
	}

	/**
	 * Return how many of the calls that cost the most to tell.
	 * @return the number
	 */
	public int top() {
		return this.top;
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
				&& (this.run == null || OneLine.ofName(this.run).equals(line.part().run()))
				&& this.tags.entrySet()
					.stream()
					.allMatch((tag) -> OneLine.ofName(tag.getValue()).equals(line.tags().get(tag.getKey())));
	}

	/**
	 * Return the group of a line.
	 * @param line the line
	 * @return the name, or {@code null} if the line is in none
	 */
	@Nullable String group(TraceLine line) {
		return switch (this.by) {
			case "model" -> (line.type() == Type.CALL) ? line.model() : null;
			case "provider" -> (line.type() == Type.CALL) ? line.provider() : null;
			case "day" -> day(line).toString();
			case "run" -> orNone(line.part().run());
			case "agent" -> orNone(line.part().agent());
			case "tool" -> (line.type() == Type.TOOL) ? orNone(line.part().tool()) : null;
			default -> orNone(line.tags().get(this.by.substring(TAG.length())));
		};
	}

	private static String orNone(@Nullable String name) {
		return (name != null) ? name : NONE;
	}

	private static LocalDate day(TraceLine line) {
		return LocalDate.ofInstant(line.time(), ZoneOffset.UTC);
	}

	/**
	 * Return a new builder, which begins with the {@linkplain #DEFAULT default}.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a new builder with the content of this query.
	 * @return the builder
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof TraceQuery other && this.by.equals(other.by) && Objects.equals(this.from, other.from)
				&& Objects.equals(this.to, other.to) && Objects.equals(this.model, other.model)
				&& Objects.equals(this.run, other.run) && this.tags.equals(other.tags) && this.top == other.top;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.by, this.from, this.to, this.model, this.run, this.tags, this.top);
	}

	@Override
	public String toString() {
		return "TraceQuery[by=%s, from=%s, to=%s, model=%s, run=%s, tags=%s, top=%s]".formatted(this.by, this.from,
				this.to, this.model, this.run, this.tags, this.top);
	}

	/**
	 * Builder for {@link TraceQuery}.
	 */
	public static final class Builder {

		private String by = "model";

		private @Nullable LocalDate from;

		private @Nullable LocalDate to;

		private @Nullable String model;

		private @Nullable String run;

		private Map<String, String> tags = Collections.emptyMap();

		private int top = 10;

		private Builder() {
		}

		private Builder(TraceQuery query) {
			this.by = query.by;
			this.from = query.from;
			this.to = query.to;
			this.model = query.model;
			this.run = query.run;
			this.tags = query.tags;
			this.top = query.top;
		}

		/**
		 * Set what calls are grouped by.
		 * @param by {@code model}, {@code provider}, {@code day}, {@code run},
		 * {@code agent}, {@code tool} or {@code tag:} and a key
		 * @return this builder
		 */
		public Builder by(String by) {
			Check.notNull(by, "'by' must not be null");
			this.by = by;
			return this;
		}

		/**
		 * Set the first day.
		 * @param from the day in UTC, or {@code null} for any
		 * @return this builder
		 */
		public Builder from(@Nullable LocalDate from) {
			this.from = from;
			return this;
		}

		/**
		 * Set the last day.
		 * @param to the day in UTC, or {@code null} for any
		 * @return this builder
		 */
		public Builder to(@Nullable LocalDate to) {
			this.to = to;
			return this;
		}

		/**
		 * Set the model that must have answered.
		 * @param model the name, or {@code null} for any
		 * @return this builder
		 */
		public Builder model(@Nullable String model) {
			this.model = model;
			return this;
		}

		/**
		 * Set the run of an agent that calls must be part of.
		 * @param run the id of the run, or {@code null} for any or none
		 * @return this builder
		 */
		public Builder run(@Nullable String run) {
			this.run = run;
			return this;
		}

		/**
		 * Set tags that calls must have.
		 * @param tags values by key
		 * @return this builder
		 */
		public Builder tags(Map<String, String> tags) {
			Check.notNull(tags, "'tags' must not be null");
			this.tags = tags;
			return this;
		}

		/**
		 * Set how many of the calls that cost the most to tell.
		 * @param top the number
		 * @return this builder
		 */
		public Builder top(int top) {
			this.top = top;
			return this;
		}

		/**
		 * Build the query.
		 * @return the query
		 * @throws IllegalArgumentException if it makes no sense; the message tells why
		 */
		public TraceQuery build() {
			return new TraceQuery(this);
		}

	}

}
