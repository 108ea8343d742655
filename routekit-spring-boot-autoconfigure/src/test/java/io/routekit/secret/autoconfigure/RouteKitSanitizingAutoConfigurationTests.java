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

package io.routekit.secret.autoconfigure;

import java.util.Locale;
import java.util.Map;

import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteKitSanitizingAutoConfiguration}.
 */
class RouteKitSanitizingAutoConfigurationTests {

	private static final String SECRET = "secret-0123456789";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class,
				RouteKitSanitizingAutoConfiguration.class, EnvironmentEndpointAutoConfiguration.class,
				ConfigurationPropertiesReportEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=*", "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always", "routekit.provider.type=fake");

	@ParameterizedTest
	@ValueSource(strings = { "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "AZURE_OPENAI_API_KEY",
			"openai.api.key", "openai.api-key", "routekit.provider.api-key", "routekit.provider.apiKey",
			"ROUTEKIT_PROVIDER_APIKEY", "ROUTEKIT_PROVIDER_API_KEY", "routekit.provider.anthropic.auth-token",
			"ROUTEKIT_PROVIDER_ANTHROPIC_AUTHTOKEN", "ROUTEKIT_PROVIDER_ANTHROPIC_AUTH_TOKEN",
			"routekit.provider.headers.X-Api-Key", "ROUTEKIT_PROVIDER_HEADERS_XTEAM", "routekit.models.fast.api-key",
			"routekit.models[a.b].api_key", "ROUTEKIT_MODELS_FAST_APIKEY",
			"routekit.models.fast.headers[Authorization]", "routekit.provider.options.extra.authorization",
			"routekit.provider.options.extra.mcp[0].auth_token" })
	void nameTellsThatTheValueIsSecret(String name) {
		this.runner.run((context) -> {
			assertThat(shown(context, name, SECRET)).isEqualTo(SanitizableData.SANITIZED_VALUE);
			assertThat(shown(context, name, "k")).isEqualTo(SanitizableData.SANITIZED_VALUE);
			assertThat(shown(context, name, 17)).isEqualTo(SanitizableData.SANITIZED_VALUE);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "routekit.provider.type", "routekit.provider.options.max-tokens",
			"ROUTEKIT_PROVIDER_OPTIONS_MAX_TOKENS", "routekit.provider.openai.max-tokens-field",
			"routekit.provider.options.reasoning.budget-tokens", "routekit.models.token.options.max-tokens",
			"routekit.models.key.model", "routekit.models.auth.options.extra.top_k", "routekitty.api-key", "my.api-key",
			"OPENAI_ORG_ID", "OPENAI_BASE_URL", "server.port", "" })
	void otherValuesAreShown(String name) {
		this.runner.run((context) -> {
			assertThat(shown(context, name, "some value")).isEqualTo("some value");
			assertThat(shown(context, name, 17)).isEqualTo(17);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "routekit.provider.base-url", "routekit.models.fast.baseUrl", "ROUTEKIT_PROVIDER_BASEURL",
			"OPENAI_BASE_URL", "AZURE_OPENAI_ENDPOINT", "openai.base-url" })
	void addressIsShownWithoutUserAndQuery(String name) {
		this.runner.run((context) -> {
			assertThat(shown(context, name, "https://u:p@llm.example.com/v1?k=v"))
				.isEqualTo("https://llm.example.com/v1");
			assertThat(shown(context, name, "https://llm.example.com/v1/@m"))
				.isEqualTo("https://llm.example.com/v1/@m");
			assertThat(shown(context, name, "https://u:p/w@llm.example.com"))
				.isEqualTo(SanitizableData.SANITIZED_VALUE);
			assertThat(shown(context, name, "https://llm.example.com/{v}?k=v"))
				.isEqualTo(SanitizableData.SANITIZED_VALUE);
		});
	}

	@Test
	void environmentHasNoSecret() {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("systemEnvironment-1",
						Map.of("ANTHROPIC_AUTH_TOKEN", "unused-" + SECRET, "ROUTEKIT_MODELS_B_APIKEY", "b-" + SECRET,
								"SPRING_APPLICATION_JSON", "{\"routekit.models.b.api-key\":\"b-" + SECRET + "\"}",
								"JAVA_TOOL_OPTIONS", "-Dx=UNUSED-" + SECRET.toUpperCase(Locale.ROOT)))))
			.withPropertyValues("routekit.provider.type=openai", "routekit.provider.api-key=a-" + SECRET,
					"routekit.provider.base-url=https://llm.example.com/v1?key=c-" + SECRET,
					"routekit.provider.headers.Proxy-Authorization=Bearer d-" + SECRET, "routekit.models.b.model=gpt-5",
					"sun.java.command=app.jar --routekit.provider.api-key=a-" + SECRET
							+ " --routekit.provider.base-url=https://llm.example.com/v1?key=c-" + SECRET,
					"my.client.secondary=${routekit.provider.api-key}", "my.gate=d-" + SECRET)
			.run((context) -> {
				EnvironmentEndpoint endpoint = context.getBean(EnvironmentEndpoint.class);
				assertThat(json(endpoint.environment(null))).contains("sun.java.command", "https://llm.example.com/v1")
					.doesNotContainIgnoringCase(SECRET);
				for (String name : new String[] { "sun.java.command", "routekit.models.b.apikey",
						"anthropic.auth.token", "spring.application.json", "my.client.secondary" }) {
					assertThat(json(endpoint.environmentEntry(name))).contains(SanitizableData.SANITIZED_VALUE)
						.doesNotContainIgnoringCase(SECRET);
				}
			});
	}

