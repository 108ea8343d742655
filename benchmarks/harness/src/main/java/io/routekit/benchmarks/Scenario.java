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

import java.util.Locale;
import java.util.function.Function;

/**
 * Something to measure.
 */
enum Scenario {

	/**
	 * Streams that arrive as fast as the client reads them.
	 */
	SATURATED(new ClosedLoop(Workload.stream(500, 8), 64)::run),

	/**
	 * The same with the field that OpenAI blurs the size of a chunk with.
	 */
	BLURRED(new ClosedLoop(Workload.stream(500, 8).withNoise(16), 64)::run),

	/**
	 * As many streams as a busy instance of a service may have.
	 */
	PACED(new PacedStreams(1000, 20_000, 2, 5)::run),

	/**
	 * Streams that are mostly idle.
	 */
	MANY(new PacedStreams(10_000, 1_000_000, 10, 10)::run),

	/**
	 * Answers in one piece.
	 */
	UNARY(new ClosedLoop(Workload.unary(1024), 32)::run),

	/**
	 * One stream at a time.
	 */
	FIRST_EVENT(new ClosedLoop(Workload.stream(8, 8), 1)::run),

	/**
	 * What more of the same costs.
	 */
	GROWTH(new Growth()::run);

	private final Function<Session, Measurement> run;

	Scenario(Function<Session, Measurement> run) {
		this.run = run;
	}

	static Scenario of(String id) {
		return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

	Measurement run(Session session) {
		return this.run.apply(session);
	}

}
