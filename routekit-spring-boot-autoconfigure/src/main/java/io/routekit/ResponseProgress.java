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

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * What is known of an answer before it is complete, so that the tokens of a stream that
 * fails or is cancelled can be counted. Who wants to know {@link #addTo(Context) adds}
 * one to the context of a subscription; a model that learns something before the end
 * {@link #update(ModelResponse) tells} the one that it {@link #from(ContextView) finds}
 * there. If a call is tried again below it, the last attempt counts that told something.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ResponseProgress {

	private final @Nullable ResponseProgress target;

	private final UnaryOperator<ModelResponse> mapper;

	private volatile @Nullable Supplier<ModelResponse> latest;

	/**
	 * Create a new {@link ResponseProgress} instance.
	 */
	public ResponseProgress() {
		this(null, UnaryOperator.identity());
	}

	private ResponseProgress(@Nullable ResponseProgress target, UnaryOperator<ModelResponse> mapper) {
		this.target = target;
		this.mapper = mapper;
	}

	/**
	 * Return the progress that a subscription wants to be told of.
	 * @param context the context of the subscription
	 * @return the progress, or {@code null} if nobody wants to know
	 */
	public static @Nullable ResponseProgress from(ContextView context) {
		return context.getOrDefault(ResponseProgress.class, null);
	}

	/**
	 * Return a context with this progress.
	 * @param context the context of a subscription
	 * @return the context for the model
	 */
	public Context addTo(Context context) {
		return context.put(ResponseProgress.class, this);
	}

	/**
	 * Return a progress that tells this one what a function makes of its responses.
	 * @param mapper the function, called when somebody asks for the latest response, on
	 * whichever thread that is
	 * @return the progress
	 */
	public ResponseProgress map(UnaryOperator<ModelResponse> mapper) {
		Assert.notNull(mapper, "'mapper' must not be null");
		return new ResponseProgress(this, mapper);
	}

	/**
	 * Tell what is known by now.
	 * @param response the response so far, which need not have content
	 */
	public void update(ModelResponse response) {
		Assert.notNull(response, "'response' must not be null");
		update(() -> response);
	}

	private void update(Supplier<ModelResponse> response) {
		if (this.target != null) {
			this.target.update(() -> this.mapper.apply(response.get()));
		}
		else {
			this.latest = response;
		}
	}

	/**
	 * Return what is known by now.
	 * @return the response so far, or {@code null} if nothing is known
	 */
	public @Nullable ModelResponse latest() {
		if (this.target != null) {
			return this.target.latest();
		}
		Supplier<ModelResponse> latest = this.latest;
		return (latest != null) ? latest.get() : null;
	}

}
