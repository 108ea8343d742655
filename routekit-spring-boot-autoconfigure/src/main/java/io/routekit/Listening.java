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

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Lets a {@link CallListener} follow each subscription to the answer of a request.
 *
 * @param factory makes the listeners
 * @param bystander takes what they throw
 * @param request the request
 * @param model the model that is called
 * @param streaming whether the answer is streamed
 */
record Listening(CallListener.Factory factory, Bystander bystander, ChatRequest request, Model model,
		boolean streaming) {

	private static final String UNNAMED = "unnamed";

	<T> void subscribe(Publisher<T> source, CoreSubscriber<? super T> actual) {
		Context context = actual.currentContext();
		ModelCall call = ModelCall.from(context);
		CallListener listener;
		try {
			if (call == null) {
				call = new ModelCall(UNNAMED, this.request, this.streaming, false, null, context);
				context = context.put(ModelCall.class, call);
			}
			listener = this.factory.create(new CallStart(call, this.request, this.model, this.streaming, context));
		}
		catch (Throwable ex) {
			Operators.error(actual, ex);
			CallGuard.throwIfFatal(ex);
			return;
		}
		subscribe(source, actual, listener, context);
	}

	private <T> void subscribe(Publisher<T> source, CoreSubscriber<? super T> actual, @Nullable CallListener listener,
			Context context) {
		if (listener == null) {
			source.subscribe(actual);
			return;
		}
		ListenedCall call = new ListenedCall(listener, this.bystander);
		Context inner = call.addToContext(context);
		Publisher<T> listened = Hooks.isAutomaticContextPropagationEnabled()
				? lift(withContext(source, inner), call, actual.currentContext()) : lift(source, call, inner);
		call.subscribe(() -> listened.subscribe(actual));
	}

	// Where threads carry what the context holds, Reactor sets it while it subscribes,
	// and
	// resets it for the subscriber
	private static <T> Publisher<T> withContext(Publisher<T> source, Context context) {
		return (source instanceof Mono<T> mono) ? mono.contextWrite(context) : Flux.from(source).contextWrite(context);
	}

	private static <T> Publisher<T> lift(Publisher<T> source, ListenedCall call, Context context) {
		return Operators.<T, T>lift((publisher, subscriber) -> new ListeningSubscriber<>(subscriber, call, context))
			.apply(source);
	}

}
