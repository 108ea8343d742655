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

package io.routekit.trace;

import java.time.Duration;

import io.routekit.ModelCall;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.StreamEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Answers as in a recorded call.
 */
final class Replay {

	private static final Log logger = LogFactory.getLog(Replay.class);

	private final TracedCall call;

	private final boolean paced;

	Replay(TracedCall call, ReplayPace pace) {
		this.call = call;
		this.paced = (pace == ReplayPace.ORIGINAL);
	}

	Mono<ModelResponse> chat(ContextView context) {
		tellKnown(ModelCall.from(context));
		return delayed(end(Mono.justOrEmpty(this.call.response())), this.call.duration());
	}

	Flux<StreamEvent> stream(ContextView context) {
		tellKnown(ModelCall.from(context));
		Flux<StreamEvent> events = Flux.fromIterable(this.call.events()).map(TimedEvent::event);
		Duration last = Duration.ZERO;
		if (this.paced) {
			events = Flux.range(0, this.call.events().size()).concatMap(this::delayedEvent, 0);
			last = lastEvent();
		}
		Mono<StreamEvent> completed = Mono.justOrEmpty(this.call.response()).map(StreamEvent.Completed::new);
		return events.concatWith(delayed(end(completed), this.call.duration().minus(last)));
	}

	private Duration lastEvent() {
		int count = this.call.events().size();
		return (count > 0) ? this.call.events().get(count - 1).at() : Duration.ZERO;
	}

	private Mono<StreamEvent> delayedEvent(int index) {
		TimedEvent event = this.call.events().get(index);
		Duration previous = (index > 0) ? this.call.events().get(index - 1).at() : Duration.ZERO;
		return delayed(Mono.just(event.event()), event.at().minus(previous));
	}

	private <T> Mono<T> delayed(Mono<T> signal, Duration delay) {
		return (this.paced && !delay.isNegative() && !delay.isZero()) ? Mono.delay(delay).then(signal) : signal;
	}

	private <T> Mono<T> end(Mono<T> answer) {
		Throwable failure = this.call.failure();
		if (failure != null) {
			return Mono.error(failure);
		}
		// Whoever cancelled then is expected to do it again
		return (this.call.outcome() == Outcome.CANCELLED)
				? Mono.<T>never()
					.doOnSubscribe((subscription) -> logger.warn(
							"A recorded call was cancelled here: the replay waits until this one is cancelled as well"))
				: answer;
	}

	private void tellKnown(@Nullable ModelCall call) {
		ModelResponse known = this.call.response();
		if (call != null && known != null && this.call.outcome() != Outcome.SUCCESS) {
			call.update(known);
		}
	}

}
