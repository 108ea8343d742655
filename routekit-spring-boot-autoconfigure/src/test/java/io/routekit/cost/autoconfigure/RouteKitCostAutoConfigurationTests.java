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

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelResponse;
import io.routekit.Usage;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.cost.CostCalculator;
import io.routekit.cost.CurrentPriceCatalogue;
import io.routekit.cost.PriceCatalogue;
import io.routekit.cost.PriceCatalogueMetrics;
import io.routekit.cost.PricingFilter;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteKitCostAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RouteKitCostAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitCostAutoConfiguration.class));

	private static @Nullable BigDecimal cost(AssertableApplicationContext context, String model) {
		return cost(context, "openai", model, "none");
	}

	private static @Nullable BigDecimal cost(AssertableApplicationContext context, String provider, String name,
			String deployment) {
		Usage usage = Usage.builder().raw(Map.of("prompt_tokens", 1_000_000, "completion_tokens", 0)).build();
		ModelResponse response = ModelResponse.of("x")
			.mutate()
			.model(name)
			.usage(usage)
			.metadata("deployment", deployment)
			.build();
		Model model = new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return Mono.just(response);
			}

			@Override
			public String name() {
				return name;
			}

			@Override
			public String provider() {
				return provider;
			}

		};
		Cost cost = context.getBean(PricingFilter.class)
			.chat(ChatRequest.of("Hi"), model)
			.block(Duration.ofSeconds(5))
			.usage()
			.cost();
		return (cost != null) ? cost.amount() : null;
	}

	private ApplicationContextRunner withYaml(String yaml) {
		return this.contextRunner.withInitializer((context) -> {
			try {
				List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("yaml",
						new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
				sources.forEach(context.getEnvironment().getPropertySources()::addFirst);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	@Test
	void pricesByTheBundledCatalogue() {
		this.contextRunner.run((context) -> assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("0.25"));
	}

	@Test
	void pricesByACatalogueBean() {
		this.contextRunner
			.withBean(PriceCatalogue.class,
					() -> PriceCatalogue.of(List.of(Map.of("provider", "openai", "id", "gpt-5-mini", "input", "0.2"))))
			.run((context) -> {
				assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("0.2");
				assertThat(cost(context, "gpt-5-nano")).isNull();
			});
	}

	@Test
	void pricesByACalculatorBean() {
		CostCalculator calculator = (call) -> new Cost(BigDecimal.TEN, "EUR", Cost.Source.CATALOGUE);
		this.contextRunner.withBean(CostCalculator.class, () -> calculator).run((context) -> {
			assertThat(context).getBean(CostCalculator.class).isSameAs(calculator);
			assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("10");
		});
	}

	@Test
	void backsOffWithAFilterBean() {
		PricingFilter filter = new PricingFilter((call) -> null);
		this.contextRunner.withBean("own", PricingFilter.class, () -> filter)
			.run((context) -> assertThat(context).getBean(PricingFilter.class).isSameAs(filter));
	}

	@Test
	void metersTheAgeOfThePrices() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(PriceCatalogueMetrics.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(MeterBinder.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(PricingFilter.class));
	}

	@Test
	void canBeSwitchedOff() {
		this.contextRunner.withPropertyValues("routekit.cost.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(PricingFilter.class)
				.doesNotHaveBean(CurrentPriceCatalogue.class));
	}

	@Test
	void changesAndAddsPricesByProperties() {
		withYaml("""
				routekit.cost.catalogue:
				  - provider: openai
				    id: gpt-5-mini
				    input: "0.123456789012345678901"
				  - provider: openai
				    id: acme-7b
				    aliases: [acme, {id: acme-latest, from: 2026-01-01}]
				    prices:
				      - to: 2026-06-30
				        input: 7
				      - from: 2026-07-01
				        input: 8
				        long-context:
				          threshold: 500000
				          inclusive: true
				          input: 16.5
				        tiers:
				          flex:
				            factor: 0.5
				""").run((context) -> {
			assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("0.123456789012345678901");
			assertThat(cost(context, "acme")).isEqualByComparingTo("16.5");
			assertThat(cost(context, "acme-latest")).isEqualByComparingTo("16.5");
			assertThat(cost(context, "gpt-5-nano")).isEqualByComparingTo("0.05");
		});
	}

	@Test
	void pricesAFakeIfToldTo() {
		this.contextRunner
			.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, WebClientAutoConfiguration.class))
			.withPropertyValues("routekit.provider.type=fake", "routekit.provider.fake.responses=Good morning",
					"routekit.cost.catalogue[0].provider=fake", "routekit.cost.catalogue[0].id=*",
					"routekit.cost.catalogue[0].input=1000000", "routekit.cost.catalogue[0].output=10000000")
			.run((context) -> {
				Model model = context.getBean("model", Model.class);
				Usage usage = model.chat("Hi there").block(Duration.ofSeconds(5)).usage();
				assertThat(usage.promptTokens()).isEqualTo(2);
				assertThat(usage.completionTokens()).isEqualTo(3);
				assertThat(usage.cost().amount()).isEqualByComparingTo("32");
			});
	}

	@Test
	void changesPricesByPlainProperties() {
		this.contextRunner.withPropertyValues("routekit.cost.catalogue[0].provider=openai",
				"routekit.cost.catalogue[0].id=gpt-5-mini", "routekit.cost.catalogue[0].prices[0].input=9",
				"routekit.cost.catalogue[0].prices[0].tiers.flex.input=4", "routekit.cost.catalogue[0].aliases[0]=mini")
			.run((context) -> {
				assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("9");
				assertThat(cost(context, "mini")).isEqualByComparingTo("9");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					catalogue[0].id=a                 | 'routekit.cost.catalogue[0].provider' is missing
					catalogue[0].input=cheap          | 'routekit.cost.catalogue[0].input' must be a number of at least 0 but was 'cheap'
					catalogue[0].cache-raed=1         | 'routekit.cost.catalogue[0].cache-raed' is unknown, known are
					catalogue-location=file:/none.json | The price catalogue cannot be used: URL [file:/none.json] could not be read
					catalogue-refresh-interval=0s     | 'routekit.cost.catalogue-refresh-interval' must be at least 1 ms and at most 365 days but is 0s
					azure.zone=moon                   | 'routekit.cost.azure.zone' is 'moon', a zone that no price is known for
					azure.deployments.chat.zone=moon  | 'routekit.cost.azure.deployments.chat.zone' is 'moon', a zone
					azure.deployments.chat.model=gtp-5 | 'routekit.cost.azure.deployments.chat.model' is 'gtp-5', a model that no price is known for
					""")
	void refusesToStartWithASettingThatIsNotValid(String property, String message) {
		this.contextRunner.withPropertyValues("routekit.cost." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageStartingWith(message));
	}

	@Test
	void pricesDeploymentsOfAzureByTheirModelAndZone() {
		withYaml("""
				routekit.cost.azure:
				  zone: datazone-us-eu
				  deployments:
				    Chat.EU:
				      model: gpt-5.1
				    chat_global:
				      model: gpt-5.1
				      zone: global
				""").run((context) -> {
			assertThat(cost(context, "azure-openai", "gpt-5", "Chat.EU")).isEqualByComparingTo("1.375");
			assertThat(cost(context, "azure-openai", "gpt-5", "chat_global")).isEqualByComparingTo("1.25");
			assertThat(cost(context, "azure-openai", "gpt-5.1-2025-11-13", "another")).isEqualByComparingTo("1.375");
		});
	}

	@Test
	void pricesByAFileOfOnesOwn(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("prices.json"),
				"{\"models\": [{\"provider\": \"openai\", \"id\": \"gpt-5-mini\", \"input\": 0.3}]}");
		this.contextRunner.withPropertyValues("routekit.cost.catalogue-location=" + file.toUri())
			.run((context) -> assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("0.3"));
		this.contextRunner
			.withPropertyValues("routekit.cost.catalogue-location=" + file.toUri(),
					"routekit.cost.catalogue[0].provider=openai", "routekit.cost.catalogue[0].id=gpt-5-mini",
					"routekit.cost.catalogue[0].input=0.4")
			.run((context) -> assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("0.4"));
	}

	@Test
	void takesAPlainPathForAFile(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("prices.json"),
				"{\"models\": [{\"provider\": \"openai\", \"id\": \"gpt-5-mini\", \"input\": 0.3}]}");
		this.contextRunner.withPropertyValues("routekit.cost.catalogue-location=" + file)
			.run((context) -> assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("0.3"));
	}

	@Test
	void asksAServerAfterTheStartAndGoesOnWithTheBundledPricesMeanwhile(CapturedOutput output) {
		try (RawServer server = new RawServer()) {
			server.reply(Script.json(503, "{}"));
			server.reply(Script.json(200,
					"{\"models\": [{\"provider\": \"openai\", \"id\": \"gpt-5-mini\", \"input\": 0.3}]}"));
			this.contextRunner
				.withPropertyValues("routekit.cost.catalogue-location=" + server.url("/prices.json"),
						"routekit.cost.catalogue-refresh-interval=10m", "routekit.cost.azure.zone=moon")
				.run((context) -> {
					CurrentPriceCatalogue catalogue = context.getBean(CurrentPriceCatalogue.class);
					await(() -> assertThat(output)
						.contains("/prices.json cannot be used, so the prices stay as they were: the server answered "
								+ "with status 503"));
					assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("0.25");
					catalogue.refresh();
					assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("0.3");
				});
		}
	}

	@Test
	void tellsWhatIsWrongInAFileOfOnesOwn(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("prices.yaml"), "models: [{provider: openai}]");
		this.contextRunner.withPropertyValues("routekit.cost.catalogue-location=" + file.toUri())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("prices.yaml")
				.hasMessageContaining("models[0].id is missing"));
	}

	@Test
	void readsAFileOfOnesOwnAgainWhenItHasChanged(@TempDir Path directory, CapturedOutput output) throws IOException {
		Path file = directory.resolve("prices.yaml");
		write(file, "models: [{provider: openai, id: gpt-5-mini, input: 1}]", 1);
		this.contextRunner
			.withPropertyValues("routekit.cost.catalogue-location=" + file.toUri(),
					"routekit.cost.catalogue-refresh-interval=10ms")
			.run((context) -> {
				assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("1");
				write(file, "models: [{provider: openai, id: gpt-5-mini, input: 2}]", 2);
				await(() -> assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("2"));
				write(file, "models: [{provider: openai, id: gpt-5-mini, input: cheap}]", 3);
				await(() -> assertThat(output)
					.contains("models[0].input must be a number of at least 0 but was 'cheap'")
					.contains("so the prices stay as they were"));
				assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("2");
				write(file, "models: [{provider: openai, id: gpt-5-mini, input: 3}]", 4);
				await(() -> assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("3"));
				Files.delete(file);
				write(file, "models: [{provider: openai, id: gpt-5-mini, input: 4}]", 5);
				await(() -> assertThat(cost(context, "gpt-5-mini")).isEqualByComparingTo("4"));
			});
	}

	// The clock of a file system may be too coarse to tell two writes apart
	private static void write(Path file, String text, int time) throws IOException {
		Path written = Files.writeString(file.resolveSibling("new"), text);
		Files.setLastModifiedTime(written, FileTime.from(Instant.parse("2026-11-23T00:00:00Z").plusSeconds(time)));
		Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
	}

	private static void await(Runnable assertion) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.pollInterval(Duration.ofMillis(10))
			.untilAsserted(assertion::run);
	}

}
