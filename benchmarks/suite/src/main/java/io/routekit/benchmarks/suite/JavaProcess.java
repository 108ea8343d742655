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

package io.routekit.benchmarks.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A Java process that ends with this one.
 */
final class JavaProcess implements AutoCloseable {

	private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "timer");
		thread.setDaemon(true);
		return thread;
	});

	private final Process process;

	private final BufferedReader output;

	JavaProcess(List<String> command) {
		try {
			this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			this.output = this.process.inputReader();
			Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Nullable String readLine() {
		try {
			return this.output.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait for the end of the process, whose last line tells what was measured.
	 * @param limit the time after which the process is killed
	 * @return what was measured
	 */
	Measured measured(Duration limit) {
		ScheduledFuture<?> kill = TIMER.schedule(this.process::destroyForcibly, limit.toSeconds(), TimeUnit.SECONDS);
		String last = null;
		for (String line = readLine(); line != null; line = readLine()) {
			last = line;
		}
		if (!kill.cancel(false)) {
			return Measured.failed("gave up after %d s".formatted(limit.toSeconds()));
		}
		return (last != null && last.startsWith("{")) ? Measured.parse(last)
				: Measured.failed("ended without a result");
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
