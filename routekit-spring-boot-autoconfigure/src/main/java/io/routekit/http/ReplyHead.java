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

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;

/**
 * Notes the head of an answer when it arrives. Whoever is told of a note takes it from
 * here, also after the call was given up: the body of a head that nobody takes would stay
 * in memory.
 */
final class ReplyHead implements CoreSubscriber<ResponseEntity<Flux<DataBuffer>>> {

	private static final AtomicReferenceFieldUpdater<ReplyHead, @Nullable Subscription> UPSTREAM = AtomicReferenceFieldUpdater
		.newUpdater(ReplyHead.class, Subscription.class, "upstream");

	private final CallConnection connection;

	private final Context context;

	private final Runnable listener;

	private volatile @Nullable Subscription upstream;

	private volatile @Nullable ResponseEntity<Flux<DataBuffer>> head;

	private volatile boolean ended;

	private @Nullable Throwable failure;

	/**
	 * Create a new {@link ReplyHead} instance.
	 * @param connection the connection of the call, which the HTTP client finds in the
	 * context
	 * @param context the context of the call
	 * @param listener is told of each note
	 */
	ReplyHead(CallConnection connection, Context context, Runnable listener) {
		this.connection = connection;
		this.context = connection.addTo(context);
		this.listener = listener;
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		if (Operators.setOnce(UPSTREAM, this, upstream)) {
			upstream.request(Long.MAX_VALUE);
		}
	}

	@Override
	public void onNext(ResponseEntity<Flux<DataBuffer>> head) {
		this.head = head;
		this.listener.run();
	}

	@Override
	public void onError(Throwable failure) {
		this.failure = failure;
		onComplete();
	}

	@Override
	public void onComplete() {
		this.ended = true;
		this.listener.run();
	}

	/**
	 * Return whether nothing more arrives. What has arrived is to be taken after that.
	 * @return whether there will be no head but the one that there is
	 */
	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Return why there is no head.
	 * @return the failure, or {@code null} if there is none
	 */
	@Nullable Throwable failure() {
		return this.failure;
	}

	/**
	 * Take the head.
	 * @return the head, or {@code null} if it has not arrived or is taken already
	 */
	@Nullable ResponseEntity<Flux<DataBuffer>> take() {
		ResponseEntity<Flux<DataBuffer>> head = this.head;
		if (head != null) {
			this.head = null;
		}
		return head;
	}

	/**
	 * Return whether the request is on its way.
	 * @return whether there is a connection, if the HTTP client tells
	 */
	boolean isConnected() {
		return this.connection.isConnected();
	}

	/**
	 * Do without the head. If the request was sent, its connection is closed.
	 */
	void giveUp() {
		this.connection.close();
		Operators.terminate(UPSTREAM, this);
	}

}
