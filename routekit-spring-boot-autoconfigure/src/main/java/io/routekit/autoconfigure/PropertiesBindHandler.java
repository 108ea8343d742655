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

package io.routekit.autoconfigure;

import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;

import io.routekit.ModelConfigurationException;
import io.routekit.OneLine;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Bindable.BindRestriction;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.Environment;
import org.springframework.util.ObjectUtils;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Binds RouteKit's properties as they are meant. A block that is empty in one file, since
 * all its lines are comments there, hides nothing of the other files. A block with a
 * value of its own fails. A placeholder that nothing resolves is not taken for a value.
 *
 * @since 0.1.0
 */
public final class PropertiesBindHandler extends AbstractBindHandler {

	private static final String ROOT = "routekit";

	private static final ConfigurationPropertyName PROVIDER = ConfigurationPropertyName.of("routekit.provider");

	private final Environment environment;

	private final Predicate<ConfigurationPropertyName> optional;

	/**
	 * Create a new {@link PropertiesBindHandler} instance.
	 * @param parent the handler to go on with
	 * @param environment the environment that resolves placeholders
	 * @param optional tells which properties are as if not set if their placeholders
	 * cannot be resolved, rather than to fail
	 */
	PropertiesBindHandler(BindHandler parent, Environment environment, Predicate<ConfigurationPropertyName> optional) {
		super(parent);
		this.environment = environment;
		this.optional = optional;
	}

	/**
	 * Return a binder that binds each property as it is meant.
	 * @param environment the environment
	 * @return the binder
	 */
	public static Binder binder(Environment environment) {
		return binder(environment, (name) -> false);
	}

	/**
	 * Return a binder that binds each property as it is meant.
	 * @param environment the environment
	 * @param optional tells which properties are as if not set if their placeholders
	 * cannot be resolved, rather than to fail
	 * @return the binder
	 */
	static Binder binder(Environment environment, Predicate<ConfigurationPropertyName> optional) {
		return Binder.get(environment, new PropertiesBindHandler(BindHandler.DEFAULT, environment, optional));
	}

	/**
	 * Return what has the properties of all features bound like this. Those of a model
	 * are for its provider, which may not need them.
	 * @param environment the environment
	 * @return the advisor
	 */
	static ConfigurationPropertiesBindHandlerAdvisor advisor(Environment environment) {
		ConfigurationPropertyName models = ConfigurationPropertyName.of("routekit.models");
		return (handler) -> new PropertiesBindHandler(handler, environment, models::isAncestorOf);
	}

	@Override
	public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
		return super.onStart(name, isEmptyBlock(name, target, context)
				? target.withBindRestrictions(BindRestriction.NO_DIRECT_PROPERTY) : target, context);
	}

	private static boolean isEmptyBlock(ConfigurationPropertyName name, Bindable<?> target, BindContext context) {
		if (!isOfRouteKit(name)) {
			return false;
		}
		for (ConfigurationPropertySource source : context.getSources()) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null && isBlock(target.getType().toClass())) {
				if (isMeant(name, source) && !target.getType().toClass().isInterface()) {
					checkNoValue(property);
				}
				return ObjectUtils.isEmpty(property.getValue());
			}
		}
		return false;
	}

	// The platform may set variables for a service called like a model or a route
	private static boolean isMeant(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		return !NamesOfProperties.isEnvironment(source) || name.equals(PROVIDER) || PROVIDER.isAncestorOf(name);
	}

	private static void checkNoValue(ConfigurationProperty property) {
		if (!ObjectUtils.isEmpty(property.getValue()) && BeanUtils.isSimpleValueType(property.getValue().getClass())) {
			ConfigurationPropertyName name = property.getName();
			throw new ModelConfigurationException(
					"'%s' has a value, but is a block of properties%s".formatted(name, PropertyOrigins.at(property)),
					"Set properties below '%s'%s".formatted(name,
							name.equals(PROVIDER) ? ", such as '%s.type'".formatted(name) : ""));
		}
	}

	private static boolean isBlock(Class<?> type) {
		return !BeanUtils.isSimpleProperty(type) && !Map.class.isAssignableFrom(type)
				&& !Collection.class.isAssignableFrom(type)
				&& !ApplicationConversionService.getSharedInstance().canConvert(String.class, type);
	}

	private static boolean isOfRouteKit(ConfigurationPropertyName name) {
		return !name.isEmpty() && name.getElement(0, Form.UNIFORM).equals(ROOT);
	}

	@Override
	public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Object result) {
		PlaceholderResolutionException failure = failure(name, context);
		if (failure != null && !this.optional.test(name)) {
			throw unresolved(failure, name, context.getConfigurationProperty());
		}
		// An element that is left out is not allowed in a list
		return (failure != null && !name.isLastElementIndexed()) ? null
				: super.onSuccess(name, target, context, result);
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		PlaceholderResolutionException failure = failure(name, context);
		if (failure == null) {
			return super.onFailure(name, target, context, error);
		}
		if (name.isLastElementIndexed() || !this.optional.test(name)) {
			throw unresolved(failure, name, context.getConfigurationProperty());
		}
		return null;
	}

	private @Nullable PlaceholderResolutionException failure(ConfigurationPropertyName name, BindContext context) {
		ConfigurationProperty property = context.getConfigurationProperty();
		if (property != null && isOfRouteKit(name) && property.getName().equals(name)
				&& property.getValue() instanceof CharSequence value) {
			try {
				this.environment.resolveRequiredPlaceholders(value.toString());
			}
			catch (PlaceholderResolutionException ex) {
				return ex;
			}
		}
		return null;
	}

	private static ModelConfigurationException unresolved(PlaceholderResolutionException failure,
			ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
		return unresolved(failure, "'%s'%s".formatted(name, (property != null) ? PropertyOrigins.at(property) : ""));
	}

	/**
	 * Return the failure of a placeholder that nothing resolves.
	 * @param failure what the environment says
	 * @param source where the placeholder is, for the message
	 * @return the failure
	 */
	static ModelConfigurationException unresolved(PlaceholderResolutionException failure, String source) {
		String placeholder = OneLine.ofName(String.valueOf(failure.getPlaceholder()));
		return new ModelConfigurationException(
				"Nothing resolves the placeholder '%s' in the value of %s".formatted(placeholder, source),
				"Set '%1$s', write '${%1$s:}' if it may be missing, or '\\${' if the value is meant as it is"
					.formatted(placeholder));
	}

}
