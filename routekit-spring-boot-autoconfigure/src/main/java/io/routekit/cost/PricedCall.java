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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What the price of a call depends on besides its usage.
 *
 * @param provider the name of the provider in the price list
 * @param model the name of the model that answered
 * @param variant the variant of the price, or {@code null} for the usual one
 * @param tier the tier of service that the provider reported in its answer
 * @param batch whether the call was part of a batch
 * @param regional whether the data stayed in a region, which can cost more
 * @param time when the call started
 */
record PricedCall(String provider, String model, @Nullable String variant, String tier, boolean batch, boolean regional,
		Instant time) {

	PricedCall withModel(String model) {
		return new PricedCall(this.provider, model, this.variant, this.tier, this.batch, this.regional, this.time);
	}

	/**
	 * Tell whether the model searches the web in each call, which the usage does not
	 * count.
	 * @return whether it does
	 */
	boolean isSearch() {
		return this.provider.equals("openai") && this.model.contains("-search-preview");
	}

	boolean isAnthropic() {
		return this.provider.equals("anthropic");
	}

}
