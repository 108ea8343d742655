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

package io.routekit.http;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Limits;
import io.routekit.Model;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A {@link Model} that is called over HTTP. What is particular to a provider is in its
 * {@link Protocol}.
 */
final class HttpModel implements Model {

	private static final String SECRETS_ATTRIBUTE = HttpModel.class.getName() + ".secrets";

	private final String provider;

	private final String name;

	private final URI endpoint;

	private final URI uri;

	private final Protocol protocol;

	private final WebClient client;

	private final Timeouts timeouts;

	private final Limits limits;

	private final List<String> secrets;

	HttpModel(HttpModelBuilder builder, WebClient client) {
		this.provider = builder.provider();
		this.name = builder.name();
		this.endpoint = builder.endpoint();
		this.uri = builder.uri();
		this.protocol = builder.protocol();
		this.client = client;
		this.timeouts = builder.timeouts();
		this.limits = builder.limits();
		this.secrets = builder.secrets();
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		return Flux.defer(() -> call(withModel(request), false, Deadlines.ofChat(this.timeouts)))
			.last()
			.map((event) -> ((StreamEvent.Completed) event).response());
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request) {
		return Flux.defer(() -> call(withModel(request), true, Deadlines.ofStream(this.timeouts)));
	}

	private ChatRequest withModel(ChatRequest request) {
		ChatOptions options = request.options();
		return (options.model() != null) ? request : request.withOptions(options.mutate().model(this.name).build());
	}

	private Flux<StreamEvent> call(ChatRequest request, boolean stream, Deadlines deadlines) {
		List<String> secrets = new CopyOnWriteArrayList<>(this.secrets);
		Reply noReply = reply(request, HttpStatus.OK, HttpHeaders.EMPTY, secrets);
		PendingConnection connection = new PendingConnection();
		Mono<ResponseEntity<Flux<DataBuffer>>> exchange = this.client.post()
			.uri(this.uri)
			.attribute(SECRETS_ATTRIBUTE, secrets)
			.accept(stream ? MediaType.TEXT_EVENT_STREAM : MediaType.APPLICATION_JSON)
			.headers((headers) -> this.protocol.addHeaders(request, headers))
			.bodyValue(write(request, stream, noReply))
			.retrieve()
			// The decoder reads errors as well
			.onStatus((status) -> true, (response) -> Mono.empty())
			.toEntityFlux(BodyExtractors.toDataBuffers())
			.doOnCancel(connection::cancel)
			.contextWrite((context) -> context.put(PendingConnection.class, connection));
		Deadlines.Deadline deadline = deadlines.beforeEvent();
		return ((deadline != null) ? exchange.timeout(deadline.timeout(), noHead(noReply, deadline)) : exchange)
			.onErrorMap((failure) -> TransportErrors.ofRequest(noReply, failure))
			.transform(ReplyHead::new)
			.flatMapMany((entity) -> {
				Reply reply = reply(request, entity.getStatusCode(), entity.getHeaders(), secrets);
				Flux<DataBuffer> body = entity.getBody();
				return new ReplyFlux((body != null) ? body : Flux.empty(), reply, this.protocol.read(reply), deadlines);
			});
	}

	private byte[] write(ChatRequest request, boolean stream, Reply noReply) {
		try {
			return this.protocol.write(request, stream);
		}
		catch (JacksonException ex) {
			// The cause is left out: its message may quote the request
			throw noReply
				.exception(Kind.INVALID_REQUEST,
						"The request cannot be written as JSON: an extra option has a value that JSON does not know")
				.status(null)
				.build();
		}
	}

	private static <T> Mono<T> noHead(Reply reply, Deadlines.Deadline deadline) {
		return Mono.error(() -> TransportErrors.ofNoHead(reply, deadline));
	}

	private Reply reply(ChatRequest request, HttpStatusCode status, HttpHeaders headers, List<String> secrets) {
		return new Reply(this.provider, request.options().model(), status, headers, secrets, this.limits);
	}

	/**
	 * Note a secret that is only known once a request is sent.
	 * @param request the request
	 * @param secret the secret
	 */
	@SuppressWarnings("unchecked")
	static void addSecret(ClientRequest request, String secret) {
		List<String> secrets = (List<String>) request.attributes().get(SECRETS_ATTRIBUTE);
		Assert.state(secrets != null, "The request is not one of a model");
		secrets.add(secret);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public String provider() {
		return this.provider;
	}

	@Override
	public URI endpoint() {
		return this.endpoint;
	}

	@Override
	public String toString() {
		// The rest of the endpoint may hold secrets
		return "HttpModel[provider=%s, name=%s, host=%s]".formatted(this.provider, this.name, this.endpoint.getHost());
	}

}
