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

import java.util.stream.IntStream;

import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Tool;
import io.routekit.benchmarks.Format;
import io.routekit.wire.Protocol;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Writing a request with ten messages and five tools.
 */
@State(Scope.Thread)
public class WritingBenchmark {

	private static final String QUESTION = "What does each of the sentences before say, and which of them is wrong?";

	@Param
	private Format format = Format.OPENAI;

	private final ChatRequest request = ChatRequest.builder()
		.messages(IntStream.range(0, 10)
			.mapToObj((index) -> (index % 2 == 0) ? Message.user(QUESTION) : Message.assistant(QUESTION))
			.toList())
		.tools(IntStream.range(0, 5)
			.mapToObj((index) -> Tool.of("get_weather_" + index, "Tells the weather of a city",
					"{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"))
			.toList())
		.options((options) -> options.model("gpt-5-mini").maxTokens(200))
		.build();

	private Protocol protocol = Providers.protocol(this.format);

	@Setup
	public void setUp() {
		this.protocol = Providers.protocol(this.format);
	}

	@Benchmark
	public byte[] request() {
		return this.protocol.write(this.request, true);
	}

}
