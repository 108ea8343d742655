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

/**
 * The time at which a text was sent, at its end. Processes share the clock.
 */
public final class Stamp {

	/**
	 * What the time takes the place of.
	 */
	public static final String PLACEHOLDER = "@000000000000000";

	private Stamp() {
	}

	/**
	 * Return the time.
	 * @return microseconds
	 */
	public static long now() {
		return System.nanoTime() / 1000;
	}

	static boolean isAtEndOf(String text) {
		return text.length() > PLACEHOLDER.length() && text.charAt(text.length() - PLACEHOLDER.length()) == '@';
	}

	static long read(String text) {
		return Long.parseLong(text, text.length() - PLACEHOLDER.length() + 1, text.length(), 10);
	}

}
