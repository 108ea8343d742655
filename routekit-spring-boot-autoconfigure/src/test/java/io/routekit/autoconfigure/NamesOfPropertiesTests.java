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

import java.util.Arrays;
import java.util.Map;

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelSettings;
import io.routekit.ModelSettingsCustomizer;
import io.routekit.Models;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.util.TestPropertyValues.Type;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NamesOfProperties}: whatever a model or a route is called, in files
 * and environment variables.
 */
class NamesOfPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
		.withPropertyValues("routekit.provider.type=fake", "routekit.provider.model=large");

	private ApplicationContextRunner withVariables(String... variables) {
		return this.runner.withInitializer((context) -> TestPropertyValues.of(Arrays.asList(variables))
			.applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT));
	}

	@ParameterizedTest
	@CsvSource({ "fast,fast", "fast-model,fast-model", "fastModel,fastModel", "slow_model,slow_model", "FAST,FAST",
			"[gpt-4.1],gpt-4.1", "[meta-llama/Llama-3],meta-llama/Llama-3", "[fastModel],fastModel", "[a b],a b",
			"[Grüße],Grüße", "4o,4o", "[0],0" })
	void whateverAModelIsCalledItIsThatModel(String written, String name) {
		this.runner.withPropertyValues("routekit.models." + written + ".model=small",
				"routekit.models." + written + ".options.max-tokens=9",
				"routekit.models." + written + ".fake.responses[0].text=Small", "routekit.routes.any.models=" + name)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(Models.class).names()).containsExactlyInAnyOrder("model", "any", name);
				assertThat(context.getBean(name, Model.class).name()).isEqualTo("small");
				assertThat(context.getBean("any", Model.class).chat("Hi").block(LIMIT).content()).isEqualTo("Small");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			routekit.models.gpt-4.1.model=small | 'routekit.models.gpt-4.1.model' configures a model of the name 'gpt-4'
			routekit.models.gpt-4.1.options.seed=1 | 'routekit.models.gpt-4.1.options.seed'
			routekit.models.team.fast.type=fake | configures a model of the name 'team'
			routekit.models.meta-llama/Llama-3.model=small | 'routekit.models.meta-llama/Llama-3' is not the name
			routekit.models.Grüße.model=small | 'routekit.models.Gr
			routekit.models.fast=small | 'routekit.models.fast' has a value, but is the name of a model
			routekit.routes.gpt-4.1.models=model | configures a route of the name 'gpt-4'
			routekit.routes.a/b.models=model | 'routekit.routes.a/b' is not the name of a route
			routekit.routes.any=model | 'routekit.routes.any' has a value, but is the name of a route
			""")
	void aNameThatWouldBeAnotherOneFailsTheStart(String property, String message) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageContaining(message));
	}

	@Test
	void theBlockOfAProviderOfTheApplicationIsNoPartOfAName() {
		this.runner.withBean(TestProvider.class, () -> new TestProvider("acme-ai"))
			.withPropertyValues("routekit.provider.type=acme-ai", "routekit.models.cheap.acme-ai.model=small")
			.run((context) -> assertThat(context.getBean(Models.class).names()).containsExactlyInAnyOrder("model",
					"cheap"));
	}

	@Test
	void aVariableTellsThatABlockIsNoPartOfAName() {
		withVariables("ROUTEKIT_MODELS_CHEAP_TYPE=acme").withBean(TestProvider.class, () -> new TestProvider("acme"))
			.withPropertyValues("routekit.models.cheap.acme.model=small")
			.run((context) -> assertThat(context.getBean(Models.class).names()).containsExactlyInAnyOrder("model",
					"cheap"));
	}

	@Test
	void aModelOfANameBeforeADotStaysBesideOneThatIsMissing() {
		this.runner.withPropertyValues("routekit.models.gpt-4.model=a", "routekit.models.gpt-4.1.model=b")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(ModelConfigurationException.class)
				.extracting((failure) -> ((ModelConfigurationException) failure).getAction())
				.asString()
				.contains("'routekit.models[gpt-4.1]'"));
	}

	@Test
	void spellingsOfOneNameAreOneModelAsInTheSourceBelow() {
		this.runner.withSystemProperties("routekit.models.fastModel.model=small")
			.withPropertyValues("routekit.models.fast-model.options.seed=1")
			.run((context) -> assertThat(context.getBean(Models.class).names()).containsExactly("fastModel", "model"));
	}

	@Test
	void bracketsAndCaseMakeTwoModelsOfOneNameWhichFails() {
		this.runner
			.withPropertyValues("routekit.models.fastModel.model=small", "routekit.models[fastModel].model=smaller")
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("are two models of the same name"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "my-claude", "myClaude", "my_claude", "myclaude" })
	void aVariableBelongsToTheModelOfTheFiles(String name) {
		withVariables("ROUTEKIT_MODELS_MYCLAUDE_OPTIONS_MAXTOKENS=9", "ROUTEKIT_MODELS_MY_CLAUDE_API_KEY=k")
			.withPropertyValues("routekit.models." + name + ".model=small")
			.run((context) -> {
				assertThat(context.getBean(Models.class).names()).containsExactlyInAnyOrder("model", name);
				assertThat(context.getBean(name, Model.class).unwrap(ConfiguredModel.class).settings().get("options"))
					.hasToString("{maxTokens=9}");
			});
	}

	@Test
	void aVariableSetsWhatTheFilesDoNot() {
		withVariables("ROUTEKIT_MODELS_MY_CLAUDE_MODEL=smaller")
			.withPropertyValues("routekit.models.my-claude.options.seed=1")
			.run((context) -> assertThat(context.getBean("my-claude", Model.class).name()).isEqualTo("smaller"));
	}

	@Test
	void aVariableGivesTheValueOfAHeaderThatAFileNames() {
		withVariables("TEAM=search", "TOP_K=4")
			.withPropertyValues("routekit.provider.type=openai", "routekit.provider.api-key=k",
					"routekit.provider.headers.X-Team=${TEAM}", "routekit.provider.options.extra.top_k=${TOP_K}")
			.withBean(ModelSettingsCustomizer.class, () -> (name, settings) -> {
				ModelSettings built = settings.build();
				assertThat(built.headers()).containsExactly(Map.entry("X-Team", "search"));
				assertThat(built.options().extra()).containsExactly(Map.entry("top_k", 4));
			})
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aVariableMakesAModelOfOneWord() {
		withVariables("ROUTEKIT_MODELS_FAST_OPTIONS_MAX_TOKENS=9", "ROUTEKIT_ROUTES_ANY_MODELS=fast,model").run(
				(context) -> assertThat(context.getBean(Models.class).names()).containsExactly("any", "fast", "model"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ROUTEKIT_MODELS_MY_CLAUDE_API_KEY=k", "ROUTEKIT_MODELS_SERVICE_HOST=10.0.0.1",
			"ROUTEKIT_MODELS_PORT_80_TCP_PROTO=tcp", "ROUTEKIT_MODELS_FAST=x", "ROUTEKIT_ROUTES_MY_ROUTE_MODELS=model",
			"ROUTEKIT_ROUTES_SERVICE_PORT=80" })
	void noVariableMakesAPhantom(String variable) {
		withVariables(variable).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Models.class).names()).containsExactly("model");
		});
	}

	@Test
	void aWrongValueOfAnyNameIsReportedByItsProperty() {
		this.runner.withPropertyValues("routekit.models[gpt-4.1].timeout.idle=soon")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("routekit.models[gpt-4.1].timeout.idle")
				.hasStackTraceContaining(BindException.class.getSimpleName()));
	}

}
