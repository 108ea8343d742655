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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.ResponseEntity;

/**
 * An HTTP client as it is to those who read its answers: the head comes even if the call
 * was cancelled just before, and buffers that arrive stay in memory until somebody takes
 * them or cancels the body. All that happens, happens when a test says so.
 */
final class TestExchange {

	private static final NettyDataBufferFactory bufferFactory = new NettyDataBufferFactory(
			UnpooledByteBufAllocator.DEFAULT);

	private final CallConnection connection = new CallConnection();

	private final Head head = new Head();

	private final Body body = new Body();

	private final List<ByteBuf> buffers = new ArrayList<>();

	private volatile boolean closed;

	CallConnection connection() {
		return this.connection;
	}

	Mono<ResponseEntity<Flux<DataBuffer>>> head() {
		return this.head;
	}

	/**
	 * Return whether somebody has called.
	 */
	boolean isSubscribed() {
		return this.head.actual != null;
	}

	/**
	 * Let the head arrive.
	 */
	void sendHead() {
		this.connection.closedBy(() -> this.closed = true);
		this.head.actual.onNext(ResponseEntity.ok(this.body));
		this.head.actual.onComplete();
	}

	/**
	 * Let the call fail before its head arrives.
	 */
	void failHead(Throwable failure) {
		this.head.actual.onError(failure);
	}

	/**
	 * Let a piece of the body arrive.
	 */
	void send(String text) {
		ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.buffer();
		buffer.writeCharSequence(text, StandardCharsets.UTF_8);
		synchronized (this.buffers) {
			this.buffers.add(buffer);
		}
		this.body.offer(bufferFactory.wrap(buffer));
	}

	/**
	 * Let the body end.
	 */
	void end() {
		this.body.end();
	}

	/**
	 * Return whether the connection is closed, or can be used again.
	 */
	boolean isFree() {
		return this.closed || this.body.isFree();
	}

	/**
	 * Return how many buffers are in memory.
	 */
	long buffersInMemory() {
		synchronized (this.buffers) {
			return this.buffers.stream().filter((buffer) -> buffer.refCnt() != 0).count();
		}
	}

	private final class Head extends Mono<ResponseEntity<Flux<DataBuffer>>> implements Subscription {

		private volatile CoreSubscriber<? super ResponseEntity<Flux<DataBuffer>>> actual;

		@Override
		public void subscribe(CoreSubscriber<? super ResponseEntity<Flux<DataBuffer>>> actual) {
			this.actual = actual;
			actual.onSubscribe(this);
		}

		@Override
		public void request(long count) {
			// There is but one
		}

		@Override
		public void cancel() {
			if (!TestExchange.this.body.arrived) {
				TestExchange.this.closed = true;
			}
		}

	}

	private final class Body extends Flux<DataBuffer> implements Subscription {

		private final Queue<DataBuffer> queue = new ArrayDeque<>();

		private CoreSubscriber<? super DataBuffer> actual;

		private long requested;

		private boolean arrived;

		private boolean ended;

		private boolean cancelled;

		private boolean completed;

		@Override
		public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
			this.arrived = true;
			this.actual = actual;
			actual.onSubscribe(this);
			drain();
		}

		@Override
		public void request(long count) {
			synchronized (this) {
				this.requested = Operators.addCap(this.requested, count);
			}
			drain();
		}

		@Override
		public void cancel() {
			synchronized (this) {
				this.cancelled = true;
			}
			drain();
		}

		void offer(DataBuffer buffer) {
			synchronized (this) {
				this.queue.add(buffer);
			}
			drain();
		}

		void end() {
			synchronized (this) {
				this.ended = true;
			}
			drain();
		}

		synchronized boolean isFree() {
			return this.cancelled || this.completed;
		}

		// The lock is held meanwhile, as if all came from the event loop
		private synchronized void drain() {
			while (this.cancelled && !this.queue.isEmpty()) {
				((io.netty.util.ReferenceCounted) nativeBuffer(this.queue.poll())).release();
			}
			while (!this.cancelled && this.actual != null && this.requested > 0 && !this.queue.isEmpty()) {
				this.requested--;
				this.actual.onNext(this.queue.poll());
			}
			if (this.ended && !this.cancelled && !this.completed && this.actual != null && this.queue.isEmpty()) {
				this.completed = true;
				this.actual.onComplete();
			}
		}

		private Object nativeBuffer(DataBuffer buffer) {
			return NettyDataBufferFactory.toByteBuf(buffer);
		}

	}

}
