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

package io.routekit.test;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.routekit.test.server.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what all values have in common: they are equal by what they hold, and print
 * no prompts.
 */
class ValueContractTests {

	private static final String TEXT = "marker";

	private static final Map<Class<?>, Function<String, Object>> SAMPLES = Map.of(RecordedRequest.class,
			(text) -> new RecordedRequest("POST", "/v1", HttpHeaders.EMPTY, text));

	@ParameterizedTest
	@MethodSource("types")
	void valuesAreEqualByTheirContent(Class<?> type) {
		Object value = sample(type, TEXT);

		assertThat(value).isEqualTo(sample(type, TEXT)).hasSameHashCodeAs(sample(type, TEXT));
		assertThat(value).isNotEqualTo(sample(type, "another")).isNotEqualTo(null).isNotEqualTo("value");
	}

	@ParameterizedTest
	@MethodSource("types")
	void noValuePrintsAPrompt(Class<?> type) {
		assertThat(sample(type, TEXT).toString()).startsWith(type.getSimpleName() + "[").doesNotContain(TEXT);
	}

	@Test
	void everyValueIsTested() {
		assertThat(PublicTypes.all()
			.filter((type) -> type.isRecord() || Arrays.stream(type.getDeclaredMethods())
				.anyMatch((method) -> method.getName().equals("equals"))))
			.containsExactlyInAnyOrderElementsOf(SAMPLES.keySet());
	}

	private static Object sample(Class<?> type, String text) {
		return SAMPLES.get(type).apply(text);
	}

	static Set<Class<?>> types() {
		return SAMPLES.keySet();
	}

}
