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

package io.routekit.responses;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.routekit.ProviderState;
import io.routekit.completions.CompletionsDialect.Deployment;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.ReasoningSummary;
import io.routekit.completions.CompletionsProperties.SystemRole;
import io.routekit.http.ServerAddress;
import io.routekit.wire.ToolCallIds;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Differences between servers of the Responses format. Immutable.
 *
 * @since 0.1.0
 */
public final class ResponsesDialect {

	private final String issuer;

	private final @Nullable Deployment deployment;

	private final SystemRole systemRole;

	private final @Nullable ReasoningSummary reasoningSummary;

	private final ToolCallIds.Format toolCallIds;

	private final boolean endsWithItems;

	private ResponsesDialect(String issuer, @Nullable Deployment deployment, CompletionsProperties properties,
			ServerAddress server) {
		this.issuer = issuer;
		this.deployment = deployment;
		this.systemRole = properties.getSystemRole();
		this.reasoningSummary = properties.getReasoningSummary();
		ToolCallIds.Format format = properties.getToolCallIds();
		this.toolCallIds = (format != null) ? format : ToolCallIds.Format.WORD;
		Boolean endsWithItems = properties.getStreamEndsWithItems();
		this.endsWithItems = (endsWithItems != null) ? endsWithItems : server.isOf("openrouter.ai");
	}

	/**
	 * Create a dialect.
	 * @param baseUrl the address of the server
	 * @param issuer who issues the state of a conversation and gets it back, or
	 * {@code null} if that is this server alone. State of Chat Completions is another
	 * one's in any case
	 * @param deployment the deployment that is called, or {@code null}
	 * @param properties the settings of the server
	 * @return the dialect
	 */
	public static ResponsesDialect of(URI baseUrl, @Nullable String issuer, @Nullable Deployment deployment,
			CompletionsProperties properties) {
		Assert.notNull(baseUrl, "'baseUrl' must not be null");
		Assert.notNull(properties, "'properties' must not be null");
		ServerAddress server = ServerAddress.of(baseUrl);
		return new ResponsesDialect("responses@" + ((issuer != null) ? issuer : server.hostAndPort()), deployment,
				properties, server);
	}

	/**
	 * Describe the dialect.
	 * @return values by the name of the property that decides about them
	 */
	public Map<String, Object> describe() {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("systemRole", this.systemRole);
		description.put("toolCallIds", this.toolCallIds);
		description.put("streamEndsWithItems", this.endsWithItems);
		if (this.reasoningSummary != null) {
			description.put("reasoningSummary", this.reasoningSummary);
		}
		return description;
	}

	String issuer() {
		return this.issuer;
	}

	/**
	 * Return state that this server issued.
	 * @param state the state, or {@code null} if there is none
	 * @return the JSON text, or {@code null} if there is none or another server issued it
	 */
	@Nullable String own(@Nullable ProviderState state) {
		return (state != null && state.issuer().equals(this.issuer)) ? state.json() : null;
	}

	@Nullable Deployment deployment() {
		return this.deployment;
	}

	String systemRole() {
		return this.systemRole.name().toLowerCase(Locale.ROOT);
	}

	@Nullable String reasoningSummary() {
		return (this.reasoningSummary != null) ? this.reasoningSummary.name().toLowerCase(Locale.ROOT) : null;
	}

	ToolCallIds.Format toolCallIds() {
		return this.toolCallIds;
	}

	boolean endsWithItems() {
		return this.endsWithItems;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ResponsesDialect other && this.issuer.equals(other.issuer)
				&& Objects.equals(this.deployment, other.deployment) && this.systemRole == other.systemRole
				&& this.reasoningSummary == other.reasoningSummary && this.toolCallIds == other.toolCallIds
				&& this.endsWithItems == other.endsWithItems;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.issuer, this.deployment, this.systemRole, this.reasoningSummary, this.toolCallIds,
				this.endsWithItems);
	}

	@Override
	public String toString() {
		return "ResponsesDialect[issuer=%s, deployment=%s, systemRole=%s, reasoningSummary=%s, toolCallIds=%s, endsWithItems=%s]"
			.formatted(this.issuer, this.deployment, this.systemRole, this.reasoningSummary, this.toolCallIds,
					this.endsWithItems);
	}

}
