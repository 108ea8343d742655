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

package io.routekit.benchmarks.anthropic;

import java.util.Optional;

import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.services.async.MessageServiceAsync;
import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.Client;

/**
 * Calls Anthropic Messages.
 */
final class AnthropicClient implements Client {

	private final MessageServiceAsync messages;

	private final MessageCreateParams params;

	AnthropicClient(MessageServiceAsync messages, String model) {
		this.messages = messages;
		this.params = MessageCreateParams.builder().model(model).maxTokens(4096).addUserMessage("Hi").build();
	}

	@Override
	public void stream(Call call) {
		this.messages.createStreaming(this.params).subscribe(new Handler(call));
	}

	@Override
	public void chat(Call call) {
		this.messages.create(this.params).whenComplete((message, failure) -> {
			if (failure != null) {
				call.fail(failure);
				return;
			}
			call.answer(message.content().get(0).asText().text());
			call.usage(message.usage().inputTokens(), message.usage().outputTokens());
			call.end();
		});
	}

	/**
	 * Takes a stream.
	 */
	private static final class Handler implements AsyncStreamResponse.Handler<RawMessageStreamEvent> {

		private final Call call;

		private long inputTokens;

		Handler(Call call) {
			this.call = call;
		}

		@Override
		public void onNext(RawMessageStreamEvent event) {
			event.messageStart().ifPresent((start) -> this.inputTokens = start.message().usage().inputTokens());
			event.contentBlockDelta()
				.flatMap((block) -> block.delta().text())
				.ifPresent((delta) -> this.call.text(delta.text()));
			event.messageDelta().ifPresent((delta) -> this.call.usage(this.inputTokens, delta.usage().outputTokens()));
		}

		@Override
		public void onComplete(Optional<Throwable> failure) {
			failure.ifPresentOrElse(this.call::fail, this.call::end);
		}

	}

}
