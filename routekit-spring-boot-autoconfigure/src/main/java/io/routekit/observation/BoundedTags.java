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

package io.routekit.observation;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Bounds the tags of meters, and what calls are added up by. Names of models and values
 * of tags come from callers and servers, which can send any number of them of any length,
 * while meters are kept for ever.
 * <ul>
 * <li>A value with more than 256 characters, or that does not fit in one line, is
 * {@value #OTHER}.</li>
 * <li>Of each key the first 100 values are kept; further ones are {@value #OTHER}. Names
 * of models that are configured or in the price catalogue are kept anyway, and are not
 * counted. Snapshots of models in the catalogue, whose names end with a date, are counted
 * apart.</li>
 * <li>Once there are too many sets of tags, further ones have {@value #OTHER} for tags of
 * requests, for servers, and for names of models that are not known. Once there are too
 * many of these as well, only the names of models that are configured are kept. A warning
 * tells of the first set.</li>
 * <li>At the start of a call, whose key may not be known yet, a value is only kept if a
 * call has ended with it, or if it is the name of a model that is configured or in the
 * price catalogue.</li>
 * </ul>
 * Thread-safe. No lock is taken for tags that are known.
 *
 * @since 0.1.0
 */
public final class BoundedTags {

	/**
	 * The value in place of those that are too many or unfit.
	 */
	public static final String OTHER = "_OTHER";

	/**
	 * How many sets of tags are too many by default.
	 */
	public static final int DEFAULT_MAX_SETS = 1000;

	private static final Log logger = LogFactory.getLog(BoundedTags.class);

	private final int maxSets;

	private final TagValues values;

	private final BoundedSet<KeyValues> sets;

	private final BoundedSet<KeyValues> setsOfKnownNames;

	private final AtomicBoolean warned;

	/**
	 * Create a new {@link BoundedTags} instance for {@value #DEFAULT_MAX_SETS} sets of
	 * tags, which knows the names of models that are called.
	 */
	public BoundedTags() {
		this(DEFAULT_MAX_SETS, (name) -> false, (name) -> null);
	}

	/**
	 * Create a new {@link BoundedTags} instance.
	 * @param maxSets the number of sets of tags that are kept as they are
	 * @param configured tells of a name whether a model that is configured has it, beside
	 * those that are called; asked when a name is new
	 * @param catalogued gives the name in the price catalogue that a name is or, as that
	 * of a snapshot, belongs to, or {@code null} if there is none; asked when a name is
	 * new
	 */
	public BoundedTags(int maxSets, Predicate<String> configured, Function<String, @Nullable String> catalogued) {
		this(maxSets, new TagValues(configured, catalogued), new AtomicBoolean());
	}

	private BoundedTags(int maxSets, TagValues values, AtomicBoolean warned) {
		Assert.isTrue(maxSets > 0, "'maxSets' must be positive");
		this.maxSets = maxSets;
		this.values = values;
		this.warned = warned;
		this.sets = new BoundedSet<>(maxSets);
		this.setsOfKnownNames = new BoundedSet<>(maxSets);
	}

	/**
	 * Return an instance that has the same values but counts sets of its own.
	 * @return the other instance
	 */
	BoundedTags withOwnSets() {
		return new BoundedTags(this.maxSets, this.values, this.warned);
	}

	/**
	 * Return the number of sets of tags that are kept as they are.
	 * @return the number
	 */
	public int maxSets() {
		return this.maxSets;
	}

	/**
	 * Return the number of sets of tags so far, without those that came when there were
	 * too many.
	 * @return the number
	 */
	public int sets() {
		return this.sets.size();
	}

	/**
	 * Return tags as meters may have them.
	 * @param tags the tags
	 * @return the tags, of which some may be {@value #OTHER}
	 */
	public KeyValues bound(KeyValues tags) {
		return bound(tags, null);
	}

	/**
	 * Return tags as meters may have them.
	 * @param tags the tags
	 * @param model the name of the model that is called, or {@code null} if it has none
	 * @return the tags, of which some may be {@value #OTHER}
	 */
	KeyValues bound(KeyValues tags, @Nullable String model) {
		if (this.sets.contains(tags) || this.setsOfKnownNames.contains(tags)) {
			return tags;
		}
		this.values.addOwnName(model);
		KeyValues first = map(tags, this.values::first);
		if (this.sets.admit(first)) {
			return first;
		}
		warnOnce();
		KeyValues known = map(first, this.values::known);
		return this.setsOfKnownNames.admit(known) ? known : map(first, this.values::configured);
	}

	/**
	 * Return tags as meters may have them before a call has ended.
	 * @param tags the tags
	 * @param model the name of the model that is called, or {@code null} if it has none
	 * @return the tags, of which some may be {@value #OTHER}
	 */
	KeyValues boundAtStart(KeyValues tags, @Nullable String model) {
		if (this.sets.contains(tags)) {
			return tags;
		}
		this.values.addOwnName(model);
		return bound(map(tags, this.values::atStart), model);
	}

	/**
	 * Return the value of a tag as meters may have it before a call has ended.
	 * @param tag the tag
	 * @param model the name of the model that is called, or {@code null} if it has none
	 * @return the value, or {@value #OTHER}
	 */
	String valueAtStart(KeyValue tag, @Nullable String model) {
		this.values.addOwnName(model);
		return this.values.atStart(tag);
	}

	/**
	 * Return the value of a tag as meters may have it.
	 * @param tag the tag
	 * @param model the name of the model that is called, or {@code null} if it has none
	 * @return the value, or {@value #OTHER}
	 */
	String value(KeyValue tag, @Nullable String model) {
		this.values.addOwnName(model);
		return this.values.first(tag);
	}

	private static KeyValues map(KeyValues tags, Function<KeyValue, String> value) {
		return KeyValues.of(tags, KeyValue::getKey, value);
	}

	private void warnOnce() {
		if (!this.warned.get() && this.warned.compareAndSet(false, true)) {
			logger.warn(("There are more than %d sets of tags of calls: in further ones, tags of requests and names of "
					+ "models that are not known are %s. 'routekit.observations.max-tag-sets' sets the number")
				.formatted(this.maxSets, OTHER));
		}
	}

}
