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

import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.routekit.Cost;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.Usage;
import io.routekit.observation.ModelObservationDocumentation.LowCardinalityKeyNames;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Adds up the calls, tokens and costs of each model, and keeps the last failure of each
 * provider. The sums are exact, need no meters, and begin with this instance. As with
 * meters, a call that is made of other observed calls has no tokens and no cost of its
 * own. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallLedger implements ObservationHandler<ModelObservationContext> {

	private static final Comparator<ModelTotals> ORDER = Comparator.comparing(ModelTotals::provider)
		.thenComparing(ModelTotals::requestModel)
		.thenComparing(ModelTotals::responseModel, Comparator.nullsFirst(Comparator.naturalOrder()));

	private final BoundedTags tags;

	private final Map<KeyValues, ModelTotals> totals = new ConcurrentHashMap<>();

	private final Map<String, CallFailure> failures = new ConcurrentHashMap<>();

	private final Clock clock;

	private final Instant since;

	/**
	 * Create a new {@link CallLedger} instance.
	 */
	public CallLedger() {
		this(new BoundedTags());
	}

	/**
	 * Create a new {@link CallLedger} instance.
	 * @param tags bounds the names that calls are added up by; their sets are counted
	 * apart from those of meters
	 */
	public CallLedger(BoundedTags tags) {
		this(tags, Clock.systemUTC());
	}

	CallLedger(BoundedTags tags, Clock clock) {
		Assert.notNull(tags, "'tags' must not be null");
		this.tags = tags.withOwnSets();
		this.clock = clock;
		this.since = clock.instant();
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ModelObservationContext;
	}

	@Override
	public void onStop(ModelObservationContext context) {
		KeyValues names = names(context);
		ModelTotals sum = this.totals.compute(names,
				(key, totals) -> add(context, (totals != null) ? totals : nothing(key)));
		Throwable error = context.getError();
		if (error != null) {
			this.failures.put(sum.provider(), failure(sum.requestModel(), error));
		}
	}

	private KeyValues names(ModelObservationContext context) {
		ModelResponse response = context.getResponse();
		String responseModel = (response != null) ? response.model() : null;
		KeyValues names = KeyValues.of(name(LowCardinalityKeyNames.PROVIDER_NAME, context.getModel().provider()),
				name(LowCardinalityKeyNames.REQUEST_MODEL, context.getRequestModel()));
		return this.tags.bound(
				StringUtils.hasText(responseModel)
						? names.and(LowCardinalityKeyNames.RESPONSE_MODEL.withValue(responseModel)) : names,
				context.getModel().name());
	}

	private static KeyValue name(KeyName key, @Nullable String value) {
		return StringUtils.hasText(value) ? key.withValue(value) : key.withNoneValue();
	}

	private static ModelTotals nothing(KeyValues names) {
		Map<String, String> byKey = names.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
		return new ModelTotals(byKey.getOrDefault(LowCardinalityKeyNames.PROVIDER_NAME.asString(), BoundedTags.OTHER),
				byKey.getOrDefault(LowCardinalityKeyNames.REQUEST_MODEL.asString(), BoundedTags.OTHER),
				byKey.get(LowCardinalityKeyNames.RESPONSE_MODEL.asString()), Collections.emptyMap(),
				Collections.emptyMap(), Collections.emptyList(), 0);
	}

	private static ModelTotals add(ModelObservationContext context, ModelTotals totals) {
		Outcome outcome = context.getOutcome();
		ModelTotals sum = (outcome != null) ? totals.withCall(outcome) : totals;
		if (context.isDelegating()) {
			return sum;
		}
		ModelResponse response = context.getResponse();
		Usage usage = (response != null) ? response.usage() : null;
		Cost cost = (usage != null) ? usage.cost() : null;
		if (usage != null) {
			sum = sum.withTokens(TokensByClass.of(usage));
		}
		if (cost != null) {
			return sum.withCost(cost);
		}
		// A call that failed before there was an answer may have cost nothing
		return (response != null || outcome == Outcome.SUCCESS) ? sum.withUnpricedCall() : sum;
	}

	private CallFailure failure(String requestModel, Throwable error) {
		if (error instanceof ModelException failure) {
			return new CallFailure(this.clock.instant(), requestModel, failure.getKind(), failure.getStatus(),
					failure.getRequestId(), failure.isRetryable());
		}
		return new CallFailure(this.clock.instant(), requestModel, null, null, null, null);
	}

	/**
	 * Return when the sums begin.
	 * @return the time
	 */
	public Instant since() {
		return this.since;
	}

	/**
	 * Return the sums of each model that was called.
	 * @return the sums, ordered by the names
	 */
	public List<ModelTotals> totals() {
		return this.totals.values().stream().sorted(ORDER).toList();
	}

	/**
	 * Return the last failure of each provider that had one.
	 * @return failures by the type of the provider, ordered by it
	 */
	public Map<String, CallFailure> lastFailures() {
		return Collections.unmodifiableMap(new TreeMap<>(this.failures));
	}

}
