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

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A scenario in which clients are compared.
 */
enum Comparison {

	/**
	 * Streams that arrive as fast as the client reads them.
	 */
	SATURATED("64 streams of 500 events, 8 events a write, as fast as the client reads", Duration.ofMinutes(3), "1g",
			EnumSet.allOf(Adapter.class), Columns.cpu("µs CPU an event"), Columns.allocated("bytes an event"),
			Columns.rate("events/s"), Columns.THREADS, Columns.CORES, Columns.SERVER, Columns.JIT);

	private final String title;

	private final Duration limit;

	private final String heap;

	private final Set<Adapter> adapters;

	private final List<Column> columns;

	Comparison(String title, Duration limit, String heap, Set<Adapter> adapters, Column... columns) {
		this.title = title;
		this.limit = limit;
		this.heap = heap;
		this.adapters = adapters;
		this.columns = List.of(columns);
	}

	static Comparison of(String id) {
		return Arrays.stream(values())
			.filter((comparison) -> comparison.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no scenario '%s'".formatted(id)));
	}

	String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	String title() {
		return this.title;
	}

	/**
	 * Return the time after which a client is given up.
	 * @return the time after which a client is given up
	 */
	Duration limit() {
		return this.limit;
	}

	String heap() {
		return this.heap;
	}

	/**
	 * Return the clients that can take part.
	 * @return the clients
	 */
	Set<Adapter> adapters() {
		return this.adapters;
	}

	/**
	 * Return what to tell of a client. The first number is the one that ratios are of.
	 * @return what to tell of a client
	 */
	List<Column> columns() {
		return this.columns;
	}

	/**
	 * Columns that several tables have.
	 */
	private static final class Columns {

		static final Column THREADS = Column.of("peak threads", "threads");

		static final Column CORES = Column.of("cores", "cores").precise(2);

		static final Column SERVER = Column.of("server's cores", "serverCores").precise(2);

		static final Column JIT = Column.of("% in the JIT", "jit").scaled(100);

		static Column cpu(String title) {
			return Column.of(title, "cpu").precise(2);
		}

		static Column allocated(String title) {
			return Column.of(title, "allocated");
		}

		static Column rate(String title) {
			return Column.of(title, "rate");
		}

	}

}
