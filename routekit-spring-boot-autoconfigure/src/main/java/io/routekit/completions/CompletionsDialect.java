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

package io.routekit.completions;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.routekit.ProviderState;
import io.routekit.StructuredOutput;
import io.routekit.completions.CompletionsProperties.MaxTokensField;
import io.routekit.completions.CompletionsProperties.SystemRole;
import io.routekit.http.ServerAddress;
import io.routekit.wire.ToolCallIds;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Differences between servers of the Chat Completions format. Immutable.
 *
 * @since 0.1.0
 */
public final class CompletionsDialect {

	private final String issuer;

	private final @Nullable Deployment deployment;

	private final MaxTokensField maxTokensField;

	private final boolean streamUsage;

	private final SystemRole systemRole;

	private final ToolCallIds.Format toolCallIds;

	private final Set<String> answerOnlyFields;

	private final StructuredOutput structuredOutput;

	private CompletionsDialect(String issuer, @Nullable Deployment deployment, CompletionsProperties properties,
			KnownServer server) {
		this.issuer = issuer;
		this.deployment = deployment;
		this.maxTokensField = orElse(properties.getMaxTokensField(), server.maxTokensField());
		this.streamUsage = orElse(properties.getStreamUsage(), server.streamUsage());
		this.systemRole = properties.getSystemRole();
		this.toolCallIds = orElse(properties.getToolCallIds(), server.toolCallIds());
		this.answerOnlyFields = Set.copyOf(orElse(properties.getAnswerOnlyFields(), server.answerOnlyFields()));
		this.structuredOutput = orElse(properties.getStructuredOutput(), server.structuredOutput());
	}

	private static <T> T orElse(@Nullable T value, T other) {
		return (value != null) ? value : other;
	}

	/**
	 * Create a dialect.
	 * @param baseUrl the address of the server
	 * @param issuer who issues the state of a conversation and gets it back, or
	 * {@code null} if that is this server alone
	 * @param deployment the deployment that is called, or {@code null}
	 * @param properties the settings of the server
	 * @return the dialect
	 */
	public static CompletionsDialect of(URI baseUrl, @Nullable String issuer, @Nullable Deployment deployment,
			CompletionsProperties properties) {
		Assert.notNull(baseUrl, "'baseUrl' must not be null");
		Assert.notNull(properties, "'properties' must not be null");
		ServerAddress server = ServerAddress.of(baseUrl);
		KnownServer known = KnownServer.of(server);
		return new CompletionsDialect((issuer != null) ? issuer : server.hostAndPort(), deployment, properties, known);
	}

	/**
	 * Describe the dialect.
	 * @return values by the name of the property that decides about them
	 */
	public Map<String, Object> describe() {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("maxTokensField", this.maxTokensField);
		description.put("streamUsage", this.streamUsage);
		description.put("systemRole", this.systemRole);
		description.put("toolCallIds", this.toolCallIds);
		if (!this.answerOnlyFields.isEmpty()) {
			description.put("answerOnlyFields", this.answerOnlyFields.stream().sorted().toList());
		}
		return description;
	}

	/**
	 * Return how far the server makes a model keep to the format of an answer.
	 * @return how far it does
	 */
	public StructuredOutput structuredOutput() {
		return this.structuredOutput;
	}

	ProviderState state(String json) {
		return new ProviderState(this.issuer, json);
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

	MaxTokensField maxTokensField() {
		return this.maxTokensField;
	}

	boolean streamUsage() {
		return this.streamUsage;
	}

	SystemRole systemRole() {
		return this.systemRole;
	}

	ToolCallIds.Format toolCallIds() {
		return this.toolCallIds;
	}

	Set<String> answerOnlyFields() {
		return this.answerOnlyFields;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof CompletionsDialect other && this.issuer.equals(other.issuer)
				&& Objects.equals(this.deployment, other.deployment) && this.maxTokensField.equals(other.maxTokensField)
				&& this.streamUsage == other.streamUsage && this.systemRole.equals(other.systemRole)
				&& this.toolCallIds.equals(other.toolCallIds) && this.answerOnlyFields.equals(other.answerOnlyFields)
				&& this.structuredOutput == other.structuredOutput;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.issuer, this.deployment, this.maxTokensField, this.streamUsage, this.systemRole,
				this.toolCallIds, this.answerOnlyFields, this.structuredOutput);
	}

	@Override
	public String toString() {
		return ("CompletionsDialect[issuer=%s, deployment=%s, maxTokensField=%s, streamUsage=%s, systemRole=%s, "
				+ "toolCallIds=%s, answerOnlyFields=%s, structuredOutput=%s]")
			.formatted(this.issuer, this.deployment, this.maxTokensField, this.streamUsage, this.systemRole,
					this.toolCallIds, this.answerOnlyFields, this.structuredOutput);
	}

	/**
	 * A deployment of a model under a name of its own.
	 *
	 * @param name the name of the deployment
	 * @param model the name that requests know the model by
	 * @param inPath whether the path names the deployment, so that a request cannot
	 * choose another one
	 */
	public record Deployment(String name, String model, boolean inPath) {

		public Deployment {
			Assert.notNull(name, "'name' must not be null");
			Assert.notNull(model, "'model' must not be null");
		}

		/**
		 * Return the deployment that a request calls.
		 * @param model the model that the request names, or {@code null} if none
		 * @return the name of this deployment, or of the one that the request names
		 */
		public String called(@Nullable String model) {
			return (model != null && isOther(model) && !this.inPath) ? model : this.name;
		}

		boolean isOther(@Nullable String model) {
			return model != null && !model.equals(this.model) && !model.equals(this.name);
		}

	}

}
