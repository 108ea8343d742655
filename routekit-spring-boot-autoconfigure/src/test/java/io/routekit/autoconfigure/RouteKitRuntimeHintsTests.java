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

import io.routekit.Model;
import io.routekit.anthropic.AnthropicProperties;
import io.routekit.fake.FakeModelProperties;
import io.routekit.fake.FakeResponseProperties;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteKitRuntimeHints}.
 */
class RouteKitRuntimeHintsTests {

	@Test
	void propertiesPricesAndProxiesWorkInNativeImages() {
		RuntimeHints hints = new RuntimeHints();

		new RouteKitRuntimeHints().registerHints(hints, null);

		assertThat(hints)
			.matches(RuntimeHintsPredicates.reflection().onMethodInvocation(ModelProperties.class, "setModel"))
			.matches(RuntimeHintsPredicates.reflection().onMethodInvocation(OptionsProperties.class, "setSeed"))
			.matches(RuntimeHintsPredicates.reflection().onMethodInvocation(AnthropicProperties.class, "setVersion"))
			.matches(RuntimeHintsPredicates.reflection().onMethodInvocation(FakeModelProperties.class, "setDelay"))
			.matches(RuntimeHintsPredicates.reflection().onMethodInvocation(FakeResponseProperties.class, "of"))
			.matches(RuntimeHintsPredicates.resource().forResource("io/routekit/prices/catalogue.json"))
			.matches(RuntimeHintsPredicates.resource().forResource("io/routekit/prices/providers.json"))
			.matches(RuntimeHintsPredicates.proxies()
				.forInterfaces(AopProxyUtils.completeJdkProxyInterfaces(Model.class)));
	}

}
