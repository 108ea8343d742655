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

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers failures with a {@link Problem}.
 */
@RestControllerAdvice
class ProblemAdvice {

	@ExceptionHandler
	ResponseEntity<Problem> handle(Exception failure, ServerHttpResponse response) throws Exception {
		if (response.isCommitted()) {
			// Nobody is there any more, which Spring knows how to tell
			throw failure;
		}
		return toResponse(failure);
	}

	private static ResponseEntity<Problem> toResponse(Exception failure) {
		Problem problem = Problem.of(failure);
		ResponseEntity.BodyBuilder response = ResponseEntity.status(problem.status());
		if (failure instanceof ErrorResponse error) {
			// For example the methods that are allowed
			response.headers(error.getHeaders());
		}
		if (problem.retryAfter() != null) {
			response.header(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter()));
		}
		return response.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

}
