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

import io.routekit.benchmarks.Format;

/**
 * A scenario in which clients are compared.
 */
enum Comparison {

	/**
	 * Streams that arrive as fast as the client reads them.
	 */
	SATURATED("Saturated: 64 streams of 500 events, 8 events a write, as fast as the client reads",
			EnumSet.allOf(Adapter.class), "1g", Duration.ofMinutes(4),
			Columns.cpu("event", Adapter.FLOOR, Adapter.FLOOR_JSON), Columns.allocated("event", Adapter.FLOOR_JSON),
			Columns.rate("event"), Columns.THREADS, Columns.SERVER, Columns.OTHERS, Columns.JIT),

	/**
	 * The same with the field that OpenAI blurs the size of a chunk with.
	 */
	BLURRED("Blurred: the same, with the field that blurs the size of each of OpenAI's chunks",
			EnumSet.allOf(Adapter.class), "1g", Duration.ofMinutes(4),
			Columns.cpu("event", Adapter.FLOOR, Adapter.FLOOR_JSON), Columns.allocated("event", Adapter.FLOOR_JSON),
			Columns.rate("event"), Columns.THREADS, Columns.SERVER, Columns.OTHERS, Columns.JIT),

	/**
	 * As many streams as a busy instance of a service may have.
	 */
	PACED("Paced: 1,000 streams, 50 events/s each, an event a write", EnumSet.allOf(Adapter.class), "1g",
			Duration.ofMinutes(4), Columns.cpu("event", Adapter.FLOOR, Adapter.FLOOR_JSON), Columns.LATE,
			Columns.LATE_P99, Columns.LIVE, Columns.HEAP, Columns.THREADS, Columns.CORES, Columns.SERVER,
			Columns.OTHERS, Columns.JIT),

	/**
	 * Streams that are mostly idle.
	 */
	MANY("Many: 10,000 streams, 1 event/s each, in 512 MB of heap",
			EnumSet.of(Adapter.FLOOR, Adapter.FLOOR_JSON, Adapter.ROUTEKIT), "512m", Duration.ofMinutes(4),
			Columns.cpu("event", Adapter.FLOOR, Adapter.FLOOR_JSON), Columns.LATE, Columns.LATE_P99, Columns.LIVE,
			Columns.HEAP, Columns.THREADS, Columns.CORES, Columns.SERVER, Columns.OTHERS, Columns.JIT),

	/**
	 * Answers in one piece.
	 */
	UNARY("Unary: 32 callers, answers of 1 kB", EnumSet.allOf(Adapter.class), "1g", Duration.ofMinutes(4),
			Columns.cpu("call", Adapter.FLOOR, Adapter.WEBCLIENT), Columns.allocated("call", Adapter.WEBCLIENT),
			Columns.rate("call"), Columns.THREADS, Columns.SERVER, Columns.OTHERS, Columns.JIT),

	/**
	 * One stream at a time.
	 */
	FIRST_EVENT("First event: one stream at a time", EnumSet.allOf(Adapter.class), "1g", Duration.ofMinutes(4),
			Columns.FIRST_EVENT, Columns.FIRST_EVENT_P99, Columns.JIT),

	/**
	 * What more of the same costs.
	 */
	GROWTH("Growth: what one more costs, CPU ns (and bytes allocated)", EnumSet.of(Adapter.ROUTEKIT), "2g",
			Duration.ofMinutes(15));

	private final String title;

	private final Set<Adapter> adapters;

	private final String heap;

	private final Duration limit;

	private final List<Column> columns;

	Comparison(String title, Set<Adapter> adapters, String heap, Duration limit, Column... columns) {
		this.title = title;
		this.adapters = adapters;
		this.heap = heap;
		this.limit = limit;
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
	 * Return whether a client takes part.
	 * @param adapter the client
	 * @param format the wire format
	 * @return whether it can be measured
	 */
	boolean includes(Adapter adapter, Format format) {
		boolean meaningful = this != BLURRED || format != Format.ANTHROPIC;
		return meaningful && this.adapters.contains(adapter) && adapter.formats().contains(format);
	}

	String heap() {
		return this.heap;
	}

	/**
	 * Return the time after which a client is given up.
	 * @return the time after which a client is given up
	 */
	Duration limit() {
		return this.limit;
	}

	/**
	 * Return what to tell of each client.
	 * @return what to tell of each client
	 */
	List<Column> columns() {
		return this.columns;
	}

}
