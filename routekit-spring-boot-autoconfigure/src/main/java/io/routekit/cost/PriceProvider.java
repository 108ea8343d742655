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

import java.util.Collections;
import java.util.List;

/**
 * What the prices tell of a provider that they are listed under.
 *
 * @param name the name of the provider
 * @param servers the servers that it has
 * @param deployments whether its models are deployments that have names of their own and
 * stand in zones
 * @param requestedModel whether the price is that of the model which was asked for,
 * whatever name the answer has
 */
record PriceProvider(String name, List<PricedServer> servers, boolean deployments, boolean requestedModel) {

	/**
	 * That of models whose calls are never priced.
	 */
	static final PriceProvider NONE = named(PriceProviders.NONE);

	/**
	 * That of models whose calls cost nothing.
	 */
	static final PriceProvider FREE = named(PriceProviders.FREE);

	/**
	 * That of models whose server nobody knows.
	 */
	static final PriceProvider UNKNOWN = named("unknown");

	/**
	 * Return a provider of which nothing but its name is known.
	 * @param name the name
	 * @return the provider
	 */
	static PriceProvider named(String name) {
		return new PriceProvider(name, Collections.emptyList(), false, false);
	}

}
