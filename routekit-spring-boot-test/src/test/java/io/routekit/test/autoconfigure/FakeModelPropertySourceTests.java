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

package io.routekit.test.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FakeModelPropertySource}.
 */
class FakeModelPropertySourceTests {

	private final FakeModelPropertySource source = new FakeModelPropertySource();

	@ParameterizedTest
	@ValueSource(strings = { "routekit.provider.type", "routekit.models.fast.type", "routekit.models[gpt-5.1].type" })
	void everyModelIsFake(String property) {
		assertThat(this.source.getProperty(property)).isEqualTo("fake");
	}

	@ParameterizedTest
	@ValueSource(strings = { "routekit.provider.api-key", "routekit.provider.base-url",
			"routekit.provider.headers.x-team", "routekit.provider.headers[X-Team]", "routekit.models.fast.api-key" })
	void whatAFakeDoesNotNeedIsBlank(String property) {
		assertThat(this.source.getProperty(property)).isEqualTo("");
	}

	@ParameterizedTest
	@ValueSource(strings = { "routekit.provider.model", "routekit.provider.fake.responses",
			"routekit.provider.options.extra.type", "routekit.models.fast.options.extra.type", "routekit.models",
			"app.routekit.provider.type" })
	void othersStay(String property) {
		assertThat(this.source.getProperty(property)).isNull();
	}

}
