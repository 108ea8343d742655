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

package io.routekit.cost;

import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the price of a deployment of Azure depends on, and no answer of it tells.
 *
 * @param zone the zone of the deployments that are not listed, such as {@code global}
 * @param deployments what is known about deployments, by name
 * @since 0.1.0
 */
public record Deployments(String zone, Map<String, Deployment> deployments) {

	/**
	 * No deployment is known, and all are global.
	 */
	public static final Deployments NONE = new Deployments(Zones.GLOBAL, Collections.emptyMap());

	public Deployments {
		Assert.notNull(deployments, "'deployments' must not be null");
		Assert.hasText(zone, "'zone' must not be empty");
		deployments = Map.copyOf(deployments);
	}

	/**
	 * Return what is known about a deployment.
	 * @param name the name of the deployment, or {@code null} if that is not known
	 * @return the deployment, whose zone is set
	 */
	Deployment get(@Nullable String name) {
		Deployment deployment = (name != null) ? this.deployments.get(name) : null;
		String model = (deployment != null) ? deployment.model() : null;
		String zone = (deployment != null) ? deployment.zone() : null;
		return new Deployment(model, (zone != null) ? zone : this.zone);
	}

	/**
	 * A deployment.
	 *
	 * @param model the name of its model in the catalogue, or {@code null} for the one
	 * that its answers name
	 * @param zone the zone, or {@code null} for the usual one
	 */
	public record Deployment(@Nullable String model, @Nullable String zone) {

	}

}
