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

package io.routekit.benchmarks.floor;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.ClientSettings;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Posts a request and passes the bytes of the answer to a reader.
 */
final class NettyClient implements Client {

	private final HttpClient client;

	private final String uri;

	private final String body;

	private final AnswerReader.Factory readers;

	NettyClient(ClientSettings settings, AnswerReader.Factory readers) {
		ConnectionProvider connections = ConnectionProvider.create("floor", settings.concurrency());
		this.client = HttpClient.create(connections).headers((headers) -> {
			headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
			headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer none");
		});
		this.uri = settings.baseUrl() + settings.format().path();
		this.body = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":%s}"
			.formatted(settings.format().model(), settings.workload().isStream());
		this.readers = readers;
	}

	@Override
	public void stream(Call call) {
		AnswerReader reader = this.readers.create(call);
		exchange().doOnNext(reader::read).subscribe(null, call::fail, reader::end);
	}

	@Override
	public void chat(Call call) {
		stream(call);
	}

	private ByteBufFlux exchange() {
		return this.client.post().uri(this.uri).send(ByteBufFlux.fromString(Mono.just(this.body))).responseContent();
	}

}
