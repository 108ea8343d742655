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

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Answers failures with a {@link Problem}, wherever they happened: in a controller, a
 * filter or before.
 */
@Component
@Order(ProblemHandler.BEFORE_THOSE_OF_SPRING)
final class ProblemHandler implements WebExceptionHandler {

	static final int BEFORE_THOSE_OF_SPRING = -2;

	private final JsonMapper jsonMapper;

	ProblemHandler(JsonMapper jsonMapper) {
		this.jsonMapper = jsonMapper;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			// Nobody is there any more, which Spring knows how to tell
			return Mono.error(failure);
		}
		Problem problem = Problem.of(failure);
		response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
		HttpHeaders headers = response.getHeaders();
		if (failure instanceof ErrorResponse error) {
			// For example the methods that are allowed
			headers.putAll(error.getHeaders());
		}
		if (problem.retryAfter() != null) {
			headers.set(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter()));
		}
		if (problem.status() == HttpStatus.REQUEST_TIMEOUT.value()) {
			// What is left of the request is not waited for
			headers.setConnection("close");
		}
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		DataBuffer body = response.bufferFactory().wrap(this.jsonMapper.writeValueAsBytes(problem));
		headers.setContentLength(body.readableByteCount());
		return response.writeWith(Mono.just(body));
	}

}
