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

package io.routekit.benchmarks.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.routekit.benchmarks.Stamp;
import io.routekit.benchmarks.Workload;

/**
 * The bytes of an answer and how they are written.
 */
final class Script {

	private final Workload workload;

	private final ByteBuf bytes;

	private final int[] ends;

	private final int[] stamps;

	/**
	 * Create a new {@link Script} instance.
	 * @param workload what was asked for
	 * @param writes what is written at a time
	 */
	Script(Workload workload, List<String> writes) {
		this.workload = workload;
		this.ends = new int[writes.size()];
		this.stamps = new int[writes.size()];
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int i = 0; i < this.ends.length; i++) {
			byte[] write = writes.get(i).getBytes(StandardCharsets.UTF_8);
			this.stamps[i] = new String(write, StandardCharsets.ISO_8859_1).indexOf(Stamp.PLACEHOLDER);
			bytes.writeBytes(write);
			this.ends[i] = bytes.size();
		}
		this.bytes = Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.size()).writeBytes(bytes.toByteArray()));
	}

	/**
	 * Return how many writes there are.
	 * @return how many writes there are
	 */
	int writes() {
		return this.ends.length;
	}

	/**
	 * Return the microseconds before the first write.
	 * @return the microseconds
	 */
	int delay() {
		return this.workload.delay();
	}

	/**
	 * Return the microseconds between two writes.
	 * @return the microseconds
	 */
	int interval() {
		return this.workload.interval();
	}

	/**
	 * Return what to write.
	 * @param index the position among the writes
	 * @param allocator allocates the copy that takes the time
	 * @return the bytes
	 */
	ByteBuf write(int index, ByteBufAllocator allocator) {
		int start = (index > 0) ? this.ends[index - 1] : 0;
		int length = this.ends[index] - start;
		if (this.stamps[index] < 0) {
			return this.bytes.slice(start, length);
		}
		ByteBuf copy = allocator.directBuffer(length).writeBytes(this.bytes, start, length);
		long time = Stamp.now();
		for (int i = Stamp.PLACEHOLDER.length() - 1; i > 0; i--) {
			copy.setByte(this.stamps[index] + i, '0' + (int) (time % 10));
			time /= 10;
		}
		return copy;
	}

}
