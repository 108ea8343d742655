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
import java.util.function.Consumer;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ModelResponse;
import io.routekit.ModelSettings;
import io.routekit.StreamEvent;
import io.routekit.completions.CompletionsDialect;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProtocol;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.KeptSize;
import io.routekit.wire.OnlyText;
import io.routekit.wire.Protocol;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyReader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * A provider with a wire format of its own, which throws while requests are written and
 * answers are read.
 */
final class HookedProvider implements ModelProvider {

	private final HttpModelFactory http;

	private final Faults faults;

	HookedProvider(HttpModelFactory http, Faults faults) {
		this.http = http;
		this.faults = faults;
	}

	@Override
	public String type() {
		return "custom";
	}

	@Override
	public Model create(ModelSettings settings) {
		URI url = settings.baseUrl();
		CompletionsProtocol protocol = new CompletionsProtocol(
				CompletionsDialect.of(url, null, null, new CompletionsProperties()));
		return this.http.model(this, settings)
			.name("custom")
			.uri(url, "/chat/completions")
			.protocol(new HookedProtocol(protocol))
			.secretHeader("Authorization", "Bearer ", "The secret", this::secret, this::secret)
			.build();
	}

	private Mono<String> secret() {
		return this.faults.at(Hook.PROVIDER_SECRET, Mono.just("a-secret-of-the-provider"));
	}

	private final class HookedProtocol implements Protocol {

		private final Faults faults = HookedProvider.this.faults;

		private final Protocol delegate;

		HookedProtocol(Protocol delegate) {
			this.delegate = delegate;
		}

		@Override
		public byte[] write(ChatRequest request, boolean stream) {
			return this.faults.at(Hook.PROTOCOL_WRITE, this.delegate.write(request, stream));
		}

		@Override
		public void addHeaders(ChatRequest request, HttpHeaders headers) {
			this.faults.at(Hook.PROTOCOL_HEADERS);
		}

		@Override
		public ErrorWords errorWords() {
			return this.delegate.errorWords();
		}

		@Override
		public ReplyReader read(Reply reply, KeptSize kept) {
			return this.faults.at(Hook.PROTOCOL_READ, new HookedReader(this.delegate.read(reply, kept)));
		}

	}

	private final class HookedReader implements ReplyReader {

		private final Faults faults = HookedProvider.this.faults;

		private final ReplyReader delegate;

		HookedReader(ReplyReader delegate) {
			this.delegate = delegate;
		}

		@Override
		public boolean read(@Nullable String event, byte[] json, int offset, int length, Consumer<StreamEvent> events) {
			this.faults.at(Hook.READER_READ);
			return this.delegate.read(event, json, offset, length, events);
		}

		@Override
		public @Nullable OnlyText onlyText() {
			return this.faults.at(Hook.READER_ONLY_TEXT, this.delegate.onlyText());
		}

		@Override
		public boolean readText(String text, Consumer<StreamEvent> events) {
			this.faults.at(Hook.READER_READ_TEXT);
			return this.delegate.readText(text, events);
		}

		@Override
		public int next() {
			this.faults.at(Hook.READER_NEXT);
			return this.delegate.next();
		}

		@Override
		public void readDone() {
			this.faults.at(Hook.READER_DONE);
			this.delegate.readDone();
		}

		@Override
		public boolean isDone() {
			this.faults.at(Hook.READER_IS_DONE);
			return this.delegate.isDone();
		}

		@Override
		public boolean isFinished() {
			this.faults.at(Hook.READER_IS_FINISHED);
			return this.delegate.isFinished();
		}

		@Override
		public @Nullable ModelResponse progress() {
			return this.faults.at(Hook.READER_PROGRESS, this.delegate.progress());
		}

		@Override
		public ModelResponse complete(Consumer<StreamEvent> events) {
			return this.faults.at(Hook.READER_COMPLETE, this.delegate.complete(events));
		}

	}

}
