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

import java.util.Set;

import io.micrometer.observation.ObservationConvention;
import io.routekit.ApiKeySupplier;
import io.routekit.CallListener;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.Models;
import io.routekit.azure.AzureTokenSupplier;
import io.routekit.cost.CostCalculator;
import io.routekit.observation.ContentRedactor;
import io.routekit.observation.ModelObservationConvention;
import io.routekit.resilience.ResilienceListener;
import io.routekit.trace.RecordingMatcher;
import io.routekit.wire.Protocol;
import io.routekit.wire.RateLimitListener;
import io.routekit.wire.ReplyReader;
import org.jspecify.annotations.Nullable;

/**
 * A place where somebody else's code runs in a call.
 */
enum Hook {

	FILTER(Place.failing(ModelFilter.class).orNothing()),

	FILTER_IS_SUBSCRIBED_TO(Place.failing()),

	LISTENER(Place.failing(CallListener.Factory.class).orNothing(Effect.NONE)),

	LISTENER_SUBSCRIBE(Place.bystanding(CallListener.class)),

	LISTENER_CONTEXT(Place.bystanding().orNothing()),

	LISTENER_EVENT(Place.bystanding().streamsOnly()),

	LISTENER_END(Place.bystanding()),

	FILTER_DO_FIRST(Place.failing()),

	FILTER_DO_ON_SUBSCRIBE(Place.failing()),

	FILTER_DO_ON_REQUEST(Place.late()),

	FILTER_DO_ON_NEXT(Place.failing()),

	FILTER_MAP(Place.failing().orNothing()),

	FILTER_FLAT_MAP(Place.failing().orNothing()),

	FILTER_CONTEXT_WRITE(Place.failing().orNothing()),

	FILTER_BEHIND_ANOTHER_THREAD(Place.failing()),

	FILTER_DO_ON_COMPLETE(Place.failing()),

	FILTER_DO_ON_TERMINATE(Place.failing()),

	FILTER_DO_FINALLY(Place.late()),

	FILTER_DO_AFTER_TERMINATE(Place.late()),

	FILTER_DO_ON_ERROR(Place.failing().refusedBy(400)),

	FILTER_ON_ERROR_MAP(Place.failing().refusedBy(400).orNothing()),

	FILTER_ON_ERROR_RESUME(Place.failing().refusedBy(400).orNothing()),

	FILTER_DO_FINALLY_OF_A_FAILURE(Place.late().refusedBy(400)),

	FILTER_DO_ON_CANCEL(Place.late().whenCancelled()),

	FILTER_DO_FINALLY_OF_A_CANCELLED_CALL(Place.late().whenCancelled()),

	SUBSCRIBER_CONTEXT(Place.late()),

	SUBSCRIBER_ON_SUBSCRIBE(Place.failing()),

	SUBSCRIBER_ON_NEXT(Place.failing()),

	SUBSCRIBER_ON_COMPLETE(Place.late()),

	SUBSCRIBER_ON_ERROR(Place.late().refusedBy(400)),

	API_KEY(Place.failing(ApiKeySupplier.class).orNothing()),

	API_KEY_MAP(Place.failing().orNothing()),

	TOKEN(Place.failing(AzureTokenSupplier.class).on("azure").orNothing()),

	FRESH_TOKEN(Place.failing(AzureTokenSupplier.class).on("azure").refusedBy(401).orNothing()),

	EXTRA_OPTION(Place.refused()),

	RATE_LIMITS(Place.bystanding(RateLimitListener.class)),

	RETRY(Place.bystanding(ResilienceListener.class).refusedBy(503)),

	FALLBACK(Place.bystanding(ResilienceListener.class).on("route").refusedBy(400)),

	OTHER_MODEL(Place.failing(Models.class).on("route").refusedBy(400).orNothing()),

	COST(Place.bystanding(CostCalculator.class).orNothing()),

	PRICES(Place.bystanding().orNothing()),

	CONTENT(Place.bystanding(ContentRedactor.class).orNothing()),

	SPAN_IDS(Place.bystanding().orNothing()),

	CONVENTION_NAME(Place.bystanding(ModelObservationConvention.class, ObservationConvention.class).orNothing()),

	CONVENTION_CONTEXTUAL_NAME(Place.bystanding().orNothing()),

	CONVENTION_LOW_CARDINALITY(Place.bystanding().orNothing()),

	CONVENTION_HIGH_CARDINALITY(Place.bystanding().orNothing()),

	OBSERVATION_PREDICATE(Place.bystanding()),

	OBSERVATION_FILTER(Place.bystanding().orNothing()),

	OBSERVATION_SUPPORT(Place.bystanding()),

	OBSERVATION_START(Place.bystanding()),

	OBSERVATION_SCOPE_OPENED(Place.bystanding()),

	OBSERVATION_SCOPE_CLOSED(Place.bystanding()),

	OBSERVATION_ERROR(Place.late().refusedBy(400)),

	OBSERVATION_STOP(Place.bystanding()),

