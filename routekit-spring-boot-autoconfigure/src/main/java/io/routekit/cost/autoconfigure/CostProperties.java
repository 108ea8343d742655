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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.cost.Deployments;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the costs of calls.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit.cost")
public final class CostProperties {

	/**
	 * Whether to compute what calls cost.
	 */
	private boolean enabled = true;

	/**
	 * Models and prices that win over those of the catalogue, each with the members that
	 * a model has in a catalogue file. What is left out stays.
	 */
	private final List<Map<String, Object>> catalogue = new ArrayList<>();

	/**
	 * Location of a catalogue of one's own, which wins over the bundled one: a path, or
	 * an address that begins with 'file:', 'classpath:', 'http:' or 'https:'. YAML if its
	 * name ends with '.yaml' or '.yml', otherwise JSON. It is read again when it has
	 * changed. A server is first asked after the start.
	 */
	private @Nullable String catalogueLocation;

	/**
	 * Time after which to look whether the catalogue of one's own has changed. If not
	 * set, 10 seconds for a file, and an hour for a server.
	 */
	private @Nullable Duration catalogueRefreshInterval;

	private final Azure azure = new Azure();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public List<Map<String, Object>> getCatalogue() {
		return this.catalogue;
	}

	public @Nullable String getCatalogueLocation() {
		return this.catalogueLocation;
	}

	public void setCatalogueLocation(@Nullable String catalogueLocation) {
		this.catalogueLocation = catalogueLocation;
	}

	public @Nullable Duration getCatalogueRefreshInterval() {
		return this.catalogueRefreshInterval;
	}

	public void setCatalogueRefreshInterval(@Nullable Duration catalogueRefreshInterval) {
		this.catalogueRefreshInterval = catalogueRefreshInterval;
	}

	public Azure getAzure() {
		return this.azure;
	}

	/**
	 * What the prices of Azure depend on.
	 */
	public static class Azure {

		/**
		 * Zone of the deployments that are not listed.
		 */
		private String zone = Deployments.NONE.zone();

		/**
		 * Deployments by name.
		 */
		private final Map<String, Deployment> deployments = new LinkedHashMap<>();

		public String getZone() {
			return this.zone;
		}

		public void setZone(String zone) {
			this.zone = zone;
		}

		public Map<String, Deployment> getDeployments() {
			return this.deployments;
		}

	}

	/**
	 * A deployment of Azure.
	 */
	public static class Deployment {

		/**
		 * Name of its model in the catalogue. If not set, the one that answers name.
		 */
		private @Nullable String model;

		/**
		 * Zone that it is in.
		 */
		private @Nullable String zone;

		public @Nullable String getModel() {
			return this.model;
		}

		public void setModel(@Nullable String model) {
			this.model = model;
		}

		public @Nullable String getZone() {
			return this.zone;
		}

		public void setZone(@Nullable String zone) {
			this.zone = zone;
		}

	}

}
