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
import java.util.function.Predicate;

import io.routekit.ChatRequest;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.Protocol;
import io.routekit.wire.RateLimitHeaders;

/**
 * What a model asks its server for in one wire format, and by which address.
 *
 * @param condition which requests it is for
 * @param uri the address without its query
 * @param protocol the wire format
 * @param errorWords what the words in errors stand for
 * @param rateLimitHeaders the headers that tell of rate limits
 */
record Operation(Predicate<ChatRequest> condition, URI uri, Protocol protocol, ErrorWords errorWords,
		RateLimitHeaders rateLimitHeaders) {

}
