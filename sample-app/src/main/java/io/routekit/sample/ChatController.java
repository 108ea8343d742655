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

import io.routekit.ChatRequest;
import io.routekit.StreamEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers a conversation, whole or as a stream. Only JSON is accepted: a page of another
 * origin cannot send it unasked, and so cannot spend money.
 */
@RestController
@RequestMapping(path = "/api/chat", consumes = MediaType.APPLICATION_JSON_VALUE)
class ChatController {

	private final ChatModels models;

	private final SampleProperties properties;

	private final StateSeal seal;

	ChatController(ChatModels models, SampleProperties properties, StateSeal seal) {
		this.models = models;
		this.properties = properties;
		this.seal = seal;
	}

	@PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ChatAnswer> chat(@RequestBody ChatBody body) {
		return this.models.get(body.model()).chat(request(body)).map(ChatAnswer::of);
	}

	@PostMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> stream(@RequestBody ChatBody body) {
		// What is wrong with the request is told here, so that it is answered with a
		// status
		Flux<StreamEvent> events = this.models.get(body.model()).stream(request(body));
		return events.mapNotNull(ChatEvents::of).onErrorResume((ex) -> Mono.just(ChatEvents.of(Problem.of(ex))));
	}

	private ChatRequest request(ChatBody body) {
		return body.toRequest(this.properties.allowedExtra(), this.seal);
	}

}
