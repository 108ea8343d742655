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

package io.routekit.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that calls may take together. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MemoryBudget {

	private static final long SMALLEST = 1024 * 1024;

	private final long limit;

	private final AtomicLong reserved = new AtomicLong();

	/**
	 * Create a new {@link MemoryBudget} instance.
	 * @param limit how many bytes may be reserved
	 */
	public MemoryBudget(long limit) {
		this.limit = limit;
	}

	/**
	 * Return a budget that is a part of the heap, and a megabyte at least.
	 * @param parts how many such parts the heap has
	 * @return the budget
	 */
	public static MemoryBudget ofHeap(int parts) {
		return new MemoryBudget(Math.max(SMALLEST, Runtime.getRuntime().maxMemory() / parts));
	}

	/**
	 * Return how many bytes may be reserved.
	 * @return the number of bytes
	 */
	public long limit() {
		return this.limit;
	}

	/**
	 * Return how many bytes are reserved.
	 * @return the number of bytes
	 */
	public long reserved() {
		return this.reserved.get();
	}

	/**
	 * Reserve bytes, which must be {@linkplain #release(long) released} if there are so
	 * many.
	 * @param bytes how many
	 * @return whether there are so many left
	 */
	public boolean reserve(long bytes) {
		long before;
		do {
			before = this.reserved.get();
			if (bytes > this.limit - before) {
				return false;
			}
		}
		while (!this.reserved.compareAndSet(before, before + bytes));
		return true;
	}

	/**
	 * Release bytes that were reserved.
	 * @param bytes how many
	 */
	public void release(long bytes) {
		this.reserved.addAndGet(-bytes);
	}

}