	HTTP_CONVENTION(Place.late().orNothing()),

	METER_FILTER_MAP(Place.bystanding().orNothing()),

	METER_FILTER_ACCEPT(Place.bystanding().orNothing()),

	METER_FILTER_CONFIGURE(Place.bystanding().orNothing()),

	BULKHEAD_PERMITTED(Place.bystanding()),

	BULKHEAD_FINISHED(Place.bystanding()),

	BREAKER_SUCCESS(Place.bystanding()),

	BREAKER_ERROR(Place.late().refusedBy(500)),

	HTTP_FILTER(Place.failing().orNothing()),

	HTTP_FILTER_MAP(Place.failing().orNothing()),

	PROVIDER_SECRET(Place.failing().on("custom").orNothing()),

	PROTOCOL_WRITE(Place.failing(Protocol.class).on("custom").orNothing()),

	PROTOCOL_HEADERS(Place.failing().on("custom")),

	PROTOCOL_READ(Place.failing().on("custom").orNothing()),

	READER_READ(Place.failing(ReplyReader.class).on("custom")),

	READER_ONLY_TEXT(Place.failing().on("custom").streamsOnly().orNothing(Effect.NONE)),

	READER_READ_TEXT(Place.failing().on("custom").streamsOnly()),

	READER_NEXT(Place.failing().on("custom")),

	READER_DONE(Place.failing().on("custom").streamsOnly()),

	READER_IS_DONE(Place.failing().on("custom").streamsOnly()),

	READER_IS_FINISHED(Place.failing().on("custom").streamsOnly()),

	READER_PROGRESS(Place.failing().on("custom").orNothing(Effect.NONE)),

	READER_COMPLETE(Place.failing().on("custom").orNothing()),

	MODEL(Place.failing(Model.class).on("own").orNothing()),

	MODEL_IS_SUBSCRIBED_TO(Place.failing().on("own")),

	MODEL_NAME(Place.bystanding().on("own").orNothing(Effect.LATE)),

	MODEL_PROVIDER(Place.failing().on("own").orNothing(Effect.LATE)),

	MODEL_ENDPOINT(Place.bystanding().on("own").orNothing(Effect.LATE)),

	FAKE_FUNCTION(Place.failing().on("fake").orNothing()),

	FAKE_CONDITION(Place.failing().on("fake")),

	RECORDING(Place.failing(RecordingMatcher.class).on("recorded"));

	private final Place place;

	Hook(Place place) {
		this.place = place;
	}

	Place place() {
		return this.place;
	}

	/**
	 * What a fault does to the call.
	 */
	enum Effect {

		/**
		 * The call fails by it.
		 */
		FAILS,

		/**
		 * The call fails, without telling by what.
		 */
		REFUSED,

		/**
		 * The call is answered, unless the fault is fatal.
		 */
		NONE,

		/**
		 * The call ends as it would have, or by the fault.
		 */
		LATE

	}

	/**
	 * When a hook is reached, and what a fault does there.
	 *
	 * @param types what a user implements
	 * @param effect what it does to throw
	 * @param nothing what it does to return nothing, or {@code null} if that cannot be
	 * @param model the model whose calls reach it
	 * @param refusal the status of the first answer, or 0 if that is an answer
	 * @param stream whether only streams reach it
	 * @param cancelled whether only cancelled calls reach it
	 */
	record Place(Set<Class<?>> types, Effect effect, @Nullable Effect nothing, String model, int refusal,
			boolean stream, boolean cancelled) {

		private static Place of(Effect effect, Class<?>... types) {
			return new Place(Set.of(types), effect, null, "model", 0, false, false);
		}

		static Place failing(Class<?>... types) {
			return of(Effect.FAILS, types);
		}

		static Place refused() {
			return of(Effect.REFUSED);
		}

		static Place bystanding(Class<?>... types) {
			return of(Effect.NONE, types);
		}

		static Place late() {
			return of(Effect.LATE);
		}

		Place on(String model) {
			return new Place(this.types, this.effect, this.nothing, model, this.refusal, this.stream, this.cancelled);
		}

		Place refusedBy(int status) {
			return new Place(this.types, this.effect, this.nothing, this.model, status, this.stream, this.cancelled);
		}

		Place orNothing() {
			return orNothing(this.effect);
		}

		Place orNothing(Effect effect) {
			return new Place(this.types, this.effect, effect, this.model, this.refusal, this.stream, this.cancelled);
		}

		Place streamsOnly() {
			return new Place(this.types, this.effect, this.nothing, this.model, this.refusal, true, this.cancelled);
		}

		Place whenCancelled() {
			return new Place(this.types, this.effect, this.nothing, this.model, this.refusal, this.stream, true);
		}

		/**
		 * Return what a fault does to the call.
		 * @return the effect, or {@code null} if this cannot be
		 */
		@Nullable Effect effectOf(Thrown thrown) {
			return (thrown == Thrown.NOTHING) ? this.nothing : this.effect;
		}

	}

}
