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

package io.routekit.cost.autoconfigure;

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelSettingsCustomizer;
import io.routekit.ProviderFacts;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.cost.PriceCatalogue;
import io.routekit.cost.PriceProviders;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PriceProviderCheck} and the property that it checks.
 */
class PriceProviderCheckTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitCostAutoConfiguration.class))
		.withPropertyValues("routekit.provider.type=openai", "routekit.provider.model=gpt-4o");

	private final ApplicationContextRunner local = this.runner
		.withPropertyValues("routekit.provider.base-url=http://localhost:8000/v1");

	@ParameterizedTest
	@ValueSource(strings = { "free", "none", "openai", "azure-openai", "openrouter", "bedrock" })
	void aModelHasThePricesThatItsPropertyNames(String provider) {
		this.local.withPropertyValues("routekit.provider.price-provider=" + provider)
			.run((context) -> assertThat(provider(context, "model")).isEqualTo(provider));
	}

	@Test
	void noModelHasPricesThatNothingTellsOf() {
		this.local.run((context) -> assertThat(provider(context, "model")).isNull());
	}

	@Test
	void aModelOfTheSameServerInheritsWhosePricesItHas() {
		this.local
			.withPropertyValues("routekit.provider.price-provider=free", "routekit.models.small.model=tiny",
					"routekit.models.own.price-provider=none", "routekit.models.big.base-url=https://api.openai.com/v1",
					"routekit.models.big.api-key=k")
			.run((context) -> {
				assertThat(provider(context, "small")).isEqualTo("free");
				assertThat(provider(context, "own")).isEqualTo("none");
				assertThat(provider(context, "big")).isEqualTo("openai");
			});
	}

	@Test
	void aPriceProviderThatHasNoPricesFailsTheStart() {
		this.local.withPropertyValues("routekit.models.fast.price-provider=opnai")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'routekit.models.fast.price-provider' is 'opnai'")
				.asInstanceOf(InstanceOfAssertFactories.type(ModelConfigurationException.class))
				.extracting(ModelConfigurationException::getAction, InstanceOfAssertFactories.STRING)
				.contains("'routekit.models.fast.price-provider'", "'free'", "'none'", "'routekit.cost.catalogue'")
				.contains(PriceCatalogue.bundled().providers()));
	}

	@Test
	void aPriceProviderOfOnesOwnIsKnown() {
		this.local
			.withPropertyValues("routekit.provider.price-provider=acme", "routekit.cost.catalogue[0].provider=acme",
					"routekit.cost.catalogue[0].id=*", "routekit.cost.catalogue[0].input=1")
			.run((context) -> assertThat(provider(context, "model")).isEqualTo("acme"));
	}

	@Test
	void whatACustomizerSetsIsCheckedToo() {
		this.local.withBean(ModelSettingsCustomizer.class, () -> (name, settings) -> settings.priceProvider("opnai"))
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("'opnai'"));
	}

	@Test
	void nothingIsCheckedIfCostsAreOff() {
		this.local.withPropertyValues("routekit.provider.price-provider=opnai", "routekit.cost.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aModelWithoutTheirPropertyKeepsTheFactsOfItsProvider() {
		this.local
			.run((context) -> assertThat(ProviderFacts.of(context.getBean(Model.class)).priceProvider()).isNull());
	}

	private static String provider(AssertableApplicationContext context, String model) {
		return PriceProviders.bundled().nameFor(context.getBean(model, Model.class));
	}

}
