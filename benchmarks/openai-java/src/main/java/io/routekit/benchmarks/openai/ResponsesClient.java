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
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseOutputMessage;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.services.async.ResponseServiceAsync;
import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.ClientSettings;

/**
 * Calls Responses.
 */
final class ResponsesClient implements Client {

	private final ResponseServiceAsync responses;

	private final ResponseCreateParams params;

	ResponsesClient(ResponseServiceAsync responses, ClientSettings settings) {
		this.responses = responses;
		this.params = ResponseCreateParams.builder().model(settings.format().model()).input("Hi").store(false).build();
	}

	@Override
	public void stream(Call call) {
		this.responses.createStreaming(this.params).subscribe(new Handler(call));
	}

	@Override
	public void chat(Call call) {
		this.responses.create(this.params).whenComplete((response, failure) -> {
			if (failure != null) {
				call.fail(failure);
				return;
			}
			call.answer(text(response));
			receiveUsage(response, call);
			call.end();
		});
	}

	private static String text(Response response) {
		StringBuilder text = new StringBuilder();
		for (ResponseOutputItem item : response.output()) {
			item.message().ifPresent((message) -> {
				for (ResponseOutputMessage.Content content : message.content()) {
					content.outputText().ifPresent((part) -> text.append(part.text()));
				}
			});
		}
		return text.toString();
	}

	private static void receiveUsage(Response response, Call call) {
		response.usage().ifPresent((usage) -> call.usage(usage.inputTokens(), usage.outputTokens()));
	}

	/**
	 * Takes a stream.
	 *
	 * @param call takes what arrives
	 */
	private record Handler(Call call) implements AsyncStreamResponse.Handler<ResponseStreamEvent> {

		@Override
		public void onNext(ResponseStreamEvent event) {
			event.outputTextDelta().ifPresent((text) -> this.call.text(text.delta()));
			event.completed().ifPresent((completed) -> receiveUsage(completed.response(), this.call));
		}

		@Override
		public void onComplete(Optional<Throwable> failure) {
			failure.ifPresentOrElse(this.call::fail, this.call::end);
		}

	}

}
