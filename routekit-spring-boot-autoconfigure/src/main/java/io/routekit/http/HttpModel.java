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
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.routekit.CallDeadline;
import io.routekit.CallGuard;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Limits;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.ProviderFacts;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.memory.MemoryBudget;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.KeptSize;
import io.routekit.wire.RateLimit;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyReader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import tools.jackson.core.JacksonException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A {@link Model} that is called over HTTP. What is particular to a provider is in its
 * {@link Protocol}.
 */
final class HttpModel implements Model {

	private final ProviderFacts facts;

	private final String name;

	private final URI endpoint;

	private final List<Operation> operations;

	private final SingletonSupplier<WebClient> client;

	private final boolean tellingConnections;

	private final Timeouts timeouts;

	private final Limits limits;

	private final MemoryBudget inFlight;

	private final SecretRedactor secrets;

	private final Credential credential;

	private final @Nullable Consumer<List<RateLimit>> rateLimits;

	HttpModel(HttpModelBuilder builder, SingletonSupplier<WebClient> client) {
		this.facts = builder.facts();
		this.name = builder.name();
		this.endpoint = builder.endpoint();
		this.operations = builder.operations();
		this.client = client;
		this.tellingConnections = builder.isTellingConnections();
		this.timeouts = builder.timeouts();
		this.limits = builder.limits();
		this.inFlight = builder.inFlight();
		this.secrets = builder.secrets();
		this.credential = builder.credential();
		this.rateLimits = builder.rateLimits();
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		return CallGuard
			.mono((context) -> call(withModel(request), false, Deadlines.ofChat(timeouts(request), deadline(context)))
				.last()
				.map((event) -> ((StreamEvent.Completed) event).response()));
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request) {
		return CallGuard.flux(
				(context) -> call(withModel(request), true, Deadlines.ofStream(timeouts(request), deadline(context))));
	}

	private static @Nullable CallDeadline deadline(ContextView context) {
		ModelCall call = ModelCall.from(context);
		return (call != null) ? call.deadline() : null;
	}

	private Timeouts timeouts(ChatRequest request) {
		Timeouts timeouts = request.options().timeouts();
		return (timeouts != null) ? timeouts.withDefaults(this.timeouts) : this.timeouts;
	}

	private ChatRequest withModel(ChatRequest request) {
		ChatOptions options = request.options();
		return (options.model() != null) ? request : request.withOptions(options.mutate().model(this.name).build());
	}

	private Flux<StreamEvent> call(ChatRequest request, boolean stream, Deadlines deadlines) {
		Call call = new Call(request);
		limitTimeToConnect(deadlines, timeouts(request).connect(), call.noReply());
		// The secret comes first, so that no failure quotes a request which holds it
		Mono<ResponseEntity<Flux<DataBuffer>>> head = this.credential.find(request, call.noReply())
			.flatMap((secret) -> {
				call.secret = secret;
				return CallGuard.mono((context) -> exchange(call, stream, secret));
			});
		return new ReplyFlux(head, call, new CallConnection(), deadlines);
	}

	private Operation operation(ChatRequest request) {
		for (Operation operation : this.operations) {
			if (operation.condition().test(request)) {
				return operation;
			}
		}
		throw new IllegalStateException("No wire format is for this request");
	}

	private Mono<ResponseEntity<Flux<DataBuffer>>> exchange(Call call, boolean stream, Credential.Secret secret) {
		byte[] body = write(call, stream);
		HttpHeaders headers = new HttpHeaders();
		call.operation.protocol().addHeaders(call.request, headers);
		return this.client.obtain()
			.post()
			.uri(call.operation.uri())
			.accept(stream ? MediaType.TEXT_EVENT_STREAM : MediaType.APPLICATION_JSON)
			.headers((all) -> {
				secret.addTo(all);
				all.putAll(headers);
			})
			.bodyValue(body)
			.retrieve()
			// The decoder reads errors as well
			.onStatus((status) -> !status.is2xxSuccessful(), (response) -> Mono.empty())
			.toEntityFlux(BodyExtractors.toDataBuffers());
	}

	private byte[] write(Call call, boolean stream) {
		Reply noReply = call.noReply();
		try {
			return call.operation.protocol().write(call.request, stream);
		}
		catch (ModelException ex) {
			throw ex;
		}
		catch (JacksonException ex) {
			// The cause is left out: its message may quote the request
			throw noReply
				.exception(Kind.INVALID_REQUEST,
						"The request cannot be written as JSON: an extra option has a value that JSON does not know")
				.status(null)
				.build();
		}
		catch (RuntimeException ex) {
			throw noReply.exception(Kind.INVALID_REQUEST, "The request cannot be written", ex).status(null).build();
		}
	}

	// The time of the model is a setting of its connections
	private void limitTimeToConnect(Deadlines deadlines, Duration timeout, Reply noReply) {
		if (timeout.compareTo(this.timeouts.connect()) >= 0) {
			return;
		}
		if (!this.tellingConnections) {
			throw noReply
				.exception(Kind.INVALID_REQUEST,
						"The HTTP client of this application can limit the time to connect only for all calls: "
								+ "set timeout.connect of the model instead of the timeout of the request")
				.status(null)
				.build();
		}
		deadlines.connect(timeout);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public String provider() {
		return this.facts.provider();
	}

	@Override
	public ProviderFacts facts() {
		return this.facts;
	}

	@Override
	public URI endpoint() {
		return this.endpoint;
	}

	@Override
	public String toString() {
		// The rest of the endpoint may hold secrets
		return "HttpModel[provider=%s, name=%s, host=%s]".formatted(provider(), this.name, this.endpoint.getHost());
	}

	/**
	 * One call, which knows the secret that it is made with.
	 */
	private final class Call implements ReplyOpener {

		private final ChatRequest request;

		private final Operation operation;

		private volatile Credential.@Nullable Secret secret;

		Call(ChatRequest request) {
			this.request = request;
			this.operation = operation(request);
		}

		@Override
		public Reply noReply() {
			return reply(HttpStatus.OK, HttpHeaders.EMPTY);
		}

		@Override
		public Reply reply(ResponseEntity<?> head) {
			return reply(head.getStatusCode(), head.getHeaders());
		}

		private Reply reply(HttpStatusCode status, HttpHeaders headers) {
			Credential.Secret secret = this.secret;
			SecretRedactor secrets = (secret != null) ? secret.redactor() : HttpModel.this.secrets;
			return new Reply(provider(), this.request.options().model(), status, headers, secrets,
					HttpModel.this.limits, this.operation.errorWords(), this.operation.rateLimitHeaders());
		}

		@Override
		public MemoryBudget inFlight() {
			return HttpModel.this.inFlight;
		}

		@Override
		public ReplyReader read(Reply reply, KeptSize kept) {
			if (HttpModel.this.rateLimits != null) {
				HttpModel.this.rateLimits.accept(reply.rateLimitHeaders().read(reply.headers()));
			}
			return this.operation.protocol().read(reply, kept);
		}

		@Override
		public ModelException complete(ModelException failure, Reply reply) {
			Credential.Secret secret = this.secret;
			boolean refused = secret != null && reply.status().isSameCodeAs(HttpStatus.UNAUTHORIZED)
					&& secret.refused();
			return explain(refused ? failure.mutate().retryable(true).build() : failure);
		}

		private ModelException explain(ModelException failure) {
			try {
				return this.operation.protocol().explain(failure);
			}
			catch (RuntimeException ex) {
				// The failure matters more than what can be said about it
				return failure;
			}
		}

	}

}
