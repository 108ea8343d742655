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

package io.routekit.wire;

import java.util.Arrays;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * A growing array of bytes.
 */
final class Bytes {

	private byte[] array = new byte[0];

	private int length;

	byte[] array() {
		return this.array;
	}

	int length() {
		return this.length;
	}

	void append(DataBuffer buffer) {
		int count = buffer.readableByteCount();
		ensureCapacity(count);
		buffer.read(this.array, this.length, count);
		this.length += count;
	}

	void append(byte[] bytes, int offset, int count) {
		ensureCapacity(count);
		System.arraycopy(bytes, offset, this.array, this.length, count);
		this.length += count;
	}

	void removeFirst(int count) {
		this.length -= count;
		if (count > 0) {
			System.arraycopy(this.array, count, this.array, 0, this.length);
		}
	}

	private void ensureCapacity(int count) {
		int required = Math.addExact(this.length, count);
		if (required > this.array.length) {
			this.array = Arrays.copyOf(this.array, Math.max(required, this.array.length * 2));
		}
	}

}
