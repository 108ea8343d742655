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

package io.routekit.resilience;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.DoubleSupplier;

/**
 * Draws models by their weights, each of them once. Those without weight come last, in
 * their order.
 */
final class WeightedDraw implements Iterator<Candidate> {

	private final Map<Candidate, Integer> rest;

	private final DoubleSupplier random;

	/**
	 * Create a new {@link WeightedDraw} instance.
	 * @param weights the weights of the models, none of them negative
	 * @param random supplies numbers from 0 to less than 1
	 */
	WeightedDraw(Map<Candidate, Integer> weights, DoubleSupplier random) {
		this.rest = new LinkedHashMap<>(weights);
		this.random = random;
	}

	@Override
	public boolean hasNext() {
		return !this.rest.isEmpty();
	}

	@Override
	public Candidate next() {
		long total = this.rest.values().stream().mapToLong(Integer::longValue).sum();
		long drawn = (long) (this.random.getAsDouble() * total);
		Iterator<Entry<Candidate, Integer>> entries = this.rest.entrySet().iterator();
		Entry<Candidate, Integer> entry = entries.next();
		while (total > 0 && drawn >= entry.getValue()) {
			drawn -= entry.getValue();
			entry = entries.next();
		}
		Candidate candidate = entry.getKey();
		entries.remove();
		return candidate;
	}

}
