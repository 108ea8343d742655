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

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

import io.routekit.AgentRound;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended.
 *
 * @param id what tells it from all others
 * @param time when it started
 * @param span the span of the call, or {@code null} if it is not traced
 * @param stream whether the answer was streamed
 * @param provider the type of the provider
 * @param model the name of the model that was asked for
 * @param endpoint the address that was called, or {@code null} if there is none
 * @param outcome how it ended
 * @param duration the time from start to end
 * @param timeToFirstChunk the time from the start of a stream to its first event, or
 * {@code null} if there was none
 * @param delegating whether the model called other traced models, which have the tokens
 * and the cost
 * @param request what was asked
 * @param response the answer, or what is known of one that did not end; {@code null} if
 * nothing is
 * @param failure why it failed, or {@code null} if it did not
 * @param events the events of a stream without the last one, which is the response; empty
 * if they are not kept
 * @param content how much there is of the content
 * @param agentRound the round of an agent that it is part of, or {@code null} if it is
 * none, and for a call that was read
 */
record TracedCall(String id, Instant time, @Nullable SpanIds span, boolean stream, String provider, String model,
		@Nullable URI endpoint, Outcome outcome, Duration duration, @Nullable Duration timeToFirstChunk,
		boolean delegating, ChatRequest request, @Nullable ModelResponse response, @Nullable Throwable failure,
		List<TimedEvent> events, Content content, @Nullable AgentRound agentRound) implements TraceEntry {

	private static final List<Message> NO_MESSAGES = List.of(Message.user(""));

	TracedCall {
		events = List.copyOf(events);
	}

	TracedCall withContent(ChatRequest request, @Nullable ModelResponse response, @Nullable Throwable failure,
			List<TimedEvent> events) {
		return new TracedCall(this.id, this.time, this.span, this.stream, this.provider, this.model, this.endpoint,
				this.outcome, this.duration, this.timeToFirstChunk, this.delegating, request, response, failure, events,
				this.content, this.agentRound);
	}

	/**
	 * Return the call without what only a line with content has. The request has no more
	 * than its tags.
	 * @return the call
	 */
	@Override
	public TracedCall withoutContent() {
		ModelResponse response = this.response;
		return new TracedCall(this.id, this.time, this.span, this.stream, this.provider, this.model, this.endpoint,
				this.outcome, this.duration, this.timeToFirstChunk, this.delegating,
				ChatRequest.builder().messages(NO_MESSAGES).tags(this.request.tags()).build(),
				(response != null) ? withoutContent(response) : null, this.failure, Collections.emptyList(),
				Content.NONE, this.agentRound);
	}

	@Override
	public long size(long most) {
		return CallSize.of(this, most);
	}

	private static ModelResponse withoutContent(ModelResponse response) {
		Usage usage = response.usage();
		return ModelResponse.builder()
			.finishReason(response.finishReason())
			.usage((usage != null) ? usage.mutate().raw(Collections.emptyMap()).build() : null)
			.provider(response.provider())
			.model(response.model())
			.requestId(response.requestId())
			.build();
	}

	/**
	 * How much there is of the content of a call.
	 */
	enum Content {

		/**
		 * All of it.
		 */
		WHOLE,

		/**
		 * All but the last events of the stream, for which there was no memory.
		 */
		CUT,

		/**
		 * None of it.
		 */
		NONE

	}

}
