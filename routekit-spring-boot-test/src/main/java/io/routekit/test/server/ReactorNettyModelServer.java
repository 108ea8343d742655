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

package io.routekit.test.server;

import java.nio.charset.StandardCharsets;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.routekit.fake.FakeModel;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.HttpHeaders;

/**
 * The part of {@link ModelServer} that speaks HTTP.
 */
final class ReactorNettyModelServer implements AutoCloseable {

	private final FakeModel model;

	private final RecordedRequests requests;

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final DisposableServer server;

	ReactorNettyModelServer(FakeModel model, RecordedRequests requests) {
		this.model = model;
		this.requests = requests;
		this.server = HttpServer.create()
			.host("localhost")
			.port(0)
			.doOnChannelInit((observer, channel, address) -> this.connections.add(channel))
			.handle(this::handle)
			.bindNow();
	}

	int port() {
		return this.server.port();
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		HttpHeaders headers = new HttpHeaders();
		request.requestHeaders().forEach((header) -> headers.add(header.getKey(), header.getValue()));
		// Functions of a script may block
		return request.receive()
			.aggregate()
			.asString(StandardCharsets.UTF_8)
			.defaultIfEmpty("")
			.publishOn(Schedulers.boundedElastic())
			.map((body) -> new RecordedRequest(request.method().name(), request.uri(), headers, body))
			.flatMap((recorded) -> answer(recorded, response));
	}

	private Mono<Void> answer(RecordedRequest request, HttpServerResponse response) {
		long number = this.requests.record(request);
		return new ReactorNettyExchange(this.model, request, number, response).answer();
	}

	// Connections on which nothing more comes would be waited for
	@Override
	public void close() {
		this.server.disposeNow();
		this.connections.close();
	}

}
