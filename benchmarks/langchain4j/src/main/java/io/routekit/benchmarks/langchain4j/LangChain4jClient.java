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

package io.routekit.benchmarks.langchain4j;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.Client;

/**
 * Calls models of LangChain4j.
 */
final class LangChain4jClient implements Client {

	private static final UserMessage QUESTION = UserMessage.from("Hi");

	/**
	 * Threads for calls that block, as those of a servlet container. Streams block as
	 * well, if the answer begins soon.
	 */
	private final Executor callers = Executors.newCachedThreadPool();

	private final StreamingChatModel streamingModel;

	private final ChatModel model;

	LangChain4jClient(StreamingChatModel streamingModel, ChatModel model) {
		this.streamingModel = streamingModel;
		this.model = model;
	}

	@Override
	public void stream(Call call) {
		this.callers.execute(() -> {
			try {
				this.streamingModel.chat(List.of(QUESTION), new Handler(call));
			}
			catch (RuntimeException ex) {
				call.fail(ex);
			}
		});
	}

	@Override
	public void chat(Call call) {
		this.callers.execute(() -> {
			try {
				ChatResponse response = this.model.chat(QUESTION);
				call.answer(response.aiMessage().text());
				end(response, call);
			}
			catch (RuntimeException ex) {
				call.fail(ex);
			}
		});
	}

	private static void end(ChatResponse response, Call call) {
		TokenUsage usage = response.tokenUsage();
		call.usage(usage.inputTokenCount(), usage.outputTokenCount());
		call.end();
	}

	/**
	 * Takes a stream.
	 *
	 * @param call takes what arrives
	 */
	private record Handler(Call call) implements StreamingChatResponseHandler {

		@Override
		public void onPartialResponse(String text) {
			this.call.text(text);
		}

		@Override
		public void onCompleteResponse(ChatResponse response) {
			end(response, this.call);
		}

		@Override
		public void onError(Throwable failure) {
			this.call.fail(failure);
		}

	}

}
