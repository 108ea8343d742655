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

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.AotDetector;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Says at the start that models do not use the connectors of the application. Each has
 * one of its own, since a connector that is made already can take over neither the
 * timeouts of a model nor what keeps a key from going elsewhere.
 */
final class UnusedConnectors implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UnusedConnectors.class);

	private final ConfigurableListableBeanFactory beanFactory;

	UnusedConnectors(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (AotDetector.useGeneratedArtifacts()) {
			// Generated definitions do not tell whose they are
			return;
		}
		List<String> connectors = namesOfApplication(ClientHttpConnector.class);
		if (!connectors.isEmpty()) {
			warn("the ClientHttpConnector beans " + connectors);
		}
		List<String> clients = namesOfApplication(WebClientCustomizer.class);
		clients.addAll(namesOfApplication(WebClient.Builder.class));
		if (!clients.isEmpty() && hasOwnConnector()) {
			warn("the connector of the WebClient.Builder, which is set by one of the beans " + clients);
		}
	}

	private static void warn(String unused) {
		logger.warn(("Models do not use %s: each model has a connector of its own, which a ClientHttpConnectorBuilder "
				+ "or ClientHttpConnectorBuilderCustomizer bean changes, for a proxy or a certificate, for example")
			.formatted(unused));
	}

	private List<String> namesOfApplication(Class<?> type) {
		List<String> names = new ArrayList<>();
		for (String name : this.beanFactory.getBeanNamesForType(type, true, false)) {
			if (!isOfSpringBoot(name)) {
				names.add(name);
			}
		}
		return names;
	}

	private boolean isOfSpringBoot(String name) {
		if (!this.beanFactory.containsBeanDefinition(name)) {
			return false;
		}
		BeanDefinition definition = this.beanFactory.getBeanDefinition(name);
		String configuration = definition.getFactoryBeanName();
		if (configuration == null && definition.getFactoryMethodName() != null) {
			configuration = definition.getBeanClassName();
		}
		return configuration != null && configuration.startsWith("org.springframework.boot.");
	}

	// Spring Boot sets the ClientHttpConnector bean
	private boolean hasOwnConnector() {
		WebClient.Builder builder = this.beanFactory.getBeanProvider(WebClient.Builder.class).getIfUnique();
		Object connector = (builder != null) ? connector(builder) : null;
		if (connector == null) {
			return false;
		}
		for (String name : this.beanFactory.getBeanNamesForType(ClientHttpConnector.class, true, false)) {
			if (this.beanFactory.getSingleton(name) == connector) {
				return false;
			}
		}
		return true;
	}

	// A builder tells nobody what it has been given
	private static @Nullable Object connector(WebClient.Builder builder) {
		DirectFieldAccessor fields = new DirectFieldAccessor(builder);
		return fields.isReadableProperty("connector") ? fields.getPropertyValue("connector") : null;
	}

}
