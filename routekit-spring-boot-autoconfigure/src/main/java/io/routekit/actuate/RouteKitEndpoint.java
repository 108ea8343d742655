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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.routekit.Model;
import io.routekit.ModelFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.util.ClassUtils;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * {@link Endpoint @Endpoint} that shows the models of an application, without anything
 * secret.
 *
 * @since 0.1.0
 */
@Endpoint(id = "routekit", defaultAccess = Access.READ_ONLY)
public final class RouteKitEndpoint {

	private final Supplier<Map<String, Model>> models;

	private final Supplier<List<ModelFilter>> filters;

	/**
	 * Create a new {@link RouteKitEndpoint} instance.
	 * @param models supplies the models by name
	 * @param filters supplies the filters around the models, the outermost first
	 */
	public RouteKitEndpoint(Supplier<Map<String, Model>> models, Supplier<List<ModelFilter>> filters) {
		this.models = models;
		this.filters = filters;
	}

	@ReadOperation
	RouteKitDescriptor routekit() {
		List<String> filters = this.filters.get().stream().map(this::describe).toList();
		Map<String, ModelDescriptor> models = new LinkedHashMap<>();
		this.models.get().forEach((name, model) -> models.put(name, describe(model, filters)));
		return new RouteKitDescriptor(models);
	}

	private ModelDescriptor describe(Model model, List<String> filters) {
		return new ModelDescriptor(model.provider(), model.name(), describe(model.endpoint()), filters);
	}

	private @Nullable String describe(@Nullable URI endpoint) {
		return (endpoint != null)
				? UriComponentsBuilder.fromUri(endpoint).userInfo(null).replaceQuery(null).fragment(null).toUriString()
				: null;
	}

	private String describe(ModelFilter filter) {
		return ClassUtils.getShortName(AopUtils.getTargetClass(filter));
	}

	/**
	 * Description of the models of an application.
	 *
	 * @param models the models by the name of their bean
	 */
	record RouteKitDescriptor(Map<String, ModelDescriptor> models) implements OperationResponseBody {

	}

	/**
	 * Description of a model.
	 *
	 * @param provider the type of the provider
	 * @param name the name of the model
	 * @param endpoint the URL of the server, or {@code null} if there is none
	 * @param filters the filters around the model, the outermost first
	 */
	record ModelDescriptor(String provider, String name, @Nullable String endpoint, List<String> filters) {

	}

}
