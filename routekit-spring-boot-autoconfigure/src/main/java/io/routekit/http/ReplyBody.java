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

import java.util.Queue;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Notes the buffers of a body as they arrive. Whoever is told of a note takes it from
 * here and {@linkplain #release() releases} what is left in the end.
 */
final class ReplyBody implements CoreSubscriber<DataBuffer> {

	private static final AtomicReferenceFieldUpdater<ReplyBody, @Nullable Subscription> UPSTREAM = AtomicReferenceFieldUpdater
		.newUpdater(ReplyBody.class, Subscription.class, "upstream");

	private final Context context;

	private final Runnable listener;

	private final Queue<DataBuffer> buffers = Queues.<DataBuffer>unbounded(16).get();

	private volatile @Nullable Subscription upstream;

	private volatile boolean ended;

	private @Nullable Throwable failure;

	private int outstanding;

	/**
	 * Create a new {@link ReplyBody} instance.
	 * @param context the context of the call
	 * @param listener is told of each note
	 */
	ReplyBody(Context context, Runnable listener) {
		this.context = context;
		this.listener = listener;
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		if (Operators.setOnce(UPSTREAM, this, upstream)) {
			this.listener.run();
		}
	}

	@Override
	public void onNext(DataBuffer buffer) {
		try {
			this.buffers.offer(buffer);
		}
		catch (Throwable ex) {
			DataBufferUtils.release(buffer);
			throw ex;
		}
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
	 * Return whether buffers can be asked for.
	 * @return whether the body has begun
	 */
	boolean isOpen() {
		return this.upstream != null;
	}

	/**
	 * Return whether nothing more arrives. What has arrived is to be taken after that.
	 * @return whether there will be no more buffers than there are
	 */
	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Return what ended the body.
	 * @return the failure, or {@code null} if there was none
	 */
	@Nullable Throwable failure() {
		return this.failure;
	}

	/**
	 * Take the next buffer, which is the taker's to release.
	 * @return the buffer, or {@code null} if none has arrived
	 */
	@Nullable DataBuffer take() {
		DataBuffer buffer = this.buffers.poll();
		if (buffer != null) {
			this.outstanding--;
		}
		return buffer;
	}

	/**
	 * Return how many buffers were asked for that were not taken yet.
	 * @return the number of buffers
	 */
	int outstanding() {
		return this.outstanding;
	}

	/**
	 * Ask for buffers.
	 * @param count how many
	 */
	void request(int count) {
		Subscription upstream = this.upstream;
		if (upstream != null) {
			this.outstanding += count;
			upstream.request(count);
		}
	}

	/**
	 * Let the rest of the body come, to be released.
	 */
	void requestRest() {
		Subscription upstream = this.upstream;
		if (upstream != null) {
			upstream.request(Long.MAX_VALUE);
		}
	}

	/**
	 * Do without the rest of the body. If it has not begun, it ends as soon as it does.
	 */
	void cancel() {
		Operators.terminate(UPSTREAM, this);
	}

	/**
	 * Release what has arrived.
	 */
	void release() {
		DataBuffer buffer;
		while ((buffer = this.buffers.poll()) != null) {
			DataBufferUtils.release(buffer);
		}
	}

}
