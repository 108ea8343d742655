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
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the cost of a call depends on. Immutable. <pre>{@code
 * PricedCall call = PricedCall.of("openai", "gpt-5-mini", response.usage().raw()).serviceTier("flex");
 * }</pre>
 *
 * @param provider the name of the provider in the catalogue, such as {@code anthropic}
 * @param model the name of the model that answered
 * @param usage the usage as the provider sent it
 * @param zone the zone of Azure that the deployment is in, or {@code null} for the usual
 * one
 * @param serviceTier the tier that served the call, as the provider reported it, or
 * {@code null} if it did not
 * @param batch whether the call was part of a batch
 * @param regional whether the data stayed in a region, which can cost more
 * @param cacheTtl how long OpenAI was asked to keep what was written to its cache, such
 * as {@code 12h}, or {@code null} for the default
 * @param time when the call started
 * @since 0.1.0
 */
public record PricedCall(String provider, String model, Map<String, Object> usage, @Nullable String zone,
		@Nullable String serviceTier, boolean batch, boolean regional, @Nullable String cacheTtl, Instant time) {

	public PricedCall {
		Assert.notNull(provider, "'provider' must not be null");
		Assert.notNull(model, "'model' must not be null");
		Assert.notNull(usage, "'usage' must not be null");
		Assert.notNull(time, "'time' must not be null");
	}

	/**
	 * Return a call that was made now, by the standard tier.
	 * @param provider the name of the provider in the catalogue
	 * @param model the name of the model that answered
	 * @param usage the usage as the provider sent it
	 * @return the call
	 */
	public static PricedCall of(String provider, String model, Map<String, Object> usage) {
		return new PricedCall(provider, model, usage, null, null, false, false, null, Instant.now());
	}

	/**
	 * Return this call for another model.
	 * @param model the name of the model that answered
	 * @return the call
	 */
	public PricedCall model(String model) {
		return new PricedCall(this.provider, model, this.usage, this.zone, this.serviceTier, this.batch, this.regional,
				this.cacheTtl, this.time);
	}

	/**
	 * Return this call in a zone of Azure.
	 * @param zone the zone, or {@code null} for the usual one
	 * @return the call
	 */
	public PricedCall zone(@Nullable String zone) {
		return new PricedCall(this.provider, this.model, this.usage, zone, this.serviceTier, this.batch, this.regional,
				this.cacheTtl, this.time);
	}

	/**
	 * Return this call by a tier of service.
	 * @param serviceTier the tier as the provider reported it, or {@code null} if it did
	 * not
	 * @return the call
	 */
	public PricedCall serviceTier(@Nullable String serviceTier) {
		return new PricedCall(this.provider, this.model, this.usage, this.zone, serviceTier, this.batch, this.regional,
				this.cacheTtl, this.time);
	}

	/**
	 * Return this call as one of a batch or not.
	 * @param batch whether it was part of a batch
	 * @return the call
	 */
	public PricedCall batch(boolean batch) {
		return new PricedCall(this.provider, this.model, this.usage, this.zone, this.serviceTier, batch, this.regional,
				this.cacheTtl, this.time);
	}

	/**
	 * Return this call with data that stays in a region or not.
	 * @param regional whether it does
	 * @return the call
	 */
	public PricedCall regional(boolean regional) {
		return new PricedCall(this.provider, this.model, this.usage, this.zone, this.serviceTier, this.batch, regional,
				this.cacheTtl, this.time);
	}

	/**
	 * Return this call with the time that OpenAI was asked to cache for.
	 * @param cacheTtl the time, such as {@code 12h}, or {@code null} for the default
	 * @return the call
	 */
	public PricedCall cacheTtl(@Nullable String cacheTtl) {
		return new PricedCall(this.provider, this.model, this.usage, this.zone, this.serviceTier, this.batch,
				this.regional, cacheTtl, this.time);
	}

	/**
	 * Return this call at another time.
	 * @param time when the call started
	 * @return the call
	 */
	public PricedCall time(Instant time) {
		return new PricedCall(this.provider, this.model, this.usage, this.zone, this.serviceTier, this.batch,
				this.regional, this.cacheTtl, time);
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
