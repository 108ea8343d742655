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
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.util.Assert;

/**
 * A server that answers {@code call-1} by {@code answer-1}, or misbehaves. What it does
 * to which attempt of which call depends on its seed alone.
 */
final class ChaosServer implements AutoCloseable {

	private static final Pattern CALL = Pattern.compile("call-([0-9]+)");

	private final WireProvider provider;

	private final long seed;

	private final int wellPerMille;

	private final DisposableServer server;

	private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

	private final Map<Behaviour, AtomicInteger> behaviours = new ConcurrentHashMap<>();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger underWay = new AtomicInteger();

	private final Map<Channel, Boolean> connections = new ConcurrentHashMap<>();

	ChaosServer(WireProvider provider, long seed, int wellPerMille) {
		this.provider = provider;
		this.seed = seed;
		this.wellPerMille = wellPerMille;
		this.server = HttpServer.create().host("127.0.0.1").port(0).doOnConnection((connection) -> {
			this.connections.put(connection.channel(), true);
			connection.channel().closeFuture().addListener((closed) -> this.connections.remove(connection.channel()));
		}).handle(this::handle).bindNow();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	int requests() {
		return this.requests.get();
	}

	int requestsUnderWay() {
		return this.underWay.get();
	}

	int connections() {
		return this.connections.size();
	}

	Map<Behaviour, AtomicInteger> behaviours() {
		return this.behaviours;
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().flatMap((body) -> {
			this.requests.incrementAndGet();
			this.underWay.incrementAndGet();
			Matcher matcher = CALL.matcher(body);
			Assert.state(matcher.find(), "Every call has a number");
			String call = matcher.group(1);
			int attempt = this.attempts.computeIfAbsent(call, (key) -> new AtomicInteger()).getAndIncrement();
			Random random = new Random(this.seed * 31 + Long.parseLong(call) * 7919 + attempt);
			// The first numbers of similar seeds are similar
			random.nextInt();
			Behaviour behaviour = Behaviour.of(random, this.wellPerMille);
			this.behaviours.computeIfAbsent(behaviour, (key) -> new AtomicInteger()).incrementAndGet();
			boolean stream = body.contains("\"stream\":true");
			return Mono.from(answer(response, behaviour, "answer-" + call, stream, random))
				.doFinally((signal) -> this.underWay.decrementAndGet());
		});
	}

	private Publisher<Void> answer(HttpServerResponse response, Behaviour behaviour, String text, boolean stream,
			Random random) {
		String whole = stream ? this.provider.stream(text) : this.provider.answer(text);
		return switch (behaviour) {
			case WELL -> send(response, stream, Flux.just(whole));
			case SLOW -> send(response, stream,
					Flux.fromArray(whole.split("(?<=\\G.{40})")).delayElements(Duration.ofMillis(1)));
			case RATE_LIMIT -> error(response.header("retry-after-ms", String.valueOf(random.nextInt(5))), 429);
			case RATE_LIMIT_FOR_LONG -> error(response.header("retry-after", "3600"), 429);
			case SERVER_ERROR -> error(response, 500);
			case OVERLOADED -> error(response, 529);
			case ERROR_EVENT -> stream
					? send(response, true,
							Flux.just(this.provider.stream().error("overloaded_error", "Not now").take()))
					: error(response, 529);
			case GARBAGE -> send(response, stream, Flux.just("<html>\u0000{]\n\n"));
			case TRUNCATED -> send(response, stream,
					Flux.just(whole.substring(0, random.nextInt(whole.length() - 20))).concatWith(reset(response)));
			case RESET -> Mono.from(reset(response)).then();
			case STALL -> Mono.never();
		};
	}

	private Publisher<Void> error(HttpServerResponse response, int status) {
		return response.status(status)
			.header("content-type", "application/json")
			.sendString(Mono.just(this.provider.error(status, "Not now")));
	}

	private static Publisher<Void> send(HttpServerResponse response, boolean stream, Flux<String> parts) {
		Flux<ByteBuf> bytes = parts.map((part) -> Unpooled.wrappedBuffer(part.getBytes(StandardCharsets.UTF_8)));
		return response.header("content-type", stream ? "text/event-stream" : "application/json")
			.send(bytes, (buffer) -> true);
	}

	private static Mono<String> reset(HttpServerResponse response) {
		return Mono.create((sink) -> response.withConnection((connection) -> {
			Channel channel = connection.channel();
			channel.config().setOption(ChannelOption.SO_LINGER, 0);
			channel.close();
		}));
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	/**
	 * What the server does to a request.
	 */
	enum Behaviour {

		WELL(0), SLOW(120), RATE_LIMIT(200), RATE_LIMIT_FOR_LONG(20), SERVER_ERROR(200), OVERLOADED(120),
		ERROR_EVENT(80), GARBAGE(30), TRUNCATED(100), RESET(120), STALL(10);

		private final int share;

		Behaviour(int share) {
			this.share = share;
		}

		static Behaviour of(Random random, int wellPerMille) {
			if (random.nextInt(1000) < wellPerMille) {
				return WELL;
			}
			int number = random.nextInt(1000);
			for (Behaviour behaviour : values()) {
				number -= behaviour.share;
				if (number < 0) {
					return behaviour;
				}
			}
			throw new IllegalStateException("The shares do not add up");
		}

	}

}
