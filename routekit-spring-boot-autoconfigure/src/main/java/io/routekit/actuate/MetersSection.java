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

package io.routekit.actuate;

import io.routekit.observation.BoundedTags;
import io.routekit.observation.MeteringFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.util.Assert;

/**
 * Shows the bounds of the meters of calls.
 *
 * @since 0.1.0
 */
@RegisterReflectionForBinding(MetersSection.MetersDescriptor.class)
public final class MetersSection implements EndpointSection {

	private final BoundedTags tags;

	private final MeteringFilter metering;

	/**
	 * Create a new {@link MetersSection} instance.
	 * @param tags bounds the tags of the meters
	 * @param metering tells whether calls are observed
	 */
	public MetersSection(BoundedTags tags, MeteringFilter metering) {
		Assert.notNull(tags, "'tags' must not be null");
		Assert.notNull(metering, "'metering' must not be null");
		this.tags = tags;
		this.metering = metering;
	}

	@Override
	public String name() {
		return "meters";
	}

	@Override
	public @Nullable MetersDescriptor describe() {
		return this.metering.isObserving() ? new MetersDescriptor(this.tags.sets(), this.tags.maxSets()) : null;
	}

	/**
	 * Description of the meters of calls.
	 *
	 * @param tagSets the number of sets of tags that were kept as they are so far
	 * @param maxTagSets how many are kept as they are
	 */
	record MetersDescriptor(int tagSets, int maxTagSets) {

	}

}
