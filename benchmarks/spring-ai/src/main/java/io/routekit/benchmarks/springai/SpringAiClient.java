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

package io.routekit.benchmarks.springai;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.Client;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Calls a model of Spring AI.
 */
final class SpringAiClient implements Client {

	private static final Prompt PROMPT = new Prompt("Hi");

	/**
	 * Threads for calls that block, as those of a servlet container.
	 */
	private final Executor callers = Executors.newCachedThreadPool();

	private final ChatModel model;

	SpringAiClient(ChatModel model) {
		this.model = model;
	}

	@Override
	public void stream(Call call) {
		UsageOfStream usage = new UsageOfStream();
		this.model.stream(PROMPT).subscribe((response) -> {
			Generation generation = response.getResult();
			String text = (generation != null) ? generation.getOutput().getText() : null;
			if (text != null && !text.isEmpty()) {
				call.text(text);
			}
			usage.note(response);
		}, call::fail, () -> {
			usage.tell(call);
			call.end();
		});
	}

	@Override
	public void chat(Call call) {
		this.callers.execute(() -> {
			try {
				ChatResponse response = this.model.call(PROMPT);
				Generation generation = response.getResult();
				call.answer(String.valueOf((generation != null) ? generation.getOutput().getText() : null));
				UsageOfStream usage = new UsageOfStream();
				usage.note(response);
				usage.tell(call);
				call.end();
			}
			catch (RuntimeException ex) {
				call.fail(ex);
			}
		});
	}

	/**
	 * The greatest numbers of a stream, of which only some parts tell any.
	 */
	private static final class UsageOfStream {

		private int promptTokens;

		private int completionTokens;

		void note(ChatResponse response) {
			Usage usage = response.getMetadata().getUsage();
			if (usage != null) {
				this.promptTokens = Math.max(this.promptTokens, usage.getPromptTokens());
				this.completionTokens = Math.max(this.completionTokens, usage.getCompletionTokens());
			}
		}

		void tell(Call call) {
			call.usage(this.promptTokens, this.completionTokens);
		}

	}

}
