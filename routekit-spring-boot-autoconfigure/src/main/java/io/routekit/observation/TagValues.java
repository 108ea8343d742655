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

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

import io.micrometer.common.KeyValue;
import io.routekit.OneLine;
import io.routekit.observation.ModelObservationDocumentation.LowCardinalityKeyNames;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The values that tags can have: of each key the first ones, and the names of models that
 * are known.
 */
final class TagValues {

	private static final int MAX_VALUES = 100;

	private static final int MAX_KEYS = 100;

	private static final int MAX_OWN_NAMES = 1000;

	private static final Set<String> MODELS = Set.of(LowCardinalityKeyNames.REQUEST_MODEL.asString(),
			LowCardinalityKeyNames.RESPONSE_MODEL.asString(), "routekit.model", "routekit.fallback.model");

	private static final Set<String> FIXED = Set.of(LowCardinalityKeyNames.OPERATION_NAME.asString(),
			LowCardinalityKeyNames.PROVIDER_NAME.asString(), LowCardinalityKeyNames.OUTCOME.asString(),
			LowCardinalityKeyNames.ERROR_TYPE.asString(), "routekit.ratelimit.type", "gen_ai.tool.type",
			"routekit.agent.stop");

	private static final Set<String> OWN = Set.of(LowCardinalityKeyNames.SERVER_ADDRESS.asString(),
			LowCardinalityKeyNames.SERVER_PORT.asString(), "gen_ai.agent.name", "gen_ai.tool.name");

	private final Predicate<String> configured;

	private final Function<String, @Nullable String> catalogued;

	private final BoundedSet<String> ownNames = new BoundedSet<>(MAX_OWN_NAMES);

	private final BoundedSet<String> snapshots = new BoundedSet<>(MAX_VALUES);

	private final Map<String, BoundedSet<String>> seen = new ConcurrentHashMap<>();

	TagValues(Predicate<String> configured, Function<String, @Nullable String> catalogued) {
		Assert.notNull(configured, "'configured' must not be null");
		Assert.notNull(catalogued, "'catalogued' must not be null");
		this.configured = configured;
		this.catalogued = catalogued;
	}

	/**
	 * Take the name of a model that is called for a configured one.
	 * @param name the name, or {@code null} if the model has none
	 */
	void addOwnName(@Nullable String name) {
		if (name != null && !this.ownNames.contains(name) && isFit(name)) {
			this.ownNames.admit(name);
		}
	}

	/**
	 * Return the value of a tag, in a set that differs from others by all of its tags.
	 * @param tag the tag
	 * @return the value, or {@value BoundedTags#OTHER}
	 */
	String first(KeyValue tag) {
		String value = tag.getValue();
		if (value.equals(KeyValue.NONE_VALUE) || value.equals(BoundedTags.OTHER)) {
			return value;
		}
		if (value.length() > OneLine.MAX_NAME_LENGTH) {
			return BoundedTags.OTHER;
		}
		BoundedSet<String> seen = seen(tag.getKey());
		if (seen.contains(value)) {
			return value;
		}
		return (isFit(value) && ((isModel(tag) && isKnown(value)) || seen.admit(value))) ? value : BoundedTags.OTHER;
	}

	/**
	 * Return the value of a tag of a call that has not ended. Its key may come later, and
	 * be the value: so it counts for nothing that a value was not seen before.
	 * @param tag the tag
	 * @return the value, or {@value BoundedTags#OTHER}
	 */
	String atStart(KeyValue tag) {
		String value = tag.getValue();
		BoundedSet<String> seen = this.seen.get(tag.getKey());
		boolean kept = value.equals(KeyValue.NONE_VALUE) || OWN.contains(tag.getKey())
				|| (seen != null && seen.contains(value));
		return kept ? value : known(tag);
	}

	/**
	 * Return the value of a tag, in a set that differs from others by names which are
	 * known.
	 * @param tag the tag
	 * @return the value, or {@value BoundedTags#OTHER}
	 */
	String known(KeyValue tag) {
		String value = configured(tag);
		return (value.equals(BoundedTags.OTHER) && isModel(tag) && isCatalogued(tag.getValue())) ? tag.getValue()
				: value;
	}

	/**
	 * Return the value of a tag, in a set that differs from others by names which are
	 * configured.
	 * @param tag the tag
	 * @return the value, or {@value BoundedTags#OTHER}
	 */
	String configured(KeyValue tag) {
		String value = tag.getValue();
		boolean kept = FIXED.contains(tag.getKey())
				|| (isModel(tag) && (value.equals(KeyValue.NONE_VALUE) || isConfigured(value)));
		return kept ? value : BoundedTags.OTHER;
	}

	private BoundedSet<String> seen(String key) {
		BoundedSet<String> seen = this.seen.get(key);
		if (seen != null) {
			return seen;
		}
		return this.seen.computeIfAbsent((this.seen.size() < MAX_KEYS) ? key : "",
				(absent) -> new BoundedSet<>(MAX_VALUES));
	}

	private boolean isKnown(String name) {
		return isConfigured(name) || isCatalogued(name);
	}

	private boolean isCatalogued(String name) {
		String listed = this.catalogued.apply(name);
		return listed != null && (listed.equals(name) || this.snapshots.admit(name));
	}

	private boolean isConfigured(String name) {
		return this.ownNames.contains(name) || this.configured.test(name);
	}

	private static boolean isModel(KeyValue tag) {
		return MODELS.contains(tag.getKey());
	}

	private static boolean isFit(String value) {
		return value.length() <= OneLine.MAX_NAME_LENGTH && OneLine.ofName(value).equals(value);
	}

}
