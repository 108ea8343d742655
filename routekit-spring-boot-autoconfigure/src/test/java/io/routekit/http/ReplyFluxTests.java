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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

import io.routekit.ChatRequest;
import io.routekit.Limits;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.TestModels;
import io.routekit.Timeouts;
import io.routekit.WatchedCalls;
import io.routekit.memory.MemoryBudget;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyReader;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplyFlux} with bodies that no socket delivers so fast.
 */
class ReplyFluxTests {

	private static final Duration SHORT = Duration.ofMillis(100);

	private final Reply reply = new Reply("openai", "m", HttpStatus.OK, new HttpHeaders(), new SecretRedactor(),
			Limits.defaults());

	@Test
	void givesUpABodyThatNeverPausesAndBringsNothing() {
		Flux<DataBuffer> body = Flux.generate((sink) -> sink
			.next(DefaultDataBufferFactory.sharedInstance.wrap(": alive\n\n".getBytes(StandardCharsets.UTF_8))));
		Deadlines deadlines = Deadlines.ofStream(Timeouts.builder()
			.connect(TestCalls.LIMIT)
			.firstEvent(SHORT)
			.idle(TestCalls.LIMIT)
			.total(TestCalls.LIMIT)
			.build(), null);
		StepVerifier.create(events(body, new NoReader(), deadlines))
			.expectErrorSatisfies((failure) -> assertThat(failure).hasMessageContaining("timeout.first-event")
				.extracting("kind")
				.isEqualTo(Kind.TIMEOUT))
			.verify(TestCalls.LIMIT);
	}

	@Test
	void tellsWhatArrivedTogetherWithTheEndThoughNobodyWaitsForIt() {
		Flux<DataBuffer> body = Flux
			.just(DefaultDataBufferFactory.sharedInstance.wrap("data: {}\n\n".getBytes(StandardCharsets.UTF_8)));
		WatchedCalls watched = new WatchedCalls();
		Flux<StreamEvent> events = events(body, new OneReader(), Deadlines.ofStream(Timeouts.defaults(), null));
		StreamEvent first = watched.filter()
			.stream(ChatRequest.of("Hi"), TestModels.streaming(events))
			.blockFirst(TestCalls.LIMIT);
		assertThat(first).isEqualTo(new StreamEvent.Text("a"));
		assertThat(watched.known()).extracting(ModelResponse::model).isEqualTo("model-1");
	}

	private Flux<StreamEvent> events(Flux<DataBuffer> body, ReplyReader reader, Deadlines deadlines) {
		return new ReplyFlux(Mono.just(ResponseEntity.ok(body)), new TestOpener(this.reply, reader),
				new CallConnection(), deadlines);
	}

	/**
	 * An opener of answers that are all read by the same reader.
	 *
	 * @param noReply what is known of each answer
	 * @param reader the reader
	 */
	private record TestOpener(Reply noReply, ReplyReader reader) implements ReplyOpener {

		@Override
		public Reply reply(ResponseEntity<?> head) {
			return this.noReply;
		}

		@Override
		public MemoryBudget inFlight() {
			return MemoryBudget.ofHeap(4);
		}

		@Override
		public ReplyReader read(Reply reply, KeptSize kept) {
			return this.reader;
		}

		@Override
		public ModelException complete(ModelException failure, Reply reply) {
			return failure;
		}

	}

	/**
	 * A reader of one payload, which is the whole answer.
	 */
	private static final class OneReader implements ReplyReader {

		@Override
		public boolean read(String event, byte[] json, int offset, int length, Consumer<StreamEvent> events) {
			events.accept(new StreamEvent.Text("a"));
			return true;
		}

		@Override
		public int next() {
			return 0;
		}

		@Override
		public boolean isDone() {
			return true;
		}

		@Override
		public boolean isFinished() {
			return true;
		}

		@Override
		public ModelResponse progress() {
			return ModelResponse.of("").mutate().model("model-1").build();
		}

		@Override
		public ModelResponse complete(Consumer<StreamEvent> events) {
			return ModelResponse.of("a");
		}

	}

	/**
	 * A reader of payloads that never come.
	 */
	private static final class NoReader implements ReplyReader {

		@Override
		public boolean read(String event, byte[] json, int offset, int length, Consumer<StreamEvent> events) {
			throw new UnsupportedOperationException();
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
			throw new UnsupportedOperationException();
		}

	}

}
