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

package io.routekit.trace.analysis;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One of the calls that cost the most.
 *
 * @param time when it started
 * @param id its id in the trace
 * @param provider the type of the provider
 * @param model the model that answered
 * @param promptTokens the tokens of the prompt
 * @param completionTokens the tokens that were generated
 * @param cost the amount
 * @param currency the currency of the amount
 * @since 0.1.0
 */
public record CostlyCall(Instant time, @Nullable String id, String provider, String model, long promptTokens,
		long completionTokens, BigDecimal cost, String currency) {

}
