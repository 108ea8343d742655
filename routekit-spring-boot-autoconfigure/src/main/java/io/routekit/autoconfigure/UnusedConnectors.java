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

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Says that models do not use the connectors of the application. Each has one of its own,
 * since a connector that is made already can take over neither the timeouts of a model
 * nor what keeps a key from going elsewhere.
 */
final class UnusedConnectors {

	private static final Log logger = LogFactory.getLog(UnusedConnectors.class);

	private UnusedConnectors() {
	}

	/**
	 * Log the connectors of the application, if it has any.
	 * @param beanFactory the beans of the application
	 */
	static void log(ConfigurableListableBeanFactory beanFactory) {
		if (AotDetector.useGeneratedArtifacts()) {
			// Generated definitions do not tell whose they are
			return;
		}
		List<String> names = new ArrayList<>();
		for (String name : beanFactory.getBeanNamesForType(ClientHttpConnector.class, true, false)) {
			if (!isOfSpringBoot(beanFactory, name)) {
				names.add(name);
			}
		}
		if (!names.isEmpty()) {
			logger.warn(("Models do not use the ClientHttpConnector beans %s: each has a connector of its own, which a "
					+ "ClientHttpConnectorBuilder or ClientHttpConnectorBuilderCustomizer bean changes, for a proxy or "
					+ "a certificate, for example")
				.formatted(names));
		}
	}

	private static boolean isOfSpringBoot(ConfigurableListableBeanFactory beanFactory, String name) {
		if (!beanFactory.containsBeanDefinition(name)) {
			return false;
		}
		String configuration = beanFactory.getBeanDefinition(name).getFactoryBeanName();
		return configuration != null && configuration.startsWith("org.springframework.boot.");
	}

}
