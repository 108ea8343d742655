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

package io.routekit.readme;

import java.util.List;

import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

@Service
class Summarizer {

	private final Model model;

	Summarizer(Model model) {
		this.model = model;
	}

	Mono<String> summarize(String text) {
		return this.model.chat(List.of(Message.system("Summarize in one sentence."), Message.user(text)))
			.map(ModelResponse::content);
	}

	Flux<String> live(String text) {
		return this.model.stream(text).transform(StreamEvent::text);
	}

}
