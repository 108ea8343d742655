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

package io.routekit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.routekit.ModelException.Kind;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks for answers of a type, in the way that the server of the model knows.
 *
 * @param type the JSON of the type
 */
record AnswerFormatFilter(JsonType<?> type) implements ModelFilter {

	/**
	 * What servers call formats when they refuse them.
	 */
	private static final List<String> WORDS = List.of("response_format", "response format", "output_config",
			"output_format", "output format", "text.format", "structured output", "json_schema", "json schema",
			"json_object", "json mode", "grammar", "schema is too complex", "json_validate_failed");

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return CallGuard.mono((context) -> {
			ProviderFacts facts = ProviderFacts.of(next);
			ChatRequest asked = asked(request, facts);
			return next.chat(asked)
				.onErrorResume((ex) -> isRefused(asked, ex),
						(ex) -> next.chat(told(request)).doOnSuccess((response) -> refuse(request, facts)))
				.contextCapture();
		});
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return CallGuard.flux((context) -> {
			ProviderFacts facts = ProviderFacts.of(next);
			ChatRequest asked = asked(request, facts);
			return next.stream(asked)
				// What was handed over is not said again
				.switchOnFirst((first, events) -> isRefused(asked, first.getThrowable())
						? next.stream(told(request)).doOnComplete(() -> refuse(request, facts)) : events)
				.contextCapture();
		});
	}

	private ChatRequest asked(ChatRequest request, ProviderFacts facts) {
		if (request.options().responseFormat() != null) {
			throw ModelException
				.invalidRequest("The type of the answer decides about 'responseFormat', which must be unset");
		}
		ChatRequest withSchema = withSchema(request);
		return switch (facts.structuredOutput(withSchema)) {
			case JSON_SCHEMA -> withSchema;
			case JSON_OBJECT -> withFormat(told(request), ResponseFormat.JSON_OBJECT);
			default -> told(request);
		};
	}

	private ChatRequest withSchema(ChatRequest request) {
		String strictSchema = this.type.strictSchema();
		return withFormat(request, (strictSchema != null) ? new ResponseFormat(this.type.name(), strictSchema, true)
				: new ResponseFormat(this.type.name(), this.type.schema(), false));
	}

	private static ChatRequest withFormat(ChatRequest request, ResponseFormat format) {
		return request.withOptions(request.options().mutate().responseFormat(format).build());
	}

	/**
	 * Return a request that tells the format in words. There is one system message at the
	 * start, since the templates of many models take no more.
	 */
	private ChatRequest told(ChatRequest request) {
		List<Message> messages = new ArrayList<>(request.messages());
		String instruction = instruction(!request.tools().isEmpty());
		if (messages.get(0) instanceof SystemMessage system) {
			messages.set(0, Message.system(system.text() + "\n\n" + instruction));
		}
		else {
			messages.add(0, Message.system(instruction));
		}
		return ChatRequest.builder()
			.messages(messages)
			.tools(request.tools())
			.options(request.options())
			.tags(request.tags())
			.build();
	}

	private String instruction(boolean tools) {
		return (tools ? "Call tools as you need them. Then answer" : "Answer")
				+ " with JSON alone: no other text, and no Markdown. It must be valid by this JSON Schema:\n"
				+ this.type.schema();
	}

	private void refuse(ChatRequest request, ProviderFacts facts) {
		facts.refuseFormat(withSchema(request));
	}

	private static boolean isRefused(ChatRequest asked, @Nullable Throwable failure) {
		if (asked.options().responseFormat() == null || !(failure instanceof ModelException exception)
				|| exception.getKind() != Kind.INVALID_REQUEST || exception.getStatus() == null) {
			return false;
		}
		Map<String, Object> details = exception.getDetails();
		String text = "%s %s %s".formatted(exception.getMessage(), details.get("param"), details.get("code"))
			.toLowerCase(Locale.ROOT);
		return WORDS.stream().anyMatch(text::contains);
	}

}
