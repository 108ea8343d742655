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

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Where a catalogue of one's own comes from.
 */
interface CatalogueSource {

	/**
	 * Return what people call the place.
	 * @return its name, without secrets
	 */
	String name();

	/**
	 * Return whether it takes the network to read it.
	 * @return whether it does
	 */
	boolean isRemote();

	/**
	 * Return whether there can be something else than what was read.
	 * @return whether it is worth reading
	 */
	boolean canChange();

	/**
	 * Read the catalogue.
	 * @return the catalogue, or {@code null} if it is the one that was read before
	 * @throws IllegalArgumentException if it is not what it should be
	 * @throws IOException if it cannot be read
	 */
	@Nullable PriceCatalogue read() throws IOException;

	/**
	 * Give up what is being read.
	 */
	void cancel();

}
