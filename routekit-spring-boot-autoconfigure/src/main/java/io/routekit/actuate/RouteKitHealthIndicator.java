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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.routekit.resilience.ModelHealth;
import io.routekit.resilience.ModelHealthRegistry;
import io.routekit.secret.SecretRedactor;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.Assert;

/**
 * {@link HealthIndicator} for models, from what was seen of their calls: it makes none. A
 * model that fails makes the status {@link #DEGRADED}, which is none that Spring Boot
 * knows, so that it changes neither the status of the application nor that of the HTTP
 * response: to restart an application does not help its provider.
 *
 * @since 0.1.0
 * @see ModelHealth
 */
public final class RouteKitHealthIndicator extends AbstractHealthIndicator {

	/**
	 * The status if a model fails.
	 */
	public static final Status DEGRADED = new Status("DEGRADED", "Calls of a model fail");

	private final ModelHealthRegistry registry;

	private final SecretRedactor secrets;

	/**
	 * Create a new {@link RouteKitHealthIndicator} instance.
	 * @param registry knows the health of the models
	 * @param secrets takes the secrets out of the details
	 */
	public RouteKitHealthIndicator(ModelHealthRegistry registry, SecretRedactor secrets) {
		super("The health of the models could not be told");
		Assert.notNull(registry, "'registry' must not be null");
		Assert.notNull(secrets, "'secrets' must not be null");
		this.registry = registry;
		this.secrets = secrets;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Map<String, ModelHealth> health = this.registry.health();
		builder.status(health.values().stream().anyMatch(ModelHealth::degraded) ? DEGRADED : Status.UP);
		Map<String, Object> details = new TreeMap<>();
		health.forEach((name, model) -> details.put(name, describe(model)));
		builder.withDetail("models", this.secrets.redact(details));
	}

	private static Map<String, Object> describe(ModelHealth health) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("status", (health.degraded() ? DEGRADED : Status.UP).getCode());
		details.put("calls", health.calls());
		details.put("failedCalls", health.failedCalls());
		if (health.lastError() != null && health.lastErrorAt() != null) {
			details.put("lastError", Map.of("type", health.lastError(), "at", health.lastErrorAt()));
		}
		return details;
	}

}