	@Test
	void secretOfModelThatIsNotCreatedIsNotShown() {
		this.runner
			.withPropertyValues("spring.main.lazy-initialization=true", "routekit.provider.type=openai",
					"routekit.provider.api-key=" + SECRET, "sun.java.command=--routekit.provider.api-key=" + SECRET)
			.withInitializer((context) -> context.addBeanFactoryPostProcessor((beanFactory) -> {
				for (String name : beanFactory.getBeanDefinitionNames()) {
					beanFactory.getBeanDefinition(name).setLazyInit(true);
				}
			}))
			.run((context) -> assertThat(json(context.getBean(EnvironmentEndpoint.class).environment(null)))
				.doesNotContain(SECRET));
	}

	@Test
	void propertiesHaveNoSecret() {
		this.runner
			.withPropertyValues("routekit.provider.type=openai", "routekit.provider.api-key=a-" + SECRET,
					"routekit.provider.base-url=https://llm.example.com/v1?key=" + SECRET,
					"routekit.provider.headers.X-Team=" + SECRET, "routekit.provider.options.extra.password=" + SECRET,
					"routekit.models.b.api-key=b-" + SECRET, "routekit.models.b.model=gpt-5",
					"routekit.models.b.headers.X-Api-Key=" + SECRET)
			.run((context) -> {
				ConfigurationPropertiesReportEndpoint endpoint = context
					.getBean(ConfigurationPropertiesReportEndpoint.class);
				assertThat(json(endpoint.configurationProperties())).contains("routekit", "gpt-5")
					.doesNotContain(SECRET);
				assertThat(json(endpoint.configurationPropertiesWithPrefix("routekit"))).contains("gpt-5")
					.doesNotContain(SECRET);
			});
	}

	@Test
	void variablesOfProvidersOfTheApplicationCount() {
		this.runner.withBean(ModelProvider.class, OwnProvider::new).run((context) -> {
			assertThat(shown(context, "OWN_PASSWORD", "k")).isEqualTo(SanitizableData.SANITIZED_VALUE);
			assertThat(shown(context, "OWN_URL", "http://host/?k=v")).isEqualTo("http://host/");
		});
	}

	@Test
	void comesBeforeFunctionsOfTheApplicationAndBacksOffByName() {
		this.runner
			.withBean("own", SanitizingFunction.class,
					() -> (data) -> data.withValue(data.getValue() + " of " + data.getKey()))
			.run((context) -> assertThat(
					json(context.getBean(EnvironmentEndpoint.class).environmentEntry("routekit.provider.type")))
				.contains("fake of routekit.provider.type"))
			.withPropertyValues("routekit.provider.api-key=" + SECRET)
			.run((context) -> assertThat(
					json(context.getBean(EnvironmentEndpoint.class).environmentEntry("routekit.provider.api-key")))
				.contains(SanitizableData.SANITIZED_VALUE)
				.doesNotContain(SECRET));
		this.runner.withBean("routeKitSanitizingFunction", SanitizingFunction.class, () -> (data) -> data)
			.run((context) -> assertThat(context).hasSingleBean(SanitizingFunction.class)
				.doesNotHaveBean(SecretSanitizingFunction.class));
	}

	@Test
	void isNotThereWithoutActuator() {
		this.runner.withClassLoader(new FilteredClassLoader(SanitizingFunction.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("routeKitSanitizingFunction"));
	}

	private static Object shown(ApplicationContext context, String name, Object value) {
		MapPropertySource source = new MapPropertySource("test", Map.of(name, value));
		return context.getBean(SanitizingFunction.class).apply(new SanitizableData(source, name, value)).getValue();
	}

	private static String json(Object descriptor) {
		return new JsonMapper().writeValueAsString(descriptor);
	}

	/**
	 * A provider of the application.
	 */
	static class OwnProvider implements ModelProvider {

		@Override
		public String type() {
			return "own";
		}

		@Override
		public Map<String, String> variables() {
			return Map.of("own.password", "OWN_PASSWORD", "base-url", "OWN_URL");
		}

		@Override
		public Model create(ModelSettings settings) {
			throw new IllegalStateException();
		}

	}

}
