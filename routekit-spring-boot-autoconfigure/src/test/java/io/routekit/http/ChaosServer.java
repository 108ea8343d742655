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
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.routekit.FinishReason;
import io.routekit.ModelException.Kind;
import io.routekit.ToolCall;
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
 * to which attempt of which call depends on its seed alone. The limit of requests that it
 * tells of is the number of the call.
 */
final class ChaosServer implements AutoCloseable {

	static final String KEY = "sk-chaos-0123456789-abcdefghij";

	static final int CALLS_AT_ONCE = 1000;

	/**
	 * Characters that must not come into a line, as they stand in JSON and as they are.
	 */
	private static final String ESCAPED_CONTROLS = "\\r\\n\\u0000\\u0007\\u001b[2J\\u009b\\u202e";

	static final String CONTROLS = "\r\n\u0000\u0007\u001b[2J\u009b\u202e";

	private static final Pattern CALL = Pattern.compile("call-([0-9]+)");

	private final WireProvider provider;

	private final long seed;

	private final int wellPerMille;

	private final DisposableServer server;

	private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

	private final Map<Behaviour, AtomicInteger> behaviours = new ConcurrentHashMap<>();

	private final Map<Integer, Set<Behaviour>> behavioursByCall = new ConcurrentHashMap<>();

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

	/**
	 * Return what the server did to a call.
	 */
	Collection<Behaviour> behaviours(int call) {
		return this.behavioursByCall.getOrDefault(call, Collections.emptySet());
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
			this.behavioursByCall.computeIfAbsent(Integer.valueOf(call), (key) -> EnumSet.noneOf(Behaviour.class))
				.add(behaviour);
			response.header("x-ratelimit-limit-requests", call);
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
			case LONG_RESET -> longReset(response, stream, random, whole);
			case PAGE_OF_BRACKETS -> page(response, "<".repeat(64_000));
			case PAGE_OF_SCRIPTS -> page(response, "<script ".repeat(8_000));
			case LONG_CODE -> error(response, 500, """
					{"type":"error","error":{"message":"Not now","type":"%1$s","code":"%1$s"}}"""
				.formatted("x".repeat(100_000)));
			case LONG_MODEL -> send(response, stream, Flux.just(whole.replace("model-1", "m".repeat(200_000))));
			case SAME_CALL_IDS -> send(response, stream, Flux.just(stream ? callsInStream(text) : calls(text)));
			case EMPTY_CITATIONS -> send(response, stream, Flux.just(withCitations(whole)));
			case CONTROL_CHARACTERS -> send(response, stream,
					Flux.just(inNames(whole.replace(text + '"', text + ESCAPED_CONTROLS + '"'), ESCAPED_CONTROLS)));
			case KEY_IN_NAMES -> send(response, stream, Flux.just(inNames(whole, KEY)));
			case KEY_IN_ERROR -> error(response, 500,
					this.provider.error(500, ESCAPED_CONTROLS + " Not with " + KEY + ESCAPED_CONTROLS));
		};
	}

	private Publisher<Void> longReset(HttpServerResponse response, boolean stream, Random random, String whole) {
		response.header("x-ratelimit-reset-requests", "1s".repeat(1000));
		return random.nextBoolean() ? send(response, stream, Flux.just(whole))
				: error(response.header("x-ratelimit-remaining-requests", "0"), 429);
	}

	private String calls(String text) {
		return this.provider.answer(text,
				IntStream.range(0, CALLS_AT_ONCE)
					.mapToObj((number) -> ToolCall.of("same", "look", "{}"))
					.toArray(ToolCall[]::new));
	}

	// In one event where the protocol can
	private String callsInStream(String text) {
		WireStream written = this.provider.stream().text(text);
		if (this.provider == WireProvider.ANTHROPIC) {
			for (int i = 0; i < CALLS_AT_ONCE; i++) {
				written.call("same", "look");
			}
			return written.finish(FinishReason.TOOL_CALLS).end().take();
		}
		String calls = IntStream.range(0, CALLS_AT_ONCE)
			.mapToObj((index) -> """
					{"index":%s,"id":"same","type":"function","function":{"name":"look","arguments":"{}"}}"""
				.formatted(index))
			.collect(Collectors.joining(","));
		return written.take() + """
				data: {"id":"answer-1","object":"chat.completion.chunk","created":1,"model":"model-1","choices":[\
				{"index":0,"delta":{"tool_calls":[%s]},"finish_reason":null}]}

				""".formatted(calls) + written.finish(FinishReason.TOOL_CALLS).end().take();
	}

	private static String withCitations(String whole) {
		String citations = "\"citations\":[" + "{},".repeat(50_000) + "{}],";
		return whole.replace("\"created\":1,", "\"created\":1," + citations)
			.replace("\"type\":\"text\",", "\"type\":\"text\"," + citations);
	}

	private static String inNames(String whole, String added) {
		return whole.replace("model-1", "model-1" + added).replace("\"id\":\"answer-1", "\"id\":\"answer-1" + added);
	}

	private static Publisher<Void> page(HttpServerResponse response, String page) {
		return response.status(500).header("content-type", "text/html").sendString(Mono.just(page));
	}

	private Publisher<Void> error(HttpServerResponse response, int status) {
		return error(response, status, this.provider.error(status, "Not now"));
	}

	private static Publisher<Void> error(HttpServerResponse response, int status, String body) {
		return response.status(status).header("content-type", "application/json").sendString(Mono.just(body));
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

		WELL(0), SLOW(80), RATE_LIMIT(160, Kind.RATE_LIMIT), RATE_LIMIT_FOR_LONG(20, Kind.RATE_LIMIT),
		SERVER_ERROR(140, Kind.SERVER), OVERLOADED(100, Kind.OVERLOADED), ERROR_EVENT(80, Kind.OVERLOADED),
		GARBAGE(30, Kind.INVALID_RESPONSE), TRUNCATED(100, Kind.NETWORK, Kind.INVALID_RESPONSE),
		RESET(100, Kind.NETWORK), STALL(10, Kind.TIMEOUT), LONG_RESET(20, Kind.RATE_LIMIT),
		PAGE_OF_BRACKETS(20, Kind.SERVER), PAGE_OF_SCRIPTS(20, Kind.SERVER), LONG_CODE(20, Kind.SERVER), LONG_MODEL(15),
		SAME_CALL_IDS(20), EMPTY_CITATIONS(15), CONTROL_CHARACTERS(20), KEY_IN_NAMES(20), KEY_IN_ERROR(10, Kind.SERVER);

		private final int share;

		private final Set<Kind> errors;

		Behaviour(int share, Kind... errors) {
			this.share = share;
			this.errors = Set.of(errors);
		}

		/**
		 * Return how a call may fail that met with this; if in none, it succeeds.
		 */
		Set<Kind> errors() {
			return this.errors;
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
