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

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

import javax.management.JMException;
import javax.management.ObjectName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the process uses.
 *
 * @param heap what is on the heap after a garbage collection
 * @param threads the number of threads
 * @param descriptors the number of open files and connections, {@code 0} if unknown
 */
record ProcessUse(long heap, int threads, long descriptors) {

	static final long HEAP_BOUND = 12_000_000;

	static ProcessUse now() {
		MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
		memory.gc();
		return new ProcessUse(memory.getHeapMemoryUsage().getUsed(),
				ManagementFactory.getThreadMXBean().getThreadCount(), openDescriptors());
	}

	private static long openDescriptors() {
		try {
			return (long) ManagementFactory.getPlatformMBeanServer()
				.getAttribute(new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME),
						"OpenFileDescriptorCount");
		}
		catch (JMException ex) {
			return 0;
		}
	}

	void assertLike(ProcessUse before) {
		assertThat(this.heap).as("heap").isLessThan(before.heap + HEAP_BOUND);
		assertThat(this.threads).as("threads").isLessThanOrEqualTo(before.threads + 5);
		assertThat(this.descriptors).as("descriptors").isLessThanOrEqualTo(before.descriptors + 10);
	}

}
