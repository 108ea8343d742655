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

package io.routekit.schema.autoconfigure;

import java.util.Collections;

import io.routekit.JsonFaultsException;
import io.routekit.JsonTypes;
import io.routekit.Model;
import io.routekit.Models;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.schema.SchemaJsonTypes;
import io.routekit.schema.ValidatedJsonTypes;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.validation.beanvalidation.OptionalValidatorFactoryBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RouteKitSchemaAutoConfiguration}.
 */
class RouteKitSchemaAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitSchemaAutoConfiguration.class, RouteKitAutoConfiguration.class,
				JacksonAutoConfiguration.class, WebClientAutoConfiguration.class))
		.withPropertyValues("routekit.provider.type=fake", "routekit.models.other.type=fake",
				"routekit.routes.both.models=other");

	@Test
	void modelsHaveTheTypesOfTheApplication() {
		this.runner.run((context) -> {
			JsonTypes types = context.getBean(JsonTypes.class);
			Models models = context.getBean(Models.class);

			assertThat(models.names()).contains("other", "both");
			assertThat(models.names()).allSatisfy((name) -> assertThat(models.get(name).jsonTypes()).isSameAs(types));
		});
	}

	@Test
	void mapperIsTheApplications() {
		this.runner.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
			.run((context) -> assertThat(context.getBean(Model.class).jsonTypes().of(Order.class).schema())
				.contains("\"order_number\""));
	}

	@Test
	void validatorIsTheApplications() {
		this.runner.withBean(LocalValidatorFactoryBean.class).run((context) -> {
			JsonTypes types = context.getBean(JsonTypes.class);
			assertThat(types).isInstanceOf(ValidatedJsonTypes.class);
			assertThatExceptionOfType(JsonFaultsException.class)
				.isThrownBy(() -> types.of(Order.class).read("{\"orderNumber\":\" \"}"))
				.satisfies((ex) -> assertThat(ex.getFaults()).containsExactly("orderNumber must not be blank"));
		});
	}

	@Test
	void validatorWithoutAnImplementationIsNotAsked() {
		OptionalValidatorFactoryBean ofWebFlux = new OptionalValidatorFactoryBean();
		ofWebFlux.setValidationProviderResolver(Collections::emptyList);
		this.runner.withBean("webFluxValidator", OptionalValidatorFactoryBean.class, () -> ofWebFlux).run((context) -> {
			Validator validator = context.getBean(Validator.class);
			assertThatIllegalStateException().isThrownBy(() -> validator.validate("x"));
			JsonTypes types = context.getBean(JsonTypes.class);
			assertThat(types.of(Order.class).read("{\"orderNumber\":\"7\"}")).isEqualTo(new Order("7"));
		});
	}

	@Test
	void pathsOfConstraintsAreNamedByTheMapper() {
		JsonMapper mapper = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean();
		validator.afterPropertiesSet();
		JsonTypes types = new ValidatedJsonTypes(mapper, validator);

		assertThatExceptionOfType(JsonFaultsException.class)
			.isThrownBy(() -> types.of(Order.class).read("{\"order_number\":\" \"}"))
			.satisfies((ex) -> assertThat(ex.getFaults()).containsExactly("order_number must not be blank"));
	}

	@Test
	void withoutJakartaValidationThereAreSchemas() {
		this.runner.withClassLoader(new FilteredClassLoader("jakarta.validation"))
			.run((context) -> assertThat(context.getBean(JsonTypes.class)).isInstanceOf(SchemaJsonTypes.class));
	}

	@Test
	void withoutTheGeneratorTheApplicationStarts() {
		this.runner
			.withClassLoader(new FilteredClassLoader(
					new ClassPathResource("com/github/victools/jsonschema/generator/SchemaGenerator.class")))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(JsonTypes.class));
	}

	@Test
	void backsOffWithUserBean() {
		JsonTypes own = Mockito.mock(JsonTypes.class);
		this.runner.withBean("own", JsonTypes.class, () -> own).run((context) -> {
			assertThat(context).hasSingleBean(JsonTypes.class);
			assertThat(context.getBean(Model.class).jsonTypes()).isSameAs(own);
		});
	}

	@Test
	void nothingIsMadeAtTheStart() {
		this.runner
			.run((context) -> assertThat(context.getBeanFactory().containsSingleton("routeKitJsonTypes")).isFalse());
	}

	record Order(@NotBlank String orderNumber) {

	}

}
