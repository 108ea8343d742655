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

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * Sees to it that a call ends once, whatever is thrown on its way. Reactor signals no
 * error of the virtual machine: its operators throw such an error at whoever emits, and
 * the subscriber waits for ever. A guarded call is cancelled then, its subscriber gets
 * the error, and only after that the error is thrown on. The same happens with what a
 * model or a filter throws in place of an answer, and with what it does after the end.
 * <p>
 * {@link Model#filter(ModelFilter) Filtered} models are guarded, on both sides of each
 * filter. Others are by this class: a model whose answer begins on a thread of its own,
 * and a filter that goes on with a call after a wait, or on another thread. What follows
 * an operator such as {@code publishOn} throws at a scheduler, which nobody sees from
 * around the filter, unless this operator is guarded: <pre>{@code
 * CallGuard.flux((context) -> next.stream(request).publishOn(scheduler)).map(this::check)
 * }</pre>
 *
 * @since 0.1.0
 */
public final class CallGuard {

	private CallGuard() {
	}

	/**
	 * Return a guarded answer.
	 * @param <T> the type of the answer
	 * @param call makes the answer for each subscription, from its context
	 * @return the answer
	 */
	public static <T> Mono<T> mono(Function<? super ContextView, ? extends Mono<T>> call) {
		Assert.notNull(call, "'call' must not be null");
		return new GuardedMono<>(call, null);
	}

	/**
	 * Return a guarded stream.
	 * @param <T> the type of the events
	 * @param call makes the stream for each subscription, from its context
	 * @return the stream
	 */
	public static <T> Flux<T> flux(Function<? super ContextView, ? extends Flux<T>> call) {
		Assert.notNull(call, "'call' must not be null");
		return new GuardedFlux<>(call, null);
	}

	/**
	 * Return a model whose calls are guarded.
	 * @param model the model
	 * @return the guarded model
	 */
	public static Model model(Model model) {
		Assert.notNull(model, "'model' must not be null");
		return (model instanceof FilteredModel || model instanceof NamedModel || model instanceof GuardedModel) ? model
				: new GuardedModel(model);
	}

	/**
	 * End the call of a subscriber that threw instead of taking a signal, or that cannot
	 * be given one. For sources that are no composition of Reactor's operators; they have
	 * cancelled what is behind them before.
	 * @param subscriber the subscriber, which got neither its last signal nor gets any
	 * further one
	 * @param thrown what was thrown
	 */
	public static void fail(CoreSubscriber<?> subscriber, Throwable thrown) {
		GuardSubscriber<?> guard = GuardSubscriber.around(subscriber);
		if (guard != null) {
			guard.fail(thrown);
		}
		else {
			LastSignal.afterNone(subscriber, thrown);
		}
	}

	/**
	 * Throw an error that is not for this thread to handle, once the call has ended:
	 * those of the virtual machine, and what Reactor throws on purpose.
	 * @param thrown what was thrown
	 */
	public static void throwIfFatal(Throwable thrown) {
		if (!Exceptions.isFatal(thrown)) {
			return;
		}
		if (thrown instanceof Error error) {
			throw error;
		}
		throw (RuntimeException) thrown;
	}

	/**
	 * Report an error that is not for this thread to handle where it must not be thrown:
	 * the frames below belong to somebody else, whose state it would break.
	 * @param thrown what was thrown
	 */
	public static void reportIfFatal(Throwable thrown) {
		if (Exceptions.isFatal(thrown)) {
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
		}
	}

	static <T> void subscribe(Function<? super ContextView, ? extends Publisher<T>> call,
			@Nullable Function<? super ContextView, ModelCall> beginning, CoreSubscriber<? super T> actual) {
		ContextView context;
		try {
			context = actual.currentContext();
		}
		catch (Throwable ex) {
			Operators.error(actual, ex);
			throwIfFatal(ex);
			return;
		}
		Publisher<T> source;
		ModelCall begun;
		try {
			begun = (beginning != null) ? beginning.apply(context) : null;
			source = call.apply(context);
			Assert.state(source != null, "There is no answer to subscribe to: a model or a filter returned null");
		}
		catch (Throwable ex) {
			new GuardSubscriber<T>(actual, null).fail(ex);
			throwIfFatal(ex);
			return;
		}
		if (begun == null && (source instanceof GuardedMono || source instanceof GuardedFlux)) {
			// Nothing is in between that could throw
			source.subscribe(actual);
		}
		else {
			new GuardSubscriber<T>(actual, begun).subscribeTo(source);
		}
	}

}
