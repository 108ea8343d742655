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

package io.routekit.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import javax.management.JMException;
import javax.management.ObjectName;

import org.jspecify.annotations.Nullable;

/**
 * What the process, and the load server, have used so far.
 *
 * @param time nanoseconds
 * @param cpu nanoseconds of all threads
 * @param serverCpu nanoseconds of all threads of the load server
 * @param machineCpu nanoseconds of all processes of the machine
 * @param allocated bytes of all threads, or {@code null} before Java 21
 * @param compilation milliseconds that the JIT was at work
 */
record Snapshot(long time, long cpu, long serverCpu, long machineCpu, @Nullable Long allocated, long compilation) {

	static Snapshot take(URI server) {
		return new Snapshot(System.nanoTime(), cpuTime(), serverCpu(server), busyTime(),
				attribute("java.lang:type=Threading", "TotalThreadAllocatedBytes"),
				ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
	}

	private static long cpuTime() {
		Long nanos = attribute("java.lang:type=OperatingSystem", "ProcessCpuTime");
		return (nanos != null) ? nanos : 0;
	}

	private static @Nullable Long attribute(String bean, String name) {
		try {
			return (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(bean), name);
		}
		catch (JMException ex) {
			return null;
		}
	}

	private static long serverCpu(URI server) {
		try (InputStream answer = server.resolve("/cpu").toURL().openStream()) {
			return Long.parseLong(new String(answer.readAllBytes(), StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// User, nice, system, not idle and not waiting, interrupts, stolen; in hundredths
	private static long busyTime() {
		try {
			String[] ticks = Files.readString(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split(" +");
			return IntStream.of(1, 2, 3, 6, 7, 8).mapToLong((index) -> Long.parseLong(ticks[index])).sum() * 10_000_000;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Tell what was used between another snapshot and this one.
	 * @param measurement takes the numbers
	 * @param before the other snapshot
	 * @param units the events or calls in between
	 */
	void addTo(Measurement measurement, Snapshot before, long units) {
		double elapsed = this.time - before.time;
		measurement.put("units", units);
		measurement.put("seconds", elapsed / 1e9);
		measurement.put("cpu", (this.cpu - before.cpu) / 1000.0 / units);
		measurement.put("rate", units / elapsed * 1e9);
		measurement.put("cores", (this.cpu - before.cpu) / elapsed);
		measurement.put("serverCores", (this.serverCpu - before.serverCpu) / elapsed);
		long others = (this.machineCpu - before.machineCpu) - (this.cpu - before.cpu)
				- (this.serverCpu - before.serverCpu);
		measurement.put("otherCores", Math.max(others, 0) / elapsed);
		measurement.put("jit", compilationSince(before));
		if (this.allocated != null && before.allocated != null) {
			measurement.put("allocated", (this.allocated - before.allocated) / (double) units);
		}
	}

	/**
	 * Return how much of the time since another snapshot the JIT was at work.
	 * @param before the other snapshot
	 * @return a share of the time
	 */
	double compilationSince(Snapshot before) {
		return (this.compilation - before.compilation) * 1e6 / (this.time - before.time);
	}

}
