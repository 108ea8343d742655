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
 * Ends the process with the one that started it.
 */
public final class Lifeline implements Runnable {

	private Lifeline() {
	}

	/**
	 * End the process once its standard input ends.
	 */
	public static void hold() {
		Thread thread = new Thread(new Lifeline(), "lifeline");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void run() {
		try {
			System.in.transferTo(java.io.OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			// Ends as well
		}
		Runtime.getRuntime().halt(1);
	}

}
