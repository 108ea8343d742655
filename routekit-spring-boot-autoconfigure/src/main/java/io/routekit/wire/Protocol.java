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

package io.routekit.wire;

import io.routekit.ChatRequest;
import io.routekit.ModelException;

import org.springframework.http.HttpHeaders;

/**
 * The wire format of a provider: how a request is written and an answer is read.
 *
 * @since 0.1.0
 */
public interface Protocol {

	/**
	 * Write the body of a request.
	 * @param request the request, with the defaults of its model
	 * @param stream whether the answer shall be streamed
	 * @return the body, JSON in UTF-8
	 * @throws ModelException of kind {@code INVALID_REQUEST} if the request asks for
	 * something that this format has no words for
	 */
	byte[] write(ChatRequest request, boolean stream);

	/**
	 * Add headers that depend on the request.
	 * @param request the request
	 * @param headers the headers to add to
	 */
	default void addHeaders(ChatRequest request, HttpHeaders headers) {
	}

	/**
	 * Return what the words in errors of this format stand for. Where none of them is
	 * found, the status decides, refined by what servers of many vendors say. It is asked
	 * once for each model.
	 * @return the words, none by default
	 */
	default ErrorWords errorWords() {
		return ErrorWords.NONE;
	}

	/**
	 * Return the headers in which answers of this format tell of rate limits. It is asked
	 * once for each model.
	 * @return the headers, by default {@link RateLimitHeaders#COMMON}
	 */
	default RateLimitHeaders rateLimitHeaders() {
		return RateLimitHeaders.COMMON;
	}

	/**
	 * Explain a failure that a server of this format has reported.
	 * @param failure the failure
	 * @return the failure with what the user can do about it, by default as it is
	 */
	default ModelException explain(ModelException failure) {
		return failure;
	}

	/**
	 * Start to read an answer.
	 * @param reply what is known before the body
	 * @param kept counts what the reader keeps of the answer
	 * @return a reader for this one answer
	 */
	ReplyReader read(Reply reply, KeptSize kept);

}
