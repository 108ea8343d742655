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

/**
 * The cores that the process may run on.
 */
final class Cores {

	private Cores() {
	}

	/**
	 * Keep all threads of this process, and those that they start, on one core.
	 * @param core the core
	 */
	static void pin(String core) {
		try {
			Process process = new ProcessBuilder("taskset", "-a", "-p", "-c", core,
					String.valueOf(ProcessHandle.current().pid()))
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (process.waitFor() != 0) {
				throw new IllegalStateException("taskset failed");
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("taskset (util-linux) is needed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
