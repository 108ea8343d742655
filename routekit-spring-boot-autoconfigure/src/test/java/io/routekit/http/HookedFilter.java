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

import io.routekit.CallGuard;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A filter that throws from its operators.
 */
final class HookedFilter implements ModelFilter {

	private final Faults faults;

	HookedFilter(Faults faults) {
		this.faults = faults;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		Mono<ModelResponse> call = next.chat(request).flux().transform(this::operators).singleOrEmpty();
		return this.faults.at(Hook.FILTER, call);
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return this.faults.at(Hook.FILTER, next.stream(request).transform(this::operators));
	}

	private <T> Publisher<T> operators(Flux<T> call) {
		for (Hook hook : Hook.values()) {
			if (this.faults.isArmed(hook)) {
				return operator(hook, call);
			}
		}
		return call;
	}

	private <T> Flux<T> operator(Hook hook, Flux<T> call) {
		return switch (hook) {
			case FILTER_IS_SUBSCRIBED_TO -> broken(hook, call);
			case FILTER_DO_FIRST -> call.doFirst(() -> this.faults.at(hook));
			case FILTER_DO_ON_SUBSCRIBE -> call.doOnSubscribe((subscription) -> this.faults.at(hook));
			case FILTER_DO_ON_REQUEST -> call.doOnRequest((count) -> this.faults.at(hook));
			case FILTER_DO_ON_NEXT -> call.doOnNext((element) -> this.faults.at(hook));
			case FILTER_MAP -> call.map((element) -> this.faults.at(hook, element));
			case FILTER_FLAT_MAP -> call.flatMap((element) -> this.faults.at(hook, Mono.just(element)));
			case FILTER_CONTEXT_WRITE -> call.contextWrite((context) -> this.faults.at(hook, context));
			case FILTER_BEHIND_ANOTHER_THREAD -> CallGuard.flux((context) -> call.publishOn(Schedulers.parallel()))
				.doOnNext((element) -> this.faults.at(hook));
			case FILTER_DO_ON_COMPLETE -> call.doOnComplete(() -> this.faults.at(hook));
			case FILTER_DO_ON_TERMINATE -> call.doOnTerminate(() -> this.faults.at(hook));
			case FILTER_DO_FINALLY, FILTER_DO_FINALLY_OF_A_FAILURE, FILTER_DO_FINALLY_OF_A_CANCELLED_CALL ->
				call.doFinally((signal) -> this.faults.at(hook));
			case FILTER_DO_AFTER_TERMINATE -> call.doAfterTerminate(() -> this.faults.at(hook));
			case FILTER_DO_ON_ERROR -> call.doOnError((failure) -> this.faults.at(hook));
			case FILTER_ON_ERROR_MAP -> call.onErrorMap((failure) -> this.faults.at(hook, failure));
			case FILTER_ON_ERROR_RESUME -> call.onErrorResume((failure) -> this.faults.at(hook, Mono.error(failure)));
			case FILTER_DO_ON_CANCEL -> call.doOnCancel(() -> this.faults.at(hook));
			default -> call;
		};
	}

	private <T> Flux<T> broken(Hook hook, Flux<T> call) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				HookedFilter.this.faults.at(hook);
				call.subscribe(actual);
			}

		};
	}

}
