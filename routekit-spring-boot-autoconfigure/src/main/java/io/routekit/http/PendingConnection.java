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

import java.util.concurrent.atomic.AtomicReference;

/**
 * The connection of an answer whose body nobody reads yet. It must be closed if the call
 * is cancelled by then: the HTTP client would read the body to its end, which the model
 * is still to write.
 */
final class PendingConnection {

	private static final Runnable NOTHING = () -> {
	};

	private static final Runnable CANCELLED = () -> {
	};

	/**
	 * What to do when the call is cancelled.
	 */
	private final AtomicReference<Runnable> close = new AtomicReference<>(NOTHING);

	private volatile boolean connected;

	/**
	 * Note that there is a connection, to which the request is about to be written.
	 */
	void connected() {
		this.connected = true;
	}

	boolean isConnected() {
		return this.connected;
	}

	/**
	 * Note that the head of the answer has arrived.
	 * @param close closes the connection
	 */
	void opened(Runnable close) {
		if (this.close.getAndUpdate((current) -> (current != CANCELLED) ? close : CANCELLED) == CANCELLED) {
			close.run();
		}
	}

	/**
	 * Note that the call is cancelled.
	 */
	void cancel() {
		this.close.getAndSet(CANCELLED).run();
	}

}
