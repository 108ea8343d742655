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

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

import io.routekit.ModelResponse;
import io.routekit.benchmarks.Format;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Protocol;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyReader;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reading JSON: each event of a stream in full, and answers in one piece.
 */
@State(Scope.Thread)
public class ReadingBenchmark {

	@Param
	private Format format = Format.OPENAI;

	private Protocol protocol = Providers.protocol(this.format);

	private Reply reply = Providers.reply(this.format);

	private List<Payload> texts = Collections.emptyList();

	private List<Payload> toolCall = Collections.emptyList();

	private byte[] whole = {};

	@Setup
	public void setUp() {
		this.protocol = Providers.protocol(this.format);
		this.reply = Providers.reply(this.format);
		this.texts = Payload.of(Payloads.frames(this.format, Content.TEXT));
		this.toolCall = Payload.of(Payloads.frames(this.format, Content.TOOL_CALL));
		this.whole = Payloads.whole(this.format);
	}

	@Benchmark
	@OperationsPerInvocation(Payloads.EVENTS)
	public ModelResponse text(Blackhole sink) {
		return read(this.texts, sink);
	}

	@Benchmark
	@OperationsPerInvocation(Payloads.EVENTS)
	public ModelResponse toolCallArguments(Blackhole sink) {
		return read(this.toolCall, sink);
	}

	@Benchmark
	public ModelResponse answer(Blackhole sink) {
		ReplyReader reader = this.protocol.read(this.reply, new KeptSize(this.reply));
		reader.read(null, this.whole, 0, this.whole.length, sink::consume);
		return reader.complete(sink::consume);
	}

	private ModelResponse read(List<Payload> payloads, Blackhole sink) {
		ReplyReader reader = this.protocol.read(this.reply, new KeptSize(this.reply));
		for (Payload payload : payloads) {
			reader.read(payload.event(), payload.json(), 0, payload.json().length, sink::consume);
		}
		return reader.complete(sink::consume);
	}

	/**
	 * A payload of a stream.
	 *
	 * @param event the name of its event, or {@code null} if there is none
	 * @param json the payload
	 */
	private record Payload(@Nullable String event, byte[] json) {

		private static final String DATA = "data: ";

		static List<Payload> of(List<String> frames) {
			return frames.stream().filter((frame) -> !frame.endsWith("[DONE]\n\n")).map(Payload::of).toList();
		}

		private static Payload of(String frame) {
			int data = frame.indexOf(DATA);
			String event = (data > 0) ? frame.substring("event: ".length(), data).strip() : null;
			return new Payload(event, frame.substring(data + DATA.length()).strip().getBytes(StandardCharsets.UTF_8));
		}

	}

}
