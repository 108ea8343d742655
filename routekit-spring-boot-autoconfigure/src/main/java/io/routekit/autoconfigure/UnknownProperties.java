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

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.routekit.ModelProvider;
import io.routekit.OneLine;
import io.routekit.autoconfigure.KnownProperties.Unknown;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.Environment;

/**
 * Warns at the start of each property below {@code routekit} that does nothing, since no
 * property has its name. Of an environment variable it does so only if there is a
 * property that it was likely meant for: the platform may have set it for a service
 * called RouteKit. A block of a model that is not known may be that of a provider of the
 * application.
 */
final class UnknownProperties implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UnknownProperties.class);

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("routekit");

	private static final int MAX_LENGTH = 1000;

	private final Environment environment;

	private final ListableBeanFactory beanFactory;

	private final KnownProperties known = new KnownProperties(RouteKitProperties.class);

	UnknownProperties(Environment environment, ListableBeanFactory beanFactory) {
		this.environment = environment;
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (NativeDetector.inNativeImage()) {
			// The classes of features that are off cannot be looked into there
			return;
		}
		Set<ConfigurationPropertyName> told = new HashSet<>();
		Set<String> words = new HashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable
					&& !NamesOfProperties.isEnvironment(source)) {
				iterable.stream().filter(ROOT::isAncestorOf).forEach((name) -> {
					List<String> elements = NamesOfProperties.elements(name, 1);
					words.addAll(elements);
					Unknown unknown = this.known.find(elements);
					if (unknown != null && !isOfOtherProvider(unknown, elements)
							&& told.add(name.chop(unknown.start() + 2))) {
						warn(name.chop(unknown.start() + 2), source.getConfigurationProperty(name),
								this.known.nearest(unknown, elements.get(unknown.start())));
					}
				});
			}
		}
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable
					&& NamesOfProperties.isEnvironment(source)) {
				iterable.stream().filter(ROOT::isAncestorOf).forEach((name) -> checkVariable(name, words, source));
			}
		}
	}

	private void checkVariable(ConfigurationPropertyName name, Set<String> words, ConfigurationPropertySource source) {
		List<String> elements = NamesOfProperties.elements(name, 1);
		Unknown unknown = this.known.findVariable(elements, words);
		if (unknown == null || isOfOtherProvider(unknown, elements)) {
			return;
		}
		List<String> rest = elements.subList(unknown.start(), elements.size());
		String nearest = this.known.nearest(unknown, String.join("", rest));
		if (nearest != null || isTailKnown(unknown, rest)) {
			warn(name.chop(unknown.start() + 2), source.getConfigurationProperty(name), nearest);
		}
	}

	// Such as that of a model whose name has several words, which no file tells
	private static boolean isTailKnown(Unknown unknown, List<String> rest) {
		if (unknown.block() == null) {
			return false;
		}
		KnownProperties block = new KnownProperties(unknown.block());
		return IntStream.range(1, rest.size())
			.anyMatch((start) -> block.findVariable(rest.subList(start, rest.size()), Collections.emptySet()) == null);
	}

	private boolean isOfOtherProvider(Unknown unknown, List<String> elements) {
		return unknown.block() == ModelProperties.class && elements.size() > unknown.start() + 1
				&& Arrays.stream(this.beanFactory.getBeanNamesForType(ModelProvider.class, true, false))
					.anyMatch((name) -> !name.startsWith(NamedBeans.OWN));
	}

	private static void warn(ConfigurationPropertyName name, @Nullable ConfigurationProperty property,
			@Nullable String nearest) {
		String place = (property != null) ? PropertyOrigins.at(property) : "";
		String proposal = (nearest != null) ? ", did you mean '%s.%s'?".formatted(name.getParent(), nearest) : "";
		logger.warn(OneLine.of("There is no property '%s'%s, it does nothing%s".formatted(name, place, proposal),
				MAX_LENGTH));
	}

}
