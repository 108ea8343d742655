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
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import io.routekit.ChatRequest;
import io.routekit.ModelResponse;
import io.routekit.StructuredOutput;
import io.routekit.completions.CompletionsDialect;
import io.routekit.completions.CompletionsDialect.Deployment;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.Api;
import io.routekit.completions.CompletionsProtocol;
import io.routekit.http.HttpModelBuilder;
import io.routekit.wire.ErrorWords;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The choice between the two APIs of OpenAI, Chat Completions and Responses, which can be
 * another one for each request. Immutable.
 *
 * @since 0.1.0
 */
public final class ApiChoice {

	private final Api api;

	private final @Nullable Deployment deployment;

	private final CompletionsDialect completions;

	private final ResponsesDialect responses;

	private ApiChoice(Api api, @Nullable Deployment deployment, CompletionsDialect completions,
			ResponsesDialect responses) {
		this.api = api;
		this.deployment = deployment;
		this.completions = completions;
		this.responses = responses;
	}

	/**
	 * Create a choice.
	 * @param baseUrl the address of the server
	 * @param issuer who issues the state of a conversation and gets it back, or
	 * {@code null} if that is this server alone
	 * @param deployment the deployment that is called, or {@code null}
	 * @param properties the settings of the server
	 * @param both whether the server is known to have both APIs, so that the model
	 * decides unless the settings do
	 * @return the choice
	 */
	public static ApiChoice of(URI baseUrl, @Nullable String issuer, @Nullable Deployment deployment,
			CompletionsProperties properties, boolean both) {
		Assert.notNull(baseUrl, "'baseUrl' must not be null");
		Assert.notNull(properties, "'properties' must not be null");
		Api api = (properties.getApi() == Api.AUTO && !both) ? Api.CHAT_COMPLETIONS : properties.getApi();
		return new ApiChoice(api, deployment, CompletionsDialect.of(baseUrl, issuer, deployment, properties),
				ResponsesDialect.of(baseUrl, issuer, deployment, properties));
	}

	/**
	 * Set the address and the wire format of a model.
	 * @param model the model
	 * @param baseUrl the address of the server
	 * @param path makes the path below that address of the name of an API's resource,
	 * such as {@code /responses}
	 * @param errorWords the words in errors that only this server has
	 */
	public void addTo(HttpModelBuilder model, URI baseUrl, UnaryOperator<String> path, ErrorWords errorWords) {
		Assert.notNull(model, "'model' must not be null");
		Assert.notNull(baseUrl, "'baseUrl' must not be null");
		Assert.notNull(path, "'path' must not be null");
		Assert.notNull(errorWords, "'errorWords' must not be null");
		model.uri(baseUrl, path.apply("/chat/completions"))
			.protocol(new CompletionsProtocol(this.completions, errorWords));
		if (this.api != Api.CHAT_COMPLETIONS) {
			model.protocol((request) -> isResponses(request.options().model()), path.apply("/responses"),
					new ResponsesProtocol(this.responses, errorWords));
		}
	}

	/**
	 * Return whether requests for a model are made by the Responses API.
	 * @param model the model that the request names, or {@code null} if it names none
	 * @return whether this API is chosen
	 */
	boolean isResponses(@Nullable String model) {
		String called = (this.deployment != null) ? this.deployment.called(model) : model;
		return switch (this.api) {
			case RESPONSES -> true;
			case CHAT_COMPLETIONS -> false;
			case AUTO -> called != null && new ModelName(called).needsResponses();
		};
	}

	/**
	 * Return what tells the attributes that only spans of these APIs have.
	 * @param model the name of the model of requests that name none, or {@code null}
	 * @return what tells the attributes
	 * @see io.routekit.ProviderFacts.Builder#telemetryAttributes(BiFunction)
	 */
	public BiFunction<ChatRequest, @Nullable ModelResponse, Map<String, String>> telemetryAttributes(
			@Nullable String model) {
		return new TelemetryAttributes(this, model);
	}

	/**
	 * Return how far the server makes a model keep to the format of an answer, by either
	 * API.
	 * @return how far it does
	 */
	public StructuredOutput structuredOutput() {
		return this.completions.structuredOutput();
	}

	/**
	 * Describe the choice and what is particular to the server.
	 * @return values by the name of the property that decides about them
	 */
	public Map<String, Object> describe() {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("api", this.api);
		if (this.api != Api.CHAT_COMPLETIONS) {
			description.putAll(this.responses.describe());
		}
		if (this.api != Api.RESPONSES) {
			description.putAll(this.completions.describe());
		}
		description.put("structuredOutput", structuredOutput());
		return description;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ApiChoice other && this.api == other.api
				&& Objects.equals(this.deployment, other.deployment) && this.completions.equals(other.completions)
				&& this.responses.equals(other.responses);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.api, this.deployment, this.completions, this.responses);
	}

	@Override
	public String toString() {
		return "ApiChoice[api=%s, completions=%s, responses=%s]".formatted(this.api, this.completions, this.responses);
	}

}
