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

import java.time.Duration;
import java.util.Set;
import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.routekit.observation.ModelObservationDocumentation.MeterNames;

/**
 * Gives the timers and the distribution of tokens the buckets of the OpenTelemetry
 * semantic conventions v1.41.1. Those of time go on to 5.5 minutes, since calls can take
 * longer than the conventions expect. What a filter after this one says wins.
 *
 * @since 0.1.0
 */
public final class ModelHistogramMeterFilter implements MeterFilter {

	private static final Set<String> TIMERS = Set.of(ModelObservationDocumentation.NAME,
			MeterNames.TIME_TO_FIRST_CHUNK.asString(), AgentObservationDocumentation.TOOL_NAME);

	private static final DistributionStatisticConfig TIME = buckets(DoubleStream
		.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68)
		.map((seconds) -> seconds * Duration.ofSeconds(1).toNanos()));

	private static final DistributionStatisticConfig RUN_TIME = buckets(
			DoubleStream.of(0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6)
				.map((seconds) -> seconds * Duration.ofSeconds(1).toNanos()));

	private static final DistributionStatisticConfig TOKENS = buckets(
			DoubleStream.of(1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864));

	private static DistributionStatisticConfig buckets(DoubleStream boundaries) {
		return DistributionStatisticConfig.builder().serviceLevelObjectives(boundaries.toArray()).build();
	}

	@Override
	public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
		if (id.getType() == Meter.Type.TIMER && TIMERS.contains(id.getName())) {
			return TIME.merge(config);
		}
		if (id.getType() == Meter.Type.TIMER && id.getName().equals(AgentObservationDocumentation.RUN_NAME)) {
			return RUN_TIME.merge(config);
		}
		if (id.getType() == Meter.Type.DISTRIBUTION_SUMMARY && id.getName().equals(MeterNames.TOKEN_USAGE.asString())) {
			return TOKENS.merge(config);
		}
		return config;
	}

}
