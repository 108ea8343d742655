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

package io.routekit.observation.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.routekit.observation.BoundedTags;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of what is observed of calls.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit.observations")
public final class ObservationProperties {

	/**
	 * Keys of the tags of requests that become tags of meters and spans, at most 10. Each
	 * of them multiplies the number of time series by its values.
	 */
	private final List<String> tags = new ArrayList<>();

	/**
	 * Number of different sets of tags that meters of calls may have. In further ones,
	 * tags of requests and names of models that are neither configured nor in the price
	 * catalogue are '_OTHER'.
	 */
	private int maxTagSets = BoundedTags.DEFAULT_MAX_SETS;

	/**
	 * Whether to record prompts and answers in spans. They can be private.
	 */
	private boolean includeContent;

	private final Histogram histogram = new Histogram();

	public List<String> getTags() {
		return this.tags;
	}

	public int getMaxTagSets() {
		return this.maxTagSets;
	}

	public void setMaxTagSets(int maxTagSets) {
		this.maxTagSets = maxTagSets;
	}

	public boolean isIncludeContent() {
		return this.includeContent;
	}

	public void setIncludeContent(boolean includeContent) {
		this.includeContent = includeContent;
	}

	public Histogram getHistogram() {
		return this.histogram;
	}

	/**
	 * Histograms of durations and tokens.
	 */
	public static class Histogram {

		/**
		 * Whether durations, times to the first chunk and tokens are published in the
		 * buckets of OpenTelemetry's conventions.
		 */
		private boolean enabled;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

}
