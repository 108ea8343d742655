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

package io.routekit.benchmarks.openai;

import java.util.Optional;

import com.openai.core.http.AsyncStreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import com.openai.services.async.chat.ChatCompletionServiceAsync;
import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.ClientSettings;

/**
 * Calls Chat Completions.
 */
final class CompletionsClient implements Client {

	private final ChatCompletionServiceAsync completions;

	private final ChatCompletionCreateParams params;

	CompletionsClient(ChatCompletionServiceAsync completions, ClientSettings settings) {
		this.completions = completions;
		ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder()
			.model(settings.format().model())
			.addUserMessage("Hi");
		if (settings.workload().isStream()) {
			params.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
		}
		this.params = params.build();
	}

	@Override
	public void stream(Call call) {
		this.completions.createStreaming(this.params).subscribe(new Handler(call));
	}

	@Override
	public void chat(Call call) {
		this.completions.create(this.params).whenComplete((completion, failure) -> {
			if (failure != null) {
				call.fail(failure);
				return;
			}
			call.answer(completion.choices().get(0).message().content().orElse(""));
			completion.usage().ifPresent((usage) -> receive(usage, call));
			call.end();
		});
	}

	private static void receive(CompletionUsage usage, Call call) {
		call.usage(usage.promptTokens(), usage.completionTokens());
	}

	/**
	 * Takes a stream.
	 *
	 * @param call takes what arrives
	 */
	private record Handler(Call call) implements AsyncStreamResponse.Handler<ChatCompletionChunk> {

		@Override
		public void onNext(ChatCompletionChunk chunk) {
			for (ChatCompletionChunk.Choice choice : chunk.choices()) {
				String text = choice.delta().content().orElse("");
				if (!text.isEmpty()) {
					this.call.text(text);
				}
			}
			chunk.usage().ifPresent((usage) -> receive(usage, this.call));
		}

		@Override
		public void onComplete(Optional<Throwable> failure) {
			failure.ifPresentOrElse(this.call::fail, this.call::end);
		}

	}

}
