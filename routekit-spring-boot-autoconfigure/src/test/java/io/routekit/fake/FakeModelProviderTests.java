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

package io.routekit.fake;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelSettings;
import io.routekit.StreamEvent;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FakeModelProvider}.
 */
class FakeModelProviderTests {

	private final FakeModelProvider provider = new FakeModelProvider();

	@Test
	void typeIsFake() {
		assertThat(this.provider.type()).isEqualTo("fake");
	}

	@Test
	void needsNoVariables() {
		assertThat(this.provider.variables()).isEmpty();
	}

	@Test
	void createsAModelFromItsProperties() {
		Model model = this.provider
			.create(settings(Map.of("test.fake.responses[0]", "one", "test.fake.responses[1]", "two, three",
					"test.fake.when-exhausted", "cycle", "test.fake.chunk-size", "2"))
				.model("pretender")
				.build());

		assertThat(model.name()).isEqualTo("pretender");
		assertThat(model.provider()).isEqualTo("fake");
		StepVerifier
			.create(model.stream("Hi")
				.concatWith(model.stream("Hi"))
				.concatWith(model.stream("Hi"))
				.transform(StreamEvent::text))
			.expectNext("on", "e", "tw", "o,", " t", "hr", "ee", "on", "e")
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void createsAModelWithoutAnyProperty() {
		Model model = this.provider.create(settings(Collections.emptyMap()).build());

		assertThat(model.name()).isEqualTo("fake-model");
		assertThat(model.unwrap(FakeModel.class).requests()).isEmpty();
	}

	@Test
	void rejectsANegativeDelay() {
		ModelSettings settings = settings(Map.of("test.fake.delay", "-1ms")).build();

		assertThatExceptionOfType(ModelConfigurationException.class).isThrownBy(() -> this.provider.create(settings))
			.withMessage("'test.fake.delay' is PT-0.001S")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("30ms"));
	}

	@Test
	void rejectsAChunkSizeOfZero() {
		ModelSettings settings = settings(Map.of("test.fake.chunk-size", "0")).build();

		assertThatExceptionOfType(ModelConfigurationException.class).isThrownBy(() -> this.provider.create(settings))
			.withMessage("'test.fake.chunk-size' is 0");
	}

	private static ModelSettings.Builder settings(Map<String, String> properties) {
		Binder binder = new Binder(new MapConfigurationPropertySource(properties));
		return ModelSettings.builder().prefix("test").blocks((name, type) -> binder.bindOrCreate("test." + name, type));
	}

}
