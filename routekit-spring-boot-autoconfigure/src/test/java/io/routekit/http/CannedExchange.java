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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Answers each request by the same bytes, without a network.
 */
final class CannedExchange implements ExchangeFunction {

	/**
	 * How many bytes arrive at once.
	 */
	static final int PIECE = 8192;

	private HttpStatus status = HttpStatus.OK;

	private HttpHeaders headers = HttpHeaders.EMPTY;

	private List<byte[]> pieces = Collections.emptyList();

	private ClientRequest lastRequest;

	void answer(HttpStatus status, List<byte[]> pieces) {
		this.status = status;
		this.pieces = pieces;
	}

	void answer(List<byte[]> pieces) {
		answer(HttpStatus.OK, pieces);
	}

	void answer(HttpStatus status, String body) {
		answer(status, pieces(body.getBytes(StandardCharsets.UTF_8), PIECE));
	}

	void answer(String body) {
		answer(HttpStatus.OK, body);
	}

	/**
	 * Return the pieces that bytes arrive in.
	 */
	static List<byte[]> pieces(byte[] bytes, int size) {
		List<byte[]> pieces = new ArrayList<>();
		for (int start = 0; start < bytes.length; start += size) {
			pieces.add(Arrays.copyOfRange(bytes, start, Math.min(start + size, bytes.length)));
		}
		return pieces;
	}

	void headers(HttpHeaders headers) {
		this.headers = headers;
	}

	ClientRequest takeRequest() {
		ClientRequest request = this.lastRequest;
		this.lastRequest = null;
		return request;
	}

	@Override
	public Mono<ClientResponse> exchange(ClientRequest request) {
		this.lastRequest = request;
		return Mono.just(ClientResponse.create(this.status)
			.headers((headers) -> headers.putAll(this.headers))
			.body(Flux.fromIterable(this.pieces).map(DefaultDataBufferFactory.sharedInstance::wrap))
			.build());
	}

}
