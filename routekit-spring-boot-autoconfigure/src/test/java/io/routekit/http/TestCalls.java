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

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * What tests ask of the calls of a model.
 */
public final class TestCalls {

	/**
	 * The time after which a call has failed its test.
	 */
	public static final Duration LIMIT = Duration.ofSeconds(30);

	private TestCalls() {
	}

	public static ModelException failureOf(Publisher<?> call) {
		try {
			Flux.from(call).blockLast(LIMIT);
		}
		catch (ModelException ex) {
			return ex;
		}
		throw new AssertionError("The call did not fail");
	}

	/**
	 * Make a call, whatever becomes of it.
	 */
	static void run(Publisher<?> call) {
		Flux.from(call).onErrorComplete().blockLast(LIMIT);
	}

	public static List<StreamEvent> eventsOf(Flux<StreamEvent> call) {
		return call.collectList().blockOptional(LIMIT).orElseThrow();
	}

	public static ModelResponse responseOf(List<StreamEvent> events) {
		return ((StreamEvent.Completed) events.get(events.size() - 1)).response();
	}

	public static String textOf(List<StreamEvent> events) {
		return events.stream()
			.filter(StreamEvent.Text.class::isInstance)
			.map((event) -> ((StreamEvent.Text) event).text())
			.collect(Collectors.joining());
	}

}
