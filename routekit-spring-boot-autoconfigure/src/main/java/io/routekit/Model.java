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

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * A language model that answers a conversation, whole or as a stream of events.
 * <p>
 * Publishers are cold: each subscription makes one call, and nothing is sent before it.
 * Calls neither block nor own a thread, so signals arrive on the thread of the network
 * client. Cancelling a subscription closes the connection of its call at once. Failures
 * are signalled as {@link ModelException}.
 * <p>
 * A custom provider implements {@link #chat(ChatRequest)} alone.
 *
 * @since 0.1.0
 * @see ModelFilter
 * @see ModelProvider
 */
@FunctionalInterface
public interface Model {

	/**
	 * Answer the given request.
	 * @param request the conversation to answer
	 * @return the answer, never empty; fails with a {@link ModelException}
	 */
	Mono<ModelResponse> chat(ChatRequest request);

	/**
	 * Answer the given request as a stream of events, of which the last one is
	 * {@link StreamEvent.Completed} with the response that {@link #chat(ChatRequest)}
	 * would have given. The default makes the events from that response.
	 * @param request the conversation to answer
	 * @return the events in the order of the provider; fails with a
	 * {@link ModelException}, after the events that arrived before the failure
	 */
	default Flux<StreamEvent> stream(ChatRequest request) {
		return chat(request).flatMapIterable(StreamEvent::of);
	}

	/**
	 * Return the name of the model that answers when a request names none.
	 * @return the provider's name for the model, {@code unknown} by default
	 */
	default String name() {
		return "unknown";
	}

	/**
	 * Return the type of the provider that answers.
	 * @return the type, for example {@code openai}; {@code custom} by default
	 */
	default String provider() {
		return ProviderFacts.UNNAMED;
	}

	/**
	 * Return what is particular to the provider that answers, such as its name in
	 * telemetry. Whoever needs it asks {@link ProviderFacts#of(Model)}.
	 * @return the facts, by default those of a provider that has its type for a name
	 * everywhere
	 */
	default ProviderFacts facts() {
		return ProviderFacts.of(provider());
	}

	/**
	 * Return the address of the server that answers.
	 * @return the base URL without user and query, which can be secret, or {@code null}
	 * if there is no server
	 */
	default @Nullable URI endpoint() {
		return null;
	}

	/**
	 * Answer a single user message.
	 * @param text the text of the message
	 * @return the answer; fails with an {@link IllegalArgumentException} or a
	 * {@link ModelException} if these make no {@linkplain ChatRequest.Builder#build()
	 * request}
	 * @see #chat(ChatRequest)
	 */
	default Mono<ModelResponse> chat(String text) {
		return chat(() -> ChatRequest.of(text));
	}

	/**
	 * Answer a conversation.
	 * @param messages the messages, oldest first
	 * @return the answer; fails with an {@link IllegalArgumentException} or a
	 * {@link ModelException} if these make no {@linkplain ChatRequest.Builder#build()
	 * request}
	 * @see #chat(ChatRequest)
	 */
	default Mono<ModelResponse> chat(List<? extends Message> messages) {
		return chat(() -> ChatRequest.of(messages));
	}

	/**
	 * Answer a conversation, offering tools to the model.
	 * @param messages the messages, oldest first
	 * @param tools the tools that the model may call
	 * @return the answer; fails with an {@link IllegalArgumentException} or a
	 * {@link ModelException} if these make no {@linkplain ChatRequest.Builder#build()
	 * request}
	 * @see #chat(ChatRequest)
	 */
	default Mono<ModelResponse> chat(List<? extends Message> messages, List<Tool> tools) {
		return chat(() -> ChatRequest.builder().messages(messages).tools(tools).build());
	}

	private Mono<ModelResponse> chat(Supplier<ChatRequest> request) {
		ChatRequest created;
		try {
			created = request.get();
		}
		catch (IllegalArgumentException | ModelException ex) {
			return Mono.error(ex);
		}
		return chat(created);
	}

	/**
	 * Answer with a value of a type. The model is asked for JSON that is valid by the
	 * schema of the type: natively where its server has that, otherwise in words. An
	 * answer that does not fit goes back once with what is wrong, which is a second call
	 * of the model.
	 * @param <T> the type of the answer
	 * @param request the conversation to answer, without a format of its own
	 * @param type the type of the answer, for example a record
	 * @return the answer, never empty; fails with a {@link ModelException}, of kind
	 * {@code INVALID_RESPONSE} if the second answer does not fit either, if it was cut or
	 * if it calls tools, of kind {@code CONTENT_FILTERED} if the model refuses; with an
	 * {@link IllegalArgumentException} if the type cannot be told as a schema
	 * @see AnswerFormat
	 */
	default <T> Mono<T> chat(ChatRequest request, Class<T> type) {
		Assert.notNull(request, "'request' must not be null");
		Assert.notNull(type, "'type' must not be null");
		return TypedAnswer.of(this, request, type);
	}

	/**
	 * Answer with a value of a generic type, for example a list of records.
	 * @param <T> the type of the answer
	 * @param request the conversation to answer, without a format of its own
	 * @param type the type of the answer
	 * @return the answer, never empty; fails as {@link #chat(ChatRequest, Class)} does
	 */
	default <T> Mono<T> chat(ChatRequest request, ParameterizedTypeReference<T> type) {
		Assert.notNull(request, "'request' must not be null");
		Assert.notNull(type, "'type' must not be null");
		return TypedAnswer.of(this, request, type.getType());
	}

	/**
	 * Answer a single user message with a value of a type.
	 * @param <T> the type of the answer
	 * @param text the text of the message
	 * @param type the type of the answer, for example a record
	 * @return the answer, never empty; fails as {@link #chat(ChatRequest, Class)} does
	 */
	default <T> Mono<T> chat(String text, Class<T> type) {
		return CallGuard.mono((context) -> chat(ChatRequest.of(text), type));
	}

	/**
	 * Answer a single user message as a stream of events.
	 * @param text the text of the message
	 * @return the events; fails with an {@link IllegalArgumentException} or a
	 * {@link ModelException} if these make no {@linkplain ChatRequest.Builder#build()
	 * request}
	 * @see #stream(ChatRequest)
	 */
	default Flux<StreamEvent> stream(String text) {
		return stream(() -> ChatRequest.of(text));
	}

	/**
	 * Answer a conversation as a stream of events.
	 * @param messages the messages, oldest first
	 * @return the events; fails with an {@link IllegalArgumentException} or a
	 * {@link ModelException} if these make no {@linkplain ChatRequest.Builder#build()
	 * request}
	 * @see #stream(ChatRequest)
	 */
	default Flux<StreamEvent> stream(List<? extends Message> messages) {
		return stream(() -> ChatRequest.of(messages));
	}

	/**
	 * Answer a conversation as a stream of events, offering tools to the model.
	 * @param messages the messages, oldest first
	 * @param tools the tools that the model may call
	 * @return the events; fails with an {@link IllegalArgumentException} or a
	 * {@link ModelException} if these make no {@linkplain ChatRequest.Builder#build()
	 * request}
	 * @see #stream(ChatRequest)
	 */
	default Flux<StreamEvent> stream(List<? extends Message> messages, List<Tool> tools) {
		return stream(() -> ChatRequest.builder().messages(messages).tools(tools).build());
	}

	private Flux<StreamEvent> stream(Supplier<ChatRequest> request) {
		ChatRequest created;
		try {
			created = request.get();
		}
		catch (IllegalArgumentException | ModelException ex) {
			return Flux.error(ex);
		}
		return stream(created);
	}

	/**
	 * Return a model that passes each call through the given filter.
	 * @param filter the filter to put around this model
	 * @return the filtered model
	 */
	default Model filter(ModelFilter filter) {
		return new FilteredModel(this, filter);
	}

	/**
	 * Return the filters around this model.
	 * @return the filters, the outermost first; none by default
	 */
	default List<ModelFilter> filters() {
		return Collections.emptyList();
	}

	/**
	 * Return how the JSON of Java types is told to this model, and how its own is read.
	 * @return the types of the application, or {@linkplain JsonTypes#defaults() those of
	 * the class path}, which is the default
	 * @throws IllegalStateException if a library for schemas is missing
	 */
	default JsonTypes jsonTypes() {
		return JsonTypes.defaults();
	}

	/**
	 * Return the model of the given type that this model is, or that its filters
	 * surround.
	 * @param <T> the type of the model
	 * @param type the type to look for
	 * @return the model of that type
	 * @throws IllegalStateException if there is none
	 */
	default <T> T unwrap(Class<T> type) {
		Assert.notNull(type, "'type' must not be null");
		Assert.state(type.isInstance(this), () -> "The model '%s' of provider '%s' is not a %s".formatted(name(),
				provider(), type.getSimpleName()));
		return type.cast(this);
	}

}
