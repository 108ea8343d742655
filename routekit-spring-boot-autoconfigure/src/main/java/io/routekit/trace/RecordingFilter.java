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

import java.time.Clock;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * Records calls, or answers them by what was recorded. A call that a recorded call makes
 * is part of it.
 *
 * @since 0.1.0
 * @see Recordings
 */
public final class RecordingFilter implements ModelFilter {

	private final Recordings recordings;

	private final Clock clock = Clock.systemUTC();

	/**
	 * Create a new {@link RecordingFilter} instance.
	 * @param recordings the recordings to write or to answer from
	 */
	public RecordingFilter(Recordings recordings) {
		Assert.notNull(recordings, "'recordings' must not be null");
		this.recordings = recordings;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return Mono.deferContextual((context) -> {
			if (isSkipped(context)) {
				return next.chat(request);
			}
			Recording recording = this.recordings.current();
			TracedCall recorded = recorded(recording, request, next, false);
			return (recorded != null) ? this.recordings.replay(recorded).chat(context)
					: recorder(recording).chat(request, next);
		});
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return Flux.deferContextual((context) -> {
			if (isSkipped(context)) {
				return next.stream(request);
			}
			Recording recording = this.recordings.current();
			TracedCall recorded = recorded(recording, request, next, true);
			return (recorded != null) ? this.recordings.replay(recorded).stream(context)
					: recorder(recording).stream(request, next);
		});
	}

	@Override
	public int getOrder() {
		return RECORDING_ORDER;
	}

	private boolean isSkipped(ContextView context) {
		return this.recordings.mode() == RecordingMode.OFF || context.hasKey(RecordingFilter.class);
	}

	private @Nullable TracedCall recorded(Recording recording, ChatRequest request, Model model, boolean stream) {
		if (!this.recordings.mode().isReplaying()) {
			return null;
		}
		ChatOptions options = request.options();
		String name = (options.model() != null) ? options.model() : model.name();
		RequestedCall actual = this.recordings.redaction()
			.of(new RequestedCall(model.provider(), name, stream, request));
		TracedCall recorded = recording.take(actual);
		if (recorded == null && this.recordings.mode() == RecordingMode.REPLAY) {
			throw recording.mismatch(actual);
		}
		return recorded;
	}

	private ModelFilter recorder(Recording recording) {
		return ModelFilter.ofListener((start) -> {
			try {
				return new TracingListener(start, recording.nextId(), this.clock.instant(), null, true, recording) {

					@Override
					public Context addToContext(Context context) {
						return context.put(RecordingFilter.class, recording);
					}

				};
			}
			catch (Throwable ex) {
				recording.lost(ex);
				return null;
			}
		});
	}

}
