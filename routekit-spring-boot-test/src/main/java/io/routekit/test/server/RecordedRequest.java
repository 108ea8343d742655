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

import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;

/**
 * A request that a {@link ModelServer} got.
 *
 * @param method the method, such as {@code POST}
 * @param path the path with the query, as it was sent
 * @param headers the headers, with the key
 * @param body the body
 * @since 0.1.0
 */
public record RecordedRequest(String method, String path, HttpHeaders headers, String body) {

	public RecordedRequest {
		Assert.notNull(method, "'method' must not be null");
		Assert.notNull(path, "'path' must not be null");
		Assert.notNull(headers, "'headers' must not be null");
		Assert.notNull(body, "'body' must not be null");
	}

	/**
	 * Return the body as JSON.
	 * @return the JSON
	 * @throws tools.jackson.core.JacksonException if the body is no JSON
	 */
	public JsonNode json() {
		return Json.read(this.body);
	}

	@Override
	public String toString() {
		// Keys and prompts are left out
		return "RecordedRequest[%s %s]".formatted(this.method, this.path);
	}

}
