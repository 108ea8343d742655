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

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The connection of a call, which is to be closed if the call ends before its answer: the
 * model would write on otherwise, for nobody, and some HTTP clients would read it to its
 * end. They find it in the context of the call, and say how it is closed.
 */
final class CallConnection {

	private static final Runnable NOTHING = () -> {
	};

	private static final Runnable CLOSED = () -> {
	};

	/**
	 * What to do when the call ends early.
	 */
	private final AtomicReference<Runnable> close = new AtomicReference<>(NOTHING);

	private volatile boolean connected;

	/**
	 * Return the connection of the call that has the given context.
	 * @param context the context of the call
	 * @return its connection, or one of no call
	 */
	static CallConnection from(ContextView context) {
		CallConnection connection = context.getOrDefault(CallConnection.class, null);
		return (connection != null) ? connection : new CallConnection();
	}

	/**
	 * Add this to a context.
	 * @param context the context of a call
	 * @return the context with this as the connection of the call
	 */
	Context addTo(Context context) {
		return context.put(CallConnection.class, this);
	}

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
	 * Note how to close the connection, as soon as that can be told.
	 * @param close closes the connection, unless it has had the whole answer. Nothing
	 * happens if it is closed already, or serves another call
	 */
	void closedBy(Runnable close) {
		if (this.close.getAndUpdate((current) -> (current != CLOSED) ? close : CLOSED) == CLOSED) {
			close.run();
		}
	}

	/**
	 * Close the connection, or let it be closed as soon as there is one.
	 */
	void close() {
		this.close.getAndSet(CLOSED).run();
	}

}
