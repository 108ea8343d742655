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

package io.routekit.sample;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Turns chats away that would be too much at once: too many, or with bodies that together
 * are too large. A chat counts until its answer is sent, however slowly the client reads.
 */
@Component
@Order(LoadFilter.AFTER_ORIGIN)
final class LoadFilter implements WebFilter {

	static final int AFTER_ORIGIN = SameOriginFilter.AFTER_HEADERS + 1;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final int maxChats;

	private final long maxBytes;

	private final Mono<Void> late;

	private final AtomicInteger chats = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	LoadFilter(SampleProperties properties) {
		this.maxChats = properties.limit().chats();
		this.maxBytes = properties.limit().bodies().toBytes();
		this.late = Mono.delay(properties.limit().readTimeout())
			.then(Mono.error(() -> new ResponseStatusException(HttpStatus.REQUEST_TIMEOUT,
					"The body did not arrive within sample.limit.read-timeout")));
	}

	int chats() {
		return this.chats.get();
	}

	long bytes() {
		return this.bytes.get();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!exchange.getRequest().getPath().value().startsWith("/api/")) {
			return chain.filter(exchange);
		}
		return Mono.defer(() -> {
			if (this.chats.incrementAndGet() > this.maxChats) {
				this.chats.decrementAndGet();
				return Mono.error(busy("There are too many chats at once, see sample.limit.chats"));
			}
			CountedRequest request = new CountedRequest(exchange);
			return chain.filter(exchange.mutate().request(request).build()).doFinally((signal) -> {
				request.release();
				this.chats.decrementAndGet();
			});
		});
	}

	private static ModelException busy(String message) {
		return ModelException.builder(Kind.OVERLOADED, message).retryAfter(RETRY_AFTER).build();
	}

	/**
	 * A request whose body is counted. It is put together in blocks, since a client can
	 * send it in pieces of a byte, each of which would take a buffer.
	 */
	private final class CountedRequest extends ServerHttpRequestDecorator {

		private static final int BLOCK_SIZE = 64 * 1024;

		private final DataBufferFactory bufferFactory;

		private final AtomicLong reserved = new AtomicLong();

		private ByteArrayOutputStream block = new ByteArrayOutputStream();

		CountedRequest(ServerWebExchange exchange) {
			super(exchange.getRequest());
			this.bufferFactory = exchange.getResponse().bufferFactory();
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().handle(this::collect)
				.concatWith(Mono.fromCallable(this::nextBlock))
				.takeUntilOther(LoadFilter.this.late);
		}

		private void collect(DataBuffer buffer, SynchronousSink<DataBuffer> blocks) {
			byte[] piece = new byte[buffer.readableByteCount()];
			buffer.read(piece);
			DataBufferUtils.release(buffer);
			this.reserved.addAndGet(piece.length);
			if (LoadFilter.this.bytes.addAndGet(piece.length) > LoadFilter.this.maxBytes) {
				blocks.error(busy("There are too many large bodies at once, see sample.limit.bodies"));
				return;
			}
			this.block.writeBytes(piece);
			if (this.block.size() >= BLOCK_SIZE) {
				blocks.next(nextBlock());
			}
		}

		private DataBuffer nextBlock() {
			DataBuffer next = this.bufferFactory.wrap(this.block.toByteArray());
			this.block = new ByteArrayOutputStream();
			return next;
		}

		void release() {
			LoadFilter.this.bytes.addAndGet(-this.reserved.getAndSet(0));
		}

	}

}
