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

package io.routekit.benchmarks.webclient;

import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.ClientFactory;
import io.routekit.benchmarks.ClientSettings;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes clients with the {@link WebClient} that Spring Boot configures in an application
 * with actuator and Prometheus, which observes each request. It is what RouteKit builds
 * on.
 */
public final class ObservedWebClientFactory implements ClientFactory {

	@Override
	public String name() {
		return "webclient-observed";
	}

	@Override
	public Client create(ClientSettings settings) {
		// Reactor Netty's shared pool has 500 connections to a host, and looks only once
		System.setProperty("reactor.netty.pool.maxConnections", "20000");
		WebClient.Builder client = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("logging.level.root=warn", "spring.main.banner-mode=off", "spring.main.log-startup-info=false")
			.run()
			.getBean(WebClient.Builder.class);
		return WebClientFactory.create(client, settings);
	}

	/**
	 * Has nothing but what Spring Boot configures.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
