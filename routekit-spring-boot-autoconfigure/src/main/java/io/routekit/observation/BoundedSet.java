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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A set that takes no more than so many values. Thread-safe; no lock is taken for values
 * that it has, nor for any once it is full.
 *
 * @param <T> the type of the values
 */
final class BoundedSet<T> {

	private final int limit;

	private final Set<T> values = ConcurrentHashMap.newKeySet();

	BoundedSet(int limit) {
		this.limit = limit;
	}

	boolean contains(T value) {
		return this.values.contains(value);
	}

	/**
	 * Add a value if it is not there but could be.
	 * @param value the value
	 * @return whether it is there now
	 */
	boolean admit(T value) {
		if (this.values.contains(value)) {
			return true;
		}
		if (this.values.size() >= this.limit) {
			return false;
		}
		synchronized (this.values) {
			if (this.values.size() < this.limit) {
				this.values.add(value);
			}
			return this.values.contains(value);
		}
	}

	int size() {
		return this.values.size();
	}

}
