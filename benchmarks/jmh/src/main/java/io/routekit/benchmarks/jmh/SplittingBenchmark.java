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

package io.routekit.benchmarks.jmh;

import java.util.Collections;
import java.util.List;

import io.routekit.benchmarks.Format;
import io.routekit.http.EventSplitter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Finding the server-sent events in bytes.
 */
@State(Scope.Thread)
public class SplittingBenchmark {

	@Param
	private Format format = Format.OPENAI;

	private List<byte[]> buffers = Collections.emptyList();

	@Setup
	public void setUp() {
		this.buffers = Payloads.buffers(this.format, Content.TEXT);
	}

	@Benchmark
	@OperationsPerInvocation(Payloads.EVENTS)
	public int event() {
		return EventSplitter.split(this.buffers);
	}

}
