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

import java.time.Duration;

import io.routekit.Model;
import io.routekit.ModelResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * Tests for a test that replaces the model by a mock.
 */
@SpringJUnitConfig
@ImportAutoConfiguration(RouteKitAutoConfiguration.class)
@TestPropertySource(properties = "routekit.provider.type=fake")
class MockedModelTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@MockitoBean
	private Model mock;

	@Test
	void mockTakesThePlaceOfTheModel(@Autowired Model model) {
		given(this.mock.chat("Hi")).willReturn(Mono.just(ModelResponse.of("mocked")));

		assertThat(model.chat("Hi").map(ModelResponse::content).block(TIMEOUT)).isEqualTo("mocked");
	}

}
