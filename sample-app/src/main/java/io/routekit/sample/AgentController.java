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

import io.routekit.agent.Agent;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentRequest;
import io.routekit.agent.InvalidApprovalException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets the desk answer a conversation, whole or as a stream. Nothing of it is kept: the
 * conversation comes with the request and goes with the answer.
 */
@RestController
@RequestMapping(path = "/api/agent", consumes = MediaType.APPLICATION_JSON_VALUE)
class AgentController {

	private final Desk desk;

	private final SampleProperties properties;

	private final StateSeal seal;

	AgentController(Desk desk, SampleProperties properties, StateSeal seal) {
		this.desk = desk;
		this.properties = properties;
		this.seal = seal;
	}

	@PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<AgentAnswer> run(@RequestBody AgentBody body) {
		Agent agent = this.desk.over(body.model());
		return agent.run(request(body, agent)).map((response) -> AgentAnswer.of(response, this.seal));
	}

	@PostMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> stream(@RequestBody AgentBody body) {
		Agent agent = this.desk.over(body.model());
		Flux<AgentEvent> events = agent.stream(request(body, agent));
		// What is wrong with the request is answered with a status
		return events.mapNotNull((event) -> AgentEvents.of(event, this.seal))
			.onErrorResume((ex) -> !(ex instanceof InvalidApprovalException),
					(ex) -> Mono.just(ChatEvents.of(Problem.of(ex))));
	}

	private AgentRequest request(AgentBody body, Agent agent) {
		return body.toRequest(agent, this.properties.allowedExtra(), this.seal);
	}

}
