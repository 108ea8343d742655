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

package io.routekit.http;

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Throws at one hook of an application, as long as a test wants it.
 */
final class Faults {

	private final AtomicInteger reached = new AtomicInteger();

	private volatile Thrown thrown = Thrown.NOTHING;

	private volatile @Nullable Hook hook;

	void arm(Hook hook, Thrown thrown) {
		this.reached.set(0);
		this.thrown = thrown;
		this.hook = hook;
	}

	void disarm() {
		this.hook = null;
	}

	/**
	 * Return how often the hook was reached.
	 */
	int reached() {
		return this.reached.get();
	}

	boolean isArmed(Hook hook) {
		return this.hook == hook;
	}

	void at(Hook hook) {
		at(hook, hook);
	}

	/**
	 * Pass a value on, unless it is here that something is thrown.
	 */
	<T> T at(Hook hook, T value) {
		if (!isArmed(hook)) {
			return value;
		}
		this.reached.incrementAndGet();
		return this.thrown.happen();
	}

}
