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

package io.routekit.cost.autoconfigure;

import java.time.Duration;

import io.routekit.cost.CurrentPriceCatalogue;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Keeps the prices current while the application runs. The start itself waits for no
 * network.
 */
final class CatalogueRefresh implements SmartLifecycle {

	private final CurrentPriceCatalogue catalogue;

	private final @Nullable Duration interval;

	private volatile boolean running;

	/**
	 * Create a new {@link CatalogueRefresh} instance.
	 * @param catalogue the prices
	 * @param interval the time between two looks, or {@code null} for the usual one
	 */
	CatalogueRefresh(CurrentPriceCatalogue catalogue, @Nullable Duration interval) {
		this.catalogue = catalogue;
		this.interval = interval;
	}

	@Override
	public void start() {
		if (this.interval != null) {
			this.catalogue.refreshEvery(this.interval);
		}
		else {
			this.catalogue.refreshRegularly();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.catalogue.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
