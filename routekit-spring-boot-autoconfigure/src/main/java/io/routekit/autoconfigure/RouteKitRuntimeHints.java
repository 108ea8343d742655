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

import java.lang.reflect.Method;

import io.routekit.Model;
import io.routekit.anthropic.AnthropicProperties;
import io.routekit.azure.AzureOpenAiProperties;
import io.routekit.completions.CompletionsProperties;
import io.routekit.fake.FakeModelProperties;
import io.routekit.fake.FakeResponseProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * {@link RuntimeHints} for properties, which are bound on demand, for prices and for
 * proxies.
 */
class RouteKitRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar
			.forTypes(ModelProperties.class, AnthropicProperties.class, AzureOpenAiProperties.class,
					CompletionsProperties.class, FakeModelProperties.class)
			.registerHints(hints);
		// Makes an answer of a text alone
		Method factory = ReflectionUtils.findMethod(FakeResponseProperties.class, "of", String.class);
		Assert.state(factory != null, "There is no factory method");
		hints.reflection().registerMethod(factory, ExecutableMode.INVOKE);
		hints.resources().registerPattern("io/routekit/prices/catalogue.json");
		hints.resources().registerPattern("io/routekit/prices/providers.json");
		hints.resources().registerPattern("io/routekit/wire/error-phrases.txt");
		hints.proxies().registerJdkProxy(AopProxyUtils.completeJdkProxyInterfaces(Model.class));
	}

}
