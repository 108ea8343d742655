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

import java.util.List;

import io.routekit.ModelException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Asks models for answers of a Java type, and reads them. Immutable and thread-safe.
 * <pre>{@code
 * AnswerFormat<Offer> format = AnswerFormat.of(model.jsonTypes().of(Offer.class));
 * Mono<Offer> offer = format.applyTo(model).chat("What do you offer?").map(format::read);
 * }</pre>
 *
 * @param <T> the type of the answers
 * @since 0.1.0
 * @see Model#chat(ChatRequest, Class)
 */
public final class AnswerFormat<T> {

	private static final int MAX_FAULTS = 20;

	private static final String FENCE = "```";

	private final JsonType<T> type;

	private AnswerFormat(JsonType<T> type) {
		this.type = type;
	}

	/**
	 * Return the format of answers of a type.
	 * @param <T> the type of the answers
	 * @param type the JSON of the type
	 * @return the format
	 */
	public static <T> AnswerFormat<T> of(JsonType<T> type) {
		Assert.notNull(type, "'type' must not be null");
		return new AnswerFormat<>(type);
	}

	/**
	 * Return a model that asks for answers of the type with each call: by the JSON Schema
	 * if the server keeps to it, as {@link ProviderFacts#structuredOutput} tells, and
	 * otherwise by a system text. If the server refuses the schema after all, it is asked
	 * once more by text, and from then on.
	 * <p>
	 * What the model answers can still be anything, which {@link #read(ModelResponse)}
	 * tells. A request that has a format of its own fails as
	 * {@link Kind#INVALID_REQUEST}.
	 * @param model the model to ask
	 * @return the model that asks for the type
	 */
	public Model applyTo(Model model) {
		Assert.notNull(model, "'model' must not be null");
		return model.filter(new AnswerFormatFilter(this.type));
	}

	/**
	 * Read an answer.
	 * @param response the answer
	 * @return the value
	 * @throws JsonFaultsException if the answer is complete but does not fit the type
	 * @throws ModelException if it is none: of kind {@link Kind#CONTENT_FILTERED} if the
	 * model refused or a filter withheld it, or of kind {@link Kind#INVALID_RESPONSE} if
	 * it was cut at the limit of tokens or calls tools
	 */
	public T read(ModelResponse response) {
		Assert.notNull(response, "'response' must not be null");
		ModelException problem = problem(response);
		if (problem != null) {
			throw problem;
		}
		return this.type.read(withoutFence(response.content().strip()));
	}

	private @Nullable ModelException problem(ModelResponse response) {
		if (response.refusal() != null) {
			return refused(response);
		}
		return switch (response.finishReason()) {
			case REFUSAL -> refused(response);
			case CONTENT_FILTERED ->
				failure(Kind.CONTENT_FILTERED, "A content filter withheld the answer or the rest of it", response);
			case LENGTH -> failure(Kind.INVALID_RESPONSE,
					"The answer was cut at the limit of tokens: raise 'maxTokens', or let the model reason less",
					response);
			default -> response.toolCalls().isEmpty() ? null : failure(Kind.INVALID_RESPONSE,
					"The model called tools instead of answering: an agent runs them, or offer none", response);
		};
	}

	private static ModelException refused(ModelResponse response) {
		return failure(Kind.CONTENT_FILTERED, "The model refused to answer", response);
	}

	// A model that is told in words likes to put JSON into a block of code
	private static String withoutFence(String text) {
		int fence = text.startsWith("{") ? -1 : text.indexOf(FENCE);
		int start = (fence >= 0) ? text.indexOf('\n', fence) : -1;
		if (start < 0) {
			return text;
		}
		int end = text.lastIndexOf(FENCE);
		return text.substring(start, (end > start) ? end : text.length());
	}

	/**
	 * Return the messages that ask the model to correct its answer, to be added to the
	 * conversation: the answer, unless it is empty, and what does not fit.
	 * @param response the answer
	 * @param faults what does not fit
	 * @return the messages
	 */
	public List<Message> correction(ModelResponse response, JsonFaultsException faults) {
		Assert.notNull(response, "'response' must not be null");
		Assert.notNull(faults, "'faults' must not be null");
		StringBuilder text = new StringBuilder("This answer does not fit what was asked for:\n");
		faults.getFaults().stream().limit(MAX_FAULTS).forEach((fault) -> text.append("- ").append(fault).append('\n'));
		Message correction = Message.user(text.append("Answer again with the whole corrected JSON alone.").toString());
		// No provider takes an empty message
		return response.content().isBlank() ? List.of(correction) : List.of(response.toMessage(), correction);
	}

	/**
	 * Return the failure of a call whose answer does not fit, also after its correction.
	 * @param response the answer
	 * @param faults what does not fit
	 * @return the failure, of kind {@link Kind#INVALID_RESPONSE}; its message says what
	 * did not fit, without the text of the answer
	 */
	public ModelException failure(ModelResponse response, JsonFaultsException faults) {
		Assert.notNull(response, "'response' must not be null");
		Assert.notNull(faults, "'faults' must not be null");
		List<String> expectations = faults.getExpectations().stream().limit(MAX_FAULTS).toList();
		return failure(Kind.INVALID_RESPONSE,
				"The answer does not fit '%s': %s".formatted(this.type.name(), String.join("; ", expectations)),
				response);
	}

	private static ModelException failure(Kind kind, String message, ModelResponse response) {
		return ModelException.builder(kind, message)
			.provider(response.provider())
			.model(response.model())
			.requestId(response.requestId())
			.detail("finishReason", response.finishReason().name())
			.build();
	}

	@Override
	public String toString() {
		return "AnswerFormat[%s]".formatted(this.type.name());
	}

}
