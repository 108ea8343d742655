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

package io.routekit.benchmarks.routekit;

import java.util.Map;

import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.ClientFactory;
import io.routekit.benchmarks.ClientSettings;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;

/**
 * Makes RouteKit's client without observations, for what metering takes.
 */
public final class UnmeteredRouteKitFactory implements ClientFactory {

	@Override
	public String name() {
		return "routekit-unmetered";
	}

	@Override
	public Client create(ClientSettings settings) {
		return new RouteKitClient(
				RouteKitApplication.start(settings,
						Map.of("spring.autoconfigure.exclude", RouteKitObservationAutoConfiguration.class.getName())),
				settings.workload());
	}

}
