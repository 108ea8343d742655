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

package io.routekit.http;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

import io.routekit.Limits;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyDecoder;
import io.routekit.wire.ReplyReader;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Lends the decoder of streams to benchmarks: it finds the events, and nobody reads them.
 */
public final class EventSplitter {

	private static final Reply REPLY = new Reply("openai", "m", HttpStatus.OK, new HttpHeaders(), new SecretRedactor(),
			Limits.defaults());

	private EventSplitter() {
	}

	/**
	 * Split a stream.
	 * @param buffers the stream
	 * @return how many events it has
	 */
	public static int split(List<byte[]> buffers) {
		CountingReader reader = new CountingReader();
		ReplyDecoder decoder = new ReplyDecoder(REPLY, new KeptSize(REPLY), reader, new ArrayDeque<>());
		for (byte[] buffer : buffers) {
			DataBuffer data = DefaultDataBufferFactory.sharedInstance.wrap(buffer);
			decoder.decode(data);
		}
		return reader.count;
	}

	/**
	 * Counts payloads.
	 */
	private static final class CountingReader implements ReplyReader {

		private int count;

		@Override
		public boolean read(@Nullable String event, byte[] json, int offset, int length, Consumer<StreamEvent> events) {
			this.count++;
			return true;
		}

		@Override
		public int next() {
			return 0;
		}

		@Override
		public boolean isDone() {
			return false;
		}

		@Override
		public boolean isFinished() {
			return false;
		}

		@Override
		public ModelResponse complete(Consumer<StreamEvent> events) {
			return ModelResponse.of("");
		}

	}

}
