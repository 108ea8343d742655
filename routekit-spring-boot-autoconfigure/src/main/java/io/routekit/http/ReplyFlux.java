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

import io.routekit.StreamEvent;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;

/**
 * The events of one answer, from its head and the buffers of its body. It asks for
 * buffers as events are asked for, gives the answer up at its {@link Deadlines}, and
 * after the last event reads what little is left of the body, so that the connection can
 * be used again.
 */
final class ReplyFlux extends Flux<StreamEvent> {

	private final Mono<ResponseEntity<Flux<DataBuffer>>> head;

	private final ReplyOpener opener;

	private final CallConnection connection;

	private final Deadlines deadlines;

	/**
	 * Create a new {@link ReplyFlux} instance, for one subscription.
	 * @param head the head as the HTTP client gives it
	 * @param opener reads the head
	 * @param connection the connection of the call
	 * @param deadlines when the call is given up
	 */
	ReplyFlux(Mono<ResponseEntity<Flux<DataBuffer>>> head, ReplyOpener opener, CallConnection connection,
			Deadlines deadlines) {
		this.head = head;
		this.opener = opener;
		this.connection = connection;
		this.deadlines = deadlines;
	}

	@Override
	public void subscribe(CoreSubscriber<? super StreamEvent> actual) {
		new ReplySubscriber(actual, this.opener, this.connection, this.deadlines).start(this.head);
	}

}
