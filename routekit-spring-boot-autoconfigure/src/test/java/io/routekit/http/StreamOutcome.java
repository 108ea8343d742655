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

import java.util.ArrayList;
import java.util.List;

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.http.RawServer.Script;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What became of a stream.
 *
 * @param events the events that arrived
 * @param failure the failure, or {@code null} if there was none
 */
public record StreamOutcome(List<StreamEvent> events, ModelException failure) {

	static StreamOutcome of(Publisher<? extends StreamEvent> call) {
		List<StreamEvent> events = new ArrayList<>();
		try {
			Flux.from(call).doOnNext(events::add).blockLast(TestCalls.LIMIT);
			return new StreamOutcome(events, null);
		}
		catch (ModelException ex) {
			return new StreamOutcome(events, ex);
		}
	}

	/**
	 * Return what becomes of a stream, which must not depend on how it is cut.
	 */
	public static StreamOutcome of(Model model, RawServer server, String stream, String... headers) {
		StreamOutcome first = null;
		for (Chunking chunking : Chunking.values()) {
			server.reply(Script.events(stream, chunking, headers));
			StreamOutcome outcome = of(model.stream("Hi"));
			first = (first != null) ? first : outcome;
			assertThat(outcome.signature()).as("in " + chunking).isEqualTo(first.signature());
		}
		return first;
	}

	/**
	 * Return the events of a stream that must succeed.
	 */
	public static List<StreamEvent> eventsOf(Model model, RawServer server, String stream) {
		StreamOutcome outcome = of(model, server, stream);
		assertThat(outcome.failure()).isNull();
		return outcome.events();
	}

	ModelResponse response() {
		return TestCalls.responseOf(this.events);
	}

	String text() {
		return TestCalls.textOf(this.events);
	}

	/**
	 * Return what is the same each time: ids that were missing are generated.
	 */
	String signature() {
		String response = (this.failure == null) ? response().content() + response().toolCalls() : "";
		return (this.events + response + this.failure).replaceAll("(call|toolu)_[0-9a-f]{32}", "generated");
	}

}
