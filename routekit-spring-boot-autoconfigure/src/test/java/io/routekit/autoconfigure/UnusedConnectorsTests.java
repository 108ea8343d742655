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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnusedConnectors}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnusedConnectorsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class))
		.withPropertyValues("routekit.provider.type=openai", "routekit.provider.api-key=k");

	@Test
	void connectorOfTheApplicationIsSaidToBeUnused(CapturedOutput output) {
		this.runner.withBean("throughProxy", ClientHttpConnector.class, JdkClientHttpConnector::new)
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(output).containsOnlyOnce("Models do not use the ClientHttpConnector beans [throughProxy]")
			.contains("ClientHttpConnectorBuilderCustomizer");
	}

	@Test
	void connectorOfSpringBootIsNotMentioned(CapturedOutput output) {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ClientHttpConnector.class));

		assertThat(output).doesNotContain("Models do not use");
	}

	@Test
	void connectorOfACustomizerIsSaidToBeUnused(CapturedOutput output) {
		this.runner
			.withBean("proxyCustomizer", WebClientCustomizer.class,
					() -> (builder) -> builder.clientConnector(new JdkClientHttpConnector()))
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(output).containsOnlyOnce("Models do not use")
			.contains("the connector of the WebClient.Builder", "[proxyCustomizer]",
					"ClientHttpConnectorBuilderCustomizer");
	}

	@Test
	void connectorOfABuilderIsSaidToBeUnused(CapturedOutput output) {
		this.runner
			.withBean("proxyBuilder", WebClient.Builder.class,
					() -> WebClient.builder().clientConnector(new JdkClientHttpConnector()))
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(output).containsOnlyOnce("Models do not use").contains("[proxyBuilder]");
	}

	@Test
	void customizerAndBuilderWithoutConnectorAreUsedWithoutAWord(CapturedOutput output) {
		WebClientCustomizer customizer = (builder) -> builder.defaultHeader("X-Team", "search");
		this.runner.withBean("header", WebClientCustomizer.class, () -> customizer)
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withBean("plain", WebClient.Builder.class, WebClient::builder)
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(output).doesNotContain("Models do not use");
	}

	@Test
	void connectorBeanIsMentionedOnceAlthoughTheBuilderHasItToo(CapturedOutput output) {
		this.runner.withBean("throughProxy", ClientHttpConnector.class, JdkClientHttpConnector::new)
			.withBean("header", WebClientCustomizer.class, () -> (builder) -> builder.defaultHeader("X-Team", "search"))
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(output).containsOnlyOnce("Models do not use").contains("[throughProxy]");
	}

	@Test
	void builderIsNotMadeWhereTheApplicationAddsNothing() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context.getBeanFactory().containsSingleton("webClientHttpConnectorCustomizer"))
				.isFalse());
	}

	@Test
	void connectorIsFoundInWhatSpringHasForABuilder() {
		assertThat(new DirectFieldAccessor(WebClient.builder()).isReadableProperty("connector")).isTrue();
	}

}
