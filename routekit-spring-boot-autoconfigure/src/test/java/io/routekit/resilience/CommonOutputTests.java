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

package io.routekit.resilience;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.Models;
import io.routekit.ProviderFacts;
import io.routekit.StructuredOutput;
import io.routekit.fake.FakeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommonOutput}.
 */
class CommonOutputTests {

	private static final ResilienceListener NOBODY = new ResilienceListener() {
	};

	private final Map<String, Model> models = new LinkedHashMap<>();

	@ParameterizedTest
	@CsvSource({ "JSON_SCHEMA,JSON_SCHEMA,JSON_SCHEMA", "JSON_SCHEMA,JSON_SCHEMA_WITHOUT_TOOLS,JSON_SCHEMA",
			"JSON_OBJECT,JSON_OBJECT,JSON_OBJECT", "JSON_SCHEMA,JSON_OBJECT,NONE", "JSON_SCHEMA,NONE,NONE" })
	void routeKeepsToWhatAllItsModelsKeepTo(StructuredOutput first, StructuredOutput second,
			StructuredOutput expected) {
		this.models.put("a", model("a", first));
		this.models.put("b", model("b", second));

		assertThat(output(Route.ordered("route", List.of("a", "b"), Fallback.DEFAULT_KINDS, models(), NOBODY)))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "JSON_SCHEMA,JSON_SCHEMA,JSON_SCHEMA", "JSON_SCHEMA,NONE,NONE" })
	void fallbackKeepsToWhatAllItsModelsKeepTo(StructuredOutput first, StructuredOutput second,
			StructuredOutput expected) {
		this.models.put("b", model("b", second));
		Model fallback = fallback("a", model("a", first), "b");

		assertThat(output(fallback)).isEqualTo(expected);
		assertThat(ProviderFacts.of(fallback).telemetryName()).isEqualTo("a.ai");
	}

	@Test
	void modelsMayFallBackToOneAnother() {
		this.models.put("a", fallback("a", model("a", StructuredOutput.JSON_SCHEMA), "b"));
		this.models.put("b", fallback("b", model("b", StructuredOutput.JSON_SCHEMA), "a"));

		assertThat(output(this.models.get("a"))).isEqualTo(StructuredOutput.JSON_SCHEMA);
		assertThat(output(this.models.get("b"))).isEqualTo(StructuredOutput.JSON_SCHEMA);
	}

	@Test
	void otherModelsAreAskedForWithTheirOwnName() {
		this.models.put("b",
				ProviderFacts.builder("b")
					.structuredOutput((request) -> (request.options().model() == null) ? StructuredOutput.JSON_SCHEMA
							: StructuredOutput.NONE)
					.build()
					.describe(FakeModel.of("Hi")));
		Model fallback = fallback("a", model("a", StructuredOutput.JSON_SCHEMA), "b");
		ChatRequest request = ChatRequest.builder()
			.messages(ChatRequest.of("Hi").messages())
			.options((options) -> options.model("another"))
			.build();

		assertThat(ProviderFacts.of(fallback).structuredOutput(request)).isEqualTo(StructuredOutput.JSON_SCHEMA);
	}

	private Model fallback(String name, Model model, String other) {
		return new Fallback(name, model, List.of(other), Fallback.DEFAULT_KINDS, models(), NOBODY);
	}

	// Looked up when they are asked for
	private Models models() {
		return new Models() {

			@Override
			public Model get(String name) {
				return CommonOutputTests.this.models.get(name);
			}

			@Override
			public Set<String> names() {
				return CommonOutputTests.this.models.keySet();
			}

		};
	}

	private static Model model(String provider, StructuredOutput output) {
		return ProviderFacts.builder(provider)
			.telemetryName(provider + ".ai")
			.structuredOutput(output)
			.build()
			.describe(FakeModel.of("Hi"));
	}

	private static StructuredOutput output(Model model) {
		return ProviderFacts.of(model).structuredOutput(ChatRequest.of("Hi"));
	}

}
