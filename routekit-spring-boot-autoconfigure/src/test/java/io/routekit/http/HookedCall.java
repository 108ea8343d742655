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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * The subscriber of one call, which may be the one that throws.
 */
final class HookedCall implements CoreSubscriber<Object> {

	private final Faults faults;

	private final List<String> ends = new CopyOnWriteArrayList<>();

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile @Nullable Throwable failure;

	private volatile @Nullable Subscription subscription;

	HookedCall(Faults faults) {
		this.faults = faults;
	}

	/**
	 * Wait until the call has ended.
	 * @return whether it has
	 */
	boolean await(Duration limit) throws InterruptedException {
		return this.ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Return the signals that the call ended with, of which there should be one.
	 */
	List<String> ends() {
		return this.ends;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	void cancel() {
		Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.cancel();
		}
	}

	@Override
	public Context currentContext() {
		this.faults.at(Hook.SUBSCRIBER_CONTEXT);
		return Context.empty();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		this.faults.at(Hook.SUBSCRIBER_ON_SUBSCRIBE);
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Object element) {
		this.faults.at(Hook.SUBSCRIBER_ON_NEXT);
	}

	@Override
	public void onError(Throwable failure) {
		this.failure = failure;
		end("error " + failure);
		this.faults.at(Hook.SUBSCRIBER_ON_ERROR);
	}

	@Override
	public void onComplete() {
		end("complete");
		this.faults.at(Hook.SUBSCRIBER_ON_COMPLETE);
	}

	private void end(String signal) {
		this.ends.add(signal);
		this.ended.countDown();
	}

}
