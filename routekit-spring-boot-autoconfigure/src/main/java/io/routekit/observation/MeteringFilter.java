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

package io.routekit.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import io.routekit.Bystander;
import io.routekit.CallListener;
import io.routekit.CallStart;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Observes each call of a model, which gives meters and spans: one observation for a
 * subscription, from the subscription until the answer, the failure or the cancellation.
 * Its parent is the observation in the subscriber's context, or else that of the thread
 * which subscribes. It is the current observation of that thread while the model is
 * subscribed to, and it ends before the subscriber gets the end.
 *
 * @since 0.1.0
 * @see ModelObservationDocumentation
 */
public final class MeteringFilter implements ModelFilter {

	private final ObservationRegistry registry;

	private final @Nullable ObservationConvention<ModelObservationContext> convention;

	private final ModelObservationConvention defaultConvention;

	private final BoundedTags tags;

	private final SecretRedactor secrets;

	private final Bystander observers;

	private final ModelFilter listening = ModelFilter.ofListener(this::observe);

	/**
	 * Create a new {@link MeteringFilter} instance that knows no secrets.
	 * @param registry the registry of the observations
	 * @param convention the convention to use, or {@code null} for the default
	 */
	public MeteringFilter(ObservationRegistry registry, @Nullable ModelObservationConvention convention) {
		this(registry, convention, new DefaultModelObservationConvention());
	}

	/**
	 * Create a new {@link MeteringFilter} instance.
	 * @param registry the registry of the observations
	 * @param convention the convention to use, or {@code null} for that of the registry
	 * @param defaultConvention the convention to use where the registry has none
	 */
	public MeteringFilter(ObservationRegistry registry, @Nullable ModelObservationConvention convention,
			ModelObservationConvention defaultConvention) {
		this(registry, convention, defaultConvention, new BoundedTags(), new SecretRedactor());
	}

	/**
	 * Create a new {@link MeteringFilter} instance.
	 * @param registry the registry of the observations
	 * @param convention the convention to use, or {@code null} for that of the registry
	 * @param defaultConvention the convention to use where the registry has none
	 * @param tags bounds the low-cardinality key values of whichever convention
	 * @param secrets takes the secrets out of what is observed
	 */
	public MeteringFilter(ObservationRegistry registry, @Nullable ModelObservationConvention convention,
			ModelObservationConvention defaultConvention, BoundedTags tags, SecretRedactor secrets) {
		Assert.notNull(registry, "'registry' must not be null");
		Assert.notNull(defaultConvention, "'defaultConvention' must not be null");
		Assert.notNull(tags, "'tags' must not be null");
		Assert.notNull(secrets, "'secrets' must not be null");
		this.registry = registry;
		this.convention = (convention != null) ? new GuardedConvention<>(convention, defaultConvention, secrets) : null;
		this.defaultConvention = defaultConvention;
		this.tags = tags;
		this.secrets = secrets;
		this.observers = new Bystander("What observes the calls of models", this.secrets::redact);
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return this.registry.isNoop() ? next.chat(request) : this.listening.chat(request, next);
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return this.registry.isNoop() ? next.stream(request) : this.listening.stream(request, next);
	}

	@Override
	public int getOrder() {
		return METERING_ORDER;
	}

	/**
	 * Return whether calls are observed, which they are not if the registry has no
	 * handler or refuses these observations.
	 * @return whether calls are observed
	 */
	public boolean isObserving() {
		String name = ((this.convention != null) ? this.convention : this.defaultConvention).getName();
		return !Observation.createNotStarted((name != null) ? name : ModelObservationDocumentation.NAME, this.registry)
			.isNoop();
	}

	private CallListener observe(CallStart start) {
		ModelObservationContext context = new ModelObservationContext(start.model(), start.request(), start.streaming(),
				this.tags, this.secrets);
		Observation observation = this.observers.ask(() -> ModelObservationDocumentation.CHAT
			.observation(this.convention, this.defaultConvention, () -> context, this.registry));
		return new ObservedCall(start, context, new ObservedSubscription(observation, this.registry, this.observers),
				this.observers);
	}

}
