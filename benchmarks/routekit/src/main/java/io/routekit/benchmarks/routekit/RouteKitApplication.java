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

package io.routekit.benchmarks.routekit;

import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.Model;
import io.routekit.benchmarks.ClientSettings;
import io.routekit.benchmarks.Format;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/**
 * An application with the starter, the actuator and Prometheus on its class path.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RouteKitApplication {

	static Model start(ClientSettings settings, Map<String, Object> properties) {
		// Reactor Netty's shared pool has 500 connections to a host, and looks only once
		System.setProperty("reactor.netty.pool.maxConnections", "20000");
		Map<String, Object> all = new LinkedHashMap<>(properties);
		all.put("logging.level.root", "warn");
		all.put("spring.main.banner-mode", "off");
		all.put("spring.main.log-startup-info", "false");
		all.put("routekit.provider.type", (settings.format() == Format.ANTHROPIC) ? "anthropic" : "openai");
		all.put("routekit.provider.openai.api",
				(settings.format() == Format.RESPONSES) ? "responses" : "chat-completions");
		all.put("routekit.provider.base-url", settings.baseUrl());
		all.put("routekit.provider.api-key", "none");
		all.put("routekit.provider.model", settings.format().model());
		return new SpringApplicationBuilder(RouteKitApplication.class).web(WebApplicationType.NONE)
			.properties(all)
			.run()
			.getBean(Model.class);
	}

}
