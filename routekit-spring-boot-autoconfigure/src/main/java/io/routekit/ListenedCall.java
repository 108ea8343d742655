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

package io.routekit;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.util.context.Context;

/**
 * A call that a {@link CallListener} follows, which is told of one end and fails nothing.
 */
final class ListenedCall {

	private final CallListener listener;

	private final Bystander bystander;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile boolean answering;

	ListenedCall(CallListener listener, Bystander bystander) {
		this.listener = listener;
		this.bystander = bystander;
	}

	Context addToContext(Context context) {
		try {
			return Objects.requireNonNull(this.listener.addToContext(context), "There is no context");
		}
		catch (Throwable ex) {
			thrown(ex);
			return context;
		}
	}

	/**
	 * Subscribe to the model, once, whatever the listener does.
	 * @param subscription subscribes to the model
	 */
	void subscribe(Runnable subscription) {
		AtomicBoolean subscribed = new AtomicBoolean();
		Runnable once = () -> {
			if (subscribed.compareAndSet(false, true)) {
				subscription.run();
			}
		};
		try {
			this.listener.subscribe(once);
		}
		catch (Throwable ex) {
			if (subscribed.get()) {
				fail(ex);
				throw ex;
			}
			thrown(ex);
		}
		once.run();
	}

	void event(StreamEvent event) {
		this.answering = true;
		if (event instanceof StreamEvent.Completed completed) {
			end(CallEnd.success(completed.response()));
		}
		else if (!this.ended.get()) {
			try {
				this.listener.onEvent(event);
			}
			catch (Throwable ex) {
				thrown(ex);
			}
		}
	}

	void succeed(@Nullable ModelResponse response) {
		end(CallEnd.success(response));
	}

	void fail(Throwable failure) {
		end(CallEnd.error(failure, this.answering));
	}

	/**
	 * End the call by a cancellation, of which the listener is told when the model knows.
	 * @param upstream cancels the model
	 */
	void cancel(Runnable upstream) {
		boolean first = this.ended.compareAndSet(false, true);
		try {
			upstream.run();
		}
		finally {
			if (first) {
				tell(CallEnd.cancelled(this.answering));
			}
		}
	}

	private void end(CallEnd end) {
		if (this.ended.compareAndSet(false, true)) {
			tell(end);
		}
	}

	private void tell(CallEnd end) {
		try {
			this.listener.onEnd(end);
		}
		catch (Throwable ex) {
			thrown(ex);
		}
	}

	private void thrown(Throwable thrown) {
		Exceptions.throwIfJvmFatal(thrown);
		this.bystander.log(thrown);
	}

}
