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

import java.net.URI;
import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;

/**
 * A {@link ClientHttpConnector} at which nothing is thrown: neither by those who read an
 * answer nor by the filters that the application puts into its clients. Its HTTP client
 * would stop in the middle of its work, and leave buffers behind.
 */
final class GuardedConnector implements ClientHttpConnector {

	private final ClientHttpConnector delegate;

	GuardedConnector(ClientHttpConnector delegate) {
		this.delegate = delegate;
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return this.delegate.connect(method, uri, (request) -> write(request, requestCallback))
			.transform(Operators
				.<ClientHttpResponse, ClientHttpResponse>lift((source, actual) -> new TransportSubscriber<>(actual)))
			.map(GuardedResponse::new);
	}

	private static Mono<Void> write(ClientHttpRequest request, Function<? super ClientHttpRequest, Mono<Void>> writer) {
		try {
			return writer.apply(request);
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

	/**
	 * A response whose body is guarded as well.
	 */
	private static final class GuardedResponse extends ClientHttpResponseDecorator {

		GuardedResponse(ClientHttpResponse delegate) {
			super(delegate);
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().transform(
					Operators.<DataBuffer, DataBuffer>lift((source, actual) -> new TransportSubscriber<>(actual)));
		}

	}

}
