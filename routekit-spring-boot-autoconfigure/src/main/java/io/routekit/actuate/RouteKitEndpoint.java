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

import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.routekit.DescribedModel;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.Models;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.util.Assert;

/**
 * {@link Endpoint @Endpoint} that shows the models of an application with their settings,
 * and what {@link EndpointSection sections} tell beside them, without anything secret.
 *
 * @since 0.1.0
 */
@Endpoint(id = "routekit", defaultAccess = Access.READ_ONLY)
public final class RouteKitEndpoint {

	private final Models models;

	private final Iterable<EndpointSection> sections;

	private final SecretRedactor secrets;

	/**
	 * Create a new {@link RouteKitEndpoint} instance.
	 * @param models the models by name
	 * @param sections what to show beside them, each with a name of its own
	 * @param secrets takes the secrets out of what is shown
	 */
	public RouteKitEndpoint(Models models, Iterable<EndpointSection> sections, SecretRedactor secrets) {
		Assert.notNull(models, "'models' must not be null");
		Assert.notNull(sections, "'sections' must not be null");
		Assert.notNull(secrets, "'secrets' must not be null");
		Set<String> names = new HashSet<>(Set.of("models"));
		sections.forEach((section) -> Assert.isTrue(names.add(section.name()),
				() -> "There are several sections of the name '%s'".formatted(section.name())));
		this.models = models;
		this.sections = sections;
		this.secrets = secrets;
	}

	@ReadOperation
	RouteKitDescriptor routekit() {
		Map<String, ModelDescriptor> models = new LinkedHashMap<>();
		this.models.names().forEach((name) -> models.put(name, describe(this.models.get(name))));
		Map<String, Object> sections = new LinkedHashMap<>();
		this.sections.forEach((section) -> {
			Object description = section.describe();
			if (description != null) {
				sections.put(section.name(), description);
			}
		});
		return new RouteKitDescriptor(models, sections);
	}

	@ReadOperation
	@Nullable ModelDescriptor model(@Selector String model) {
		return this.models.names().contains(model) ? describe(this.models.get(model)) : null;
	}

	private ModelDescriptor describe(Model model) {
		URI endpoint = model.endpoint();
		DescribedModel described = unwrap(model);
		Map<String, Object> state = (described != null) ? described.state() : Collections.emptyMap();
		return new ModelDescriptor(this.secrets.redactNullable(model.provider()),
				this.secrets.redactNullable(model.name()),
				(endpoint != null) ? this.secrets.redact(SettingValues.withoutSecrets(endpoint)) : null,
				model.filters().stream().map(ModelFilter::name).toList(),
				(described != null) ? this.secrets.redact(SettingValues.readable(described.settings())) : null,
				!state.isEmpty() ? this.secrets.redact(state) : null);
	}

	private static @Nullable DescribedModel unwrap(Model model) {
		try {
			// A mock unwraps to nothing
			return model.unwrap(DescribedModel.class);
		}
		catch (IllegalStateException ex) {
			// A model of the application
			return null;
		}
	}

	/**
	 * Description of the models of an application and of what there is beside them.
	 *
	 * @param models the models by the name of their bean
	 * @param sections what else there is, each by its name
	 */
	record RouteKitDescriptor(Map<String, ModelDescriptor> models,
			@JsonAnyGetter Map<String, Object> sections) implements OperationResponseBody {

	}

	/**
	 * Description of a model.
	 *
	 * @param provider the type of the provider, or {@code null} if a mock tells none
	 * @param name the name of the model, or {@code null} if a mock tells none
	 * @param endpoint the URL of the server, or {@code null} if there is none
	 * @param filters the filters around the model, the outermost first; none around a
	 * route, whose models have them
	 * @param settings the settings by name, or {@code null} if properties do not describe
	 * the model
	 * @param state what lets the calls of the model through by name, or {@code null} if
	 * nothing does
	 */
	record ModelDescriptor(@Nullable String provider, @Nullable String name, @Nullable String endpoint,
			List<String> filters, @Nullable Map<String, Object> settings,
			@Nullable Map<String, Object> state) implements OperationResponseBody {

	}

}
