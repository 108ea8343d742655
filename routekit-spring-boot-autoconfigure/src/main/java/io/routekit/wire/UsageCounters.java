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

package io.routekit.wire;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.routekit.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import org.springframework.util.Assert;

/**
 * The usage object of an answer, of which a stream can send several. Counters are
 * cumulative: the last one that is known counts.
 *
 * @since 0.1.0
 */
public final class UsageCounters {

	/**
	 * No count needs more characters, while longer numbers take long to read.
	 */
	private static final int MAX_LENGTH = 40;

	/**
	 * Far more than any provider reports. They are copied each time that the usage is
	 * told.
	 */
	private static final int MAX_MEMBERS = 1000;

	/**
	 * How large a list can be that is kept, in bytes of memory: each report of usage is
	 * priced, and the elements of a list have prices of their own.
	 */
	private static final int MAX_LIST_SIZE = 64 * 1024;

	private final Map<String, Object> raw = new LinkedHashMap<>();

	private final Predicate<String> zeroCounts;

	private final KeptSize kept;

	private int members;

	private boolean changed;

	private @Nullable String unreadable;

	/**
	 * Create a new {@link UsageCounters} instance for a format none of whose counters
	 * goes down to zero: some servers end with zeros, which tell nothing.
	 * @param kept the size of what is kept of the answer
	 */
	public UsageCounters(KeptSize kept) {
		this((name) -> false, kept);
	}

	/**
	 * Create a new {@link UsageCounters} instance.
	 * @param zeroCounts tells for which counters a zero takes the place of an earlier
	 * number, rather than being what a proxy says that does not know
	 * @param kept the size of what is kept of the answer
	 */
	public UsageCounters(Predicate<String> zeroCounts, KeptSize kept) {
		Assert.notNull(zeroCounts, "'zeroCounts' must not be null");
		Assert.notNull(kept, "'kept' must not be null");
		this.zeroCounts = zeroCounts;
		this.kept = kept;
	}

	/**
	 * Read a usage object and {@linkplain #add(Map) add} it.
	 * @param parser a parser that points at the object, or at what is none
	 * @throws io.routekit.ModelException if the answer is larger than it may be
	 */
	public void read(JsonParser parser) {
		add(this.kept.readObject(parser));
	}

	/**
	 * Add a usage object. Once there are 1,000 members, no new ones are kept, nor are
	 * lists that no provider reports.
	 * @param usage the members by name, or {@code null} if there are none
	 * @throws io.routekit.ModelException if the answer is larger than it may be
	 */
	public void add(@Nullable Map<String, @Nullable Object> usage) {
		if (usage != null) {
			this.changed = true;
			merge(this.raw, usage);
		}
	}

	/**
	 * Return whether a usage object was added since the last time.
	 * @return whether there is news
	 */
	public boolean takeChanged() {
		boolean changed = this.changed;
		this.changed = false;
		return changed;
	}

	private void merge(Map<String, Object> target, Map<?, ?> source) {
		for (Map.Entry<?, ?> member : source.entrySet()) {
			String name = (String) member.getKey();
			Object value = member.getValue();
			Object known = target.get(name);
			if (target == this.raw && UsageReader.MAIN.contains(name) && !isEmpty(value)) {
				checkNumber(name, known, value);
			}
			boolean tooLarge = value instanceof List<?> list && ValueReader.sizeOf(list) > MAX_LIST_SIZE;
			if (tooLarge || known == null && this.members == MAX_MEMBERS) {
				continue;
			}
			if (value instanceof Map<?, ?> object && (known == null || known instanceof Map<?, ?>)) {
				// What is known may have been told already
				Map<String, Object> merged = new LinkedHashMap<>();
				if (known instanceof Map<?, ?> knownObject) {
					knownObject.forEach((knownName, knownValue) -> merged.put((String) knownName, knownValue));
				}
				put(target, name, merged, known);
				merge(merged, object);
			}
			else if (takesThePlaceOf(known, value) && (known == null || !isZero(value) || this.zeroCounts.test(name))) {
				put(target, name, value, known);
				this.kept.replace(known, value);
			}
		}
	}

	// How much was used since the last number is not known, until there is another one
	private void checkNumber(String name, @Nullable Object known, Object value) {
		if (isNumber(known) && !isNumber(value)) {
			this.unreadable = name;
		}
		else if (name.equals(this.unreadable)) {
			this.unreadable = null;
		}
	}

	private void put(Map<String, Object> target, String name, Object value, @Nullable Object known) {
		target.put(name, value);
		if (known == null) {
			this.members++;
			this.kept.addObject(name.length());
		}
	}

	// What is absent, blank, empty or no number never erases what is known
	private static boolean takesThePlaceOf(@Nullable Object known, @Nullable Object value) {
		if (known instanceof Map<?, ?>) {
			return false;
		}
		if (isNumber(known)) {
			return isNumber(value);
		}
		return value != null && (known == null || !isEmpty(value));
	}

	private static boolean isEmpty(@Nullable Object value) {
		return value == null || (value instanceof String text && text.isBlank())
				|| (value instanceof List<?> list && list.isEmpty());
	}

	private static boolean isNumber(@Nullable Object value) {
		if (value instanceof Number number) {
			return number.doubleValue() >= 0;
		}
		return value instanceof String text && text.length() <= MAX_LENGTH && isNumber(text.strip());
	}

	private static boolean isNumber(String text) {
		int fraction = text.indexOf('.');
		boolean digits = text.chars()
			.allMatch((character) -> (character >= '0' && character <= '9') || character == '.');
		return digits && !text.isEmpty() && fraction != 0 && fraction == text.lastIndexOf('.');
	}

	private static boolean isZero(Object value) {
		Long count = toCount(value);
		return count != null && count == 0;
	}

	/**
	 * Return the usage as it is known by now.
	 * @return the usage, or {@code null} if nothing is known of it
	 */
	public @Nullable Usage toUsage() {
		Usage usage = UsageReader.read(this.raw);
		return (usage != null && usage.unreadable() == null && this.unreadable != null)
				? usage.mutate().unreadable(this.unreadable).build() : usage;
	}

	/**
	 * Return a member of the usage object.
	 * @param name the name of the member
	 * @return the member, or {@code null} if there is no such member
	 */
	public @Nullable Object get(String name) {
		return this.raw.get(name);
	}

	/**
	 * Read a counter, which some servers send as a text or with a fraction.
	 * @param value the value
	 * @return the counter, or {@code null} if the value is none
	 */
	public static @Nullable Long toCount(@Nullable Object value) {
		if (value instanceof Integer || value instanceof Long) {
			long count = ((Number) value).longValue();
			return (count >= 0) ? Long.valueOf(count) : null;
		}
		if (!(value instanceof Number || value instanceof String)) {
			return null;
		}
		String text = value.toString();
		if (text.length() > MAX_LENGTH) {
			return null;
		}
		try {
			long count = new BigDecimal(text.strip()).longValueExact();
			return (count >= 0) ? count : null;
		}
		catch (ArithmeticException | NumberFormatException ex) {
			return null;
		}
	}

}
