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

package io.routekit.test.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.buffer.Unpooled;
import io.routekit.ChatRequest;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.fake.FakeModel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.Assert;

/**
 * A request and its answer.
 */
final class ReactorNettyExchange {

	private static final String NO_JSON = "This is no JSON";

	private final FakeModel model;

	private final RecordedRequest request;

	private final HttpServerResponse response;

	private final WireFormat format;

	private final String requestId;

	private final boolean served;

	private volatile boolean broken;

	/**
	 * Create a new {@link ReactorNettyExchange} instance.
	 * @param model the model that answers
	 * @param request the request
	 * @param number the number of the request
	 * @param response the response to write
	 */
	ReactorNettyExchange(FakeModel model, RecordedRequest request, long number, HttpServerResponse response) {
		this.model = model;
		this.request = request;
		this.response = response;
		WireFormat format = WireFormat.of(request.path());
		this.served = format != null && request.method().equals("POST");
		this.format = (format != null) ? format : WireFormat.OPENAI;
		this.requestId = "req_" + number;
	}

	Mono<Void> answer() {
		if (!this.served) {
			return fail(ModelException.of(Kind.NOT_FOUND,
					("The model server answers POST requests to …/chat/completions, …/responses and …/messages, "
							+ "but this is %s %s")
						.formatted(this.request.method(), this.request.path())));
		}
		try {
			JsonNode body = this.request.json();
			ChatRequest chat = this.format.read(this.request.path(), body);
			return body.path("stream").asBoolean(false) ? stream(chat, body) : chat(chat);
		}
		catch (JacksonException | IllegalArgumentException | ModelException ex) {
			return fail(ModelException.of(Kind.INVALID_REQUEST, String.valueOf(ex.getMessage())));
		}
	}

	private Mono<Void> chat(ChatRequest chat) {
		return this.model.chat(chat)
			.map((answer) -> send(200, answer.requestId(), this.format.write(answer)))
			.onErrorResume((failure) -> Mono.just(fail(failure)))
			.flatMap((sending) -> sending);
	}

	private Mono<Void> stream(ChatRequest chat, JsonNode body) {
		AtomicReference<ModelCall> call = new AtomicReference<>();
		return this.model.filter(ModelFilter.ofListener((start) -> {
			call.set(start.call());
			return (end) -> {
			};
		}))
			.stream(chat)
			// Before its first event a stream can still fail with a status
			.switchOnFirst((first, events) -> (first.getThrowable() != null) ? fail(first.getThrowable())
					: sendStream(events, body, call.get().response()))
			.then();
	}

	private Publisher<Void> sendStream(Flux<StreamEvent> events, JsonNode body, @Nullable ModelResponse beginning) {
		Assert.state(beginning != null, "The model must tell what it begins");
		header(this.format.requestIdHeader(), requestId(beginning.requestId()));
		header(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_EVENT_STREAM_VALUE);
		WireStream stream = this.format.stream(body, beginning);
		return this.response
			.send(events.map(stream::write)
				.filter((text) -> !text.isEmpty())
				.onErrorResume(this::failInStream)
				.map((text) -> Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8))), (buffer) -> true)
			// A cut at once would overtake what is being sent
			.then(Mono.defer(() -> this.broken ? cut() : Mono.empty()));
	}

	private Mono<Void> fail(Throwable cause) {
		ModelException failure = failure(cause);
		if (failure.getKind() == Kind.NETWORK) {
			return cut();
		}
		if (isSilent(failure)) {
			return Mono.never();
		}
		if (failure.getKind() == Kind.INVALID_RESPONSE) {
			return send(200, failure.getRequestId(), NO_JSON);
		}
		writeRetryHints(failure);
		int status = status(failure);
		return send(status, failure.getRequestId(),
				this.format.errors().body(failure, status, requestId(failure.getRequestId())));
	}

	private Flux<String> failInStream(Throwable cause) {
		ModelException failure = failure(cause);
		if (failure.getKind() == Kind.NETWORK) {
			this.broken = true;
			return Flux.empty();
		}
		if (isSilent(failure)) {
			return Flux.never();
		}
		if (failure.getKind() == Kind.INVALID_RESPONSE) {
			return Flux.just(WireStream.data(NO_JSON));
		}
		return Flux.just(this.format
			.streamError(this.format.errors().body(failure, status(failure), requestId(failure.getRequestId()))));
	}

	private static ModelException failure(Throwable cause) {
		return (cause instanceof ModelException failure) ? failure
				: ModelException.of(Kind.SERVER, "The script of the model server failed: " + cause);
	}

	private static boolean isSilent(ModelException failure) {
		return failure.getKind() == Kind.TIMEOUT && failure.getStatus() == null;
	}

	private int status(ModelException failure) {
		return (failure.getStatus() != null) ? failure.getStatus() : this.format.errors().status(failure.getKind());
	}

	private void writeRetryHints(ModelException failure) {
		Duration retryAfter = failure.getRetryAfter();
		if (retryAfter != null) {
			header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.plusMillis(999).toSeconds()));
			header("retry-after-ms", String.valueOf(retryAfter.toMillis()));
		}
		if (failure.isRetryable() != failure.getKind().isRetryable()) {
			header("x-should-retry", String.valueOf(failure.isRetryable()));
		}
	}

	private Mono<Void> send(int status, @Nullable String requestId, ObjectNode body) {
		return send(status, requestId, body.toString());
	}

	private Mono<Void> send(int status, @Nullable String requestId, String body) {
		header(this.format.requestIdHeader(), requestId(requestId));
		header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
		return this.response.status(status).sendString(Mono.just(body), StandardCharsets.UTF_8).then();
	}

	private String requestId(@Nullable String requestId) {
		return (requestId != null) ? requestId : this.requestId;
	}

	private void header(String name, String value) {
		this.response.header(name, value);
	}

	private Mono<Void> cut() {
		return Mono.<Void>never()
			.doOnSubscribe((subscription) -> this.response.withConnection(DisposableChannel::dispose));
	}

}
