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

package io.routekit.actuate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.routekit.Cost;
import io.routekit.Outcome;
import io.routekit.observation.CallFailure;
import io.routekit.observation.CallLedger;
import io.routekit.observation.ModelTotals;
import org.jspecify.annotations.Nullable;

/**
 * Description of the calls of an application.
 *
 * @param since when counting began
 * @param models what the calls of each model took
 * @param lastErrors the last failure of each provider that had one
 */
record CallsDescriptor(Instant since, List<ModelCallsDescriptor> models, Map<String, ErrorDescriptor> lastErrors) {

	static CallsDescriptor of(CallLedger ledger) {
		Map<String, ErrorDescriptor> lastErrors = new LinkedHashMap<>();
		ledger.lastFailures().forEach((provider, failure) -> lastErrors.put(provider, ErrorDescriptor.of(failure)));
		return new CallsDescriptor(ledger.since(), ledger.totals().stream().map(ModelCallsDescriptor::of).toList(),
				lastErrors);
	}

	/**
	 * Description of the calls of a model.
	 *
	 * @param provider the type of the provider
	 * @param requestModel the name of the model that was asked for
	 * @param responseModel the name of the model that answered, or {@code null} if none
	 * did
	 * @param calls the number of calls by how they ended
	 * @param tokens the number of tokens by class
	 * @param costs the costs by currency and source
	 * @param unpriced the number of calls whose cost is not known
	 */
	record ModelCallsDescriptor(String provider, String requestModel, @Nullable String responseModel,
			Map<String, Long> calls, Map<String, Long> tokens, List<CostDescriptor> costs, long unpriced) {

		static ModelCallsDescriptor of(ModelTotals totals) {
			Map<String, Long> calls = new LinkedHashMap<>();
			for (Outcome outcome : List.of(Outcome.SUCCESS, Outcome.ERROR, Outcome.CANCELLED)) {
				calls.put(outcome.name().toLowerCase(Locale.ROOT), totals.calls().getOrDefault(outcome, 0L));
			}
			return new ModelCallsDescriptor(totals.provider(), totals.requestModel(), totals.responseModel(), calls,
					totals.tokens(), totals.costs().stream().map(CostDescriptor::of).toList(), totals.unpriced());
		}

	}

	/**
	 * Description of a cost.
	 *
	 * @param amount the exact amount as a decimal number
	 * @param currency the code of the currency
	 * @param source where the amount comes from: {@code catalogue} or {@code reported}
	 */
	record CostDescriptor(String amount, String currency, String source) {

		static CostDescriptor of(Cost cost) {
			return new CostDescriptor(cost.amount().stripTrailingZeros().toPlainString(), cost.currency(),
					cost.source().name().toLowerCase(Locale.ROOT));
		}

	}

	/**
	 * Description of a failure.
	 *
	 * @param time when the call failed
	 * @param requestModel the name of the model that was asked for
	 * @param kind the kind of failure, {@code OTHER} for an exception that says none
	 * @param status the HTTP status of the provider's reply, or {@code null} if there was
	 * none
	 * @param requestId the id that the provider's support can find the call by, or
	 * {@code null} if there is none
	 * @param retryable whether the same call may succeed when it is made again, or
	 * {@code null} if that is not known
	 */
	record ErrorDescriptor(Instant time, String requestModel, String kind, @Nullable Integer status,
			@Nullable String requestId, @Nullable Boolean retryable) {

		static ErrorDescriptor of(CallFailure failure) {
			return new ErrorDescriptor(failure.time(), failure.requestModel(),
					(failure.kind() != null) ? failure.kind().name() : "OTHER", failure.status(), failure.requestId(),
					failure.retryable());
		}

	}

}
