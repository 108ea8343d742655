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
import java.util.Map;

import io.routekit.wire.Reply;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Stands between the observation of an HTTP call and the call, so that no secret gets
 * into its span, whichever convention there is: the query of the address is added below
 * the observation, and failures whose messages hold a secret are told without it.
 */
final class ModelExchange implements ExchangeFilterFunction {

	private final Map<URI, URI> uris;

	private final Reply noReply;

	/**
	 * Create a new {@link ModelExchange} instance.
	 * @param uris the whole addresses of the model by those without a query
	 * @param noReply stands in for the reply in failures
	 */
	ModelExchange(Map<URI, URI> uris, Reply noReply) {
		this.uris = Map.copyOf(uris);
		this.noReply = noReply;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		URI uri = this.uris.getOrDefault(request.url(), request.url());
		boolean complete = request.url().equals(uri);
		return next.exchange(complete ? request : ClientRequest.from(request).url(uri).build())
			.onErrorMap(this::holdsSecret, (failure) -> TransportErrors.ofRequest(this.noReply, failure));
	}

	private boolean holdsSecret(Throwable failure) {
		return this.noReply.secrets().redact(failure) != failure;
	}

}
