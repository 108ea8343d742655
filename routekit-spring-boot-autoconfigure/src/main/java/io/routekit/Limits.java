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

package io.routekit;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How much of an answer is kept in memory. An answer that is larger fails the call with
 * {@code INVALID_RESPONSE}.
 *
 * @param event the largest event of a stream, as sent
 * @param response the largest answer: as sent if it is not streamed, otherwise what is
 * kept of its events
 * @param toolArguments the longest arguments of one tool call
 * @since 0.1.0
 */
public record Limits(DataSize event, DataSize response, DataSize toolArguments) {

	/**
	 * The largest size that a limit can have.
	 */
	public static final DataSize MAX = DataSize.ofMegabytes(512);

	private static final Limits DEFAULTS = new Limits(DataSize.ofMegabytes(16), DataSize.ofMegabytes(16),
			DataSize.ofMegabytes(4));

	public Limits {
		check(event, "event");
		check(response, "response");
		check(toolArguments, "toolArguments");
	}

	/**
	 * Return the defaults: 16 MB an event, 16 MB an answer and 4 MB the arguments of a
	 * tool call.
	 * @return the defaults
	 */
	public static Limits defaults() {
		return DEFAULTS;
	}

	private static void check(DataSize size, String name) {
		Assert.notNull(size, () -> "'%s' must not be null".formatted(name));
		Assert.isTrue(size.toBytes() > 0, () -> "'%s' must be positive".formatted(name));
		Assert.isTrue(size.compareTo(MAX) <= 0, () -> "'%s' must be at most %s".formatted(name, MAX));
	}

}
