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

import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.ProviderFacts;
import io.routekit.observation.ModelObservationDocumentation.LowCardinalityKeyNames;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The default {@link ModelObservationConvention}, which follows the OpenTelemetry
 * semantic conventions v1.41.1 for generative AI clients. Each low-cardinality key always
 * has a value, since meters need the same keys each time. {@link BoundedTags} bounds the
 * values.
 *
 * @since 0.1.0
 */
public class DefaultModelObservationConvention implements ModelObservationConvention {

	private static final String OPERATION = "chat";

	private final TagKeys tagKeys;

	/**
	 * Create a new {@link DefaultModelObservationConvention} instance that ignores the
	 * tags of requests.
	 */
	public DefaultModelObservationConvention() {
		this(Collections.emptyList());
	}

	/**
	 * Create a new {@link DefaultModelObservationConvention} instance.
	 * @param tagKeys the keys of the {@linkplain io.routekit.ChatRequest#tags() tags of
	 * requests} that become low-cardinality keys, with the prefix
	 * {@link ModelObservationDocumentation#TAG_PREFIX}
	 * @throws IllegalArgumentException if a key cannot be one of a meter, if two of them
	 * would be one in Prometheus, or if there are more than 10
	 */
	public DefaultModelObservationConvention(Collection<String> tagKeys) {
		Assert.notNull(tagKeys, "'tagKeys' must not be null");
		this.tagKeys = new TagKeys(tagKeys);
	}

	@Override
	public String getName() {
		return ModelObservationDocumentation.NAME;
	}

	@Override
	public String getContextualName(ModelObservationContext context) {
		return OPERATION + " " + context.boundedValue(requestModel(context));
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ModelObservationContext context) {
		// Ordered by their names, so that they need not be sorted
		return KeyValues
			.of(errorType(context), LowCardinalityKeyNames.OPERATION_NAME.withValue(OPERATION), providerName(context),
					requestModel(context), responseModel(context), outcome(context), serverAddress(context),
					serverPort(context))
			.and(tags(context));
	}

	/**
	 * Return the name of the provider.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue providerName(ModelObservationContext context) {
		return LowCardinalityKeyNames.PROVIDER_NAME.withValue(ProviderFacts.of(context.getModel()).telemetryName());
	}

	/**
	 * Return the model that is asked for.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue requestModel(ModelObservationContext context) {
		return LowCardinalityKeyNames.REQUEST_MODEL.withValue(text(context.getRequestModel()));
	}

	/**
	 * Return the model that answered.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue responseModel(ModelObservationContext context) {
		ModelResponse response = context.getResponse();
		return LowCardinalityKeyNames.RESPONSE_MODEL.withValue(text((response != null) ? response.model() : null));
	}

	private static String text(@Nullable String name) {
		return StringUtils.hasText(name) ? name : KeyValue.NONE_VALUE;
	}

	/**
	 * Return the host of the server.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue serverAddress(ModelObservationContext context) {
		URI endpoint = context.getModel().endpoint();
		return (endpoint != null && endpoint.getHost() != null)
				? LowCardinalityKeyNames.SERVER_ADDRESS.withValue(endpoint.getHost())
				: LowCardinalityKeyNames.SERVER_ADDRESS.withNoneValue();
	}

	/**
	 * Return the port of the server.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue serverPort(ModelObservationContext context) {
		URI endpoint = context.getModel().endpoint();
		if (endpoint == null || endpoint.getHost() == null) {
			return LowCardinalityKeyNames.SERVER_PORT.withNoneValue();
		}
		int defaultPort = "http".equalsIgnoreCase(endpoint.getScheme()) ? 80 : 443;
		return LowCardinalityKeyNames.SERVER_PORT
			.withValue(Integer.toString((endpoint.getPort() != -1) ? endpoint.getPort() : defaultPort));
	}

	/**
	 * Return why the call failed.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue errorType(ModelObservationContext context) {
		Throwable error = context.getError();
		if (error == null) {
			return LowCardinalityKeyNames.ERROR_TYPE.withNoneValue();
		}
		return LowCardinalityKeyNames.ERROR_TYPE
			.withValue((error instanceof ModelException failure) ? failure.getKind().errorType() : BoundedTags.OTHER);
	}

	/**
	 * Return how the call ended.
	 * @param context the context
	 * @return the key value
	 */
	protected KeyValue outcome(ModelObservationContext context) {
		Outcome outcome = context.getOutcome();
		return (outcome != null) ? LowCardinalityKeyNames.OUTCOME.withValue(outcome.name().toLowerCase(Locale.ROOT))
				: LowCardinalityKeyNames.OUTCOME.withNoneValue();
	}

	/**
	 * Return the tags of the request: each key that was given to the constructor, with
	 * the value {@code none} if the request has no such tag.
	 * @param context the context
	 * @return the key values
	 */
	protected KeyValues tags(ModelObservationContext context) {
		return this.tagKeys.values(context.getRequest().tags());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ModelObservationContext context) {
		return new SpanKeyValues(context).collect();
	}

}
