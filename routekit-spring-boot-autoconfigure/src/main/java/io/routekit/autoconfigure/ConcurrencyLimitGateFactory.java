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

package io.routekit.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.routekit.ModelSettings;
import io.routekit.resilience.ConcurrencyLimitFilter;

import org.springframework.util.Assert;

/**
 * Makes limits of concurrent calls by Resilience4j, whose bulkheads count the calls. The
 * bulkhead of a model has the name of the model in the registry.
 */
final class ConcurrencyLimitGateFactory implements CallGateFactory<ConcurrencyLimitProperties> {

	static final String NAME = "concurrencyLimit";

	private static final String PREFIX = "concurrency-limit";

	private final BulkheadRegistry registry;

	ConcurrencyLimitGateFactory(BulkheadRegistry registry) {
		this.registry = registry;
	}

	@Override
	public CallGate create(ModelSettings settings, ConcurrencyLimitProperties properties) {
		ResilienceMapper mapper = new ResilienceMapper(settings);
		Integer configured = properties.getMaxCalls();
		Assert.state(configured != null, "There is no limit");
		int maxCalls = mapper.positive(PREFIX + ".max-calls", configured);
		Duration maxWait = mapper.notNegative(PREFIX + ".max-wait", properties.getMaxWait());
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("maxCalls", maxCalls);
		description.put("maxWait", maxWait);
		// A bulkhead that waits would block a thread
		Bulkhead bulkhead = this.registry.bulkhead(settings.name(),
				BulkheadConfig.custom().maxConcurrentCalls(maxCalls).maxWaitDuration(Duration.ZERO).build());
		ConcurrencyLimitFilter filter = new ConcurrencyLimitFilter(bulkhead, maxWait, settings.property(PREFIX));
		return new CallGate(NAME, filter, description, () -> state(bulkhead, filter));
	}

	private static Map<String, Object> state(Bulkhead bulkhead, ConcurrencyLimitFilter filter) {
		int maxCalls = bulkhead.getMetrics().getMaxAllowedConcurrentCalls();
		Map<String, Object> state = new LinkedHashMap<>();
		state.put("calls", maxCalls - bulkhead.getMetrics().getAvailableConcurrentCalls());
		state.put("waiting", filter.waiting());
		return state;
	}

}
