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

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link ModelConfigurationFailureAnalyzer}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModelConfigurationFailureAnalyzerTests {

	@Test
	void wrongSettingIsExplainedAtStart(CapturedOutput output) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(ApplicationConfiguration.class)
			.web(WebApplicationType.NONE);

		assertThatException().isThrownBy(() -> application.run("--routekit.provider.type=unknown"));

		assertThat(output).contains("APPLICATION FAILED TO START",
				"'routekit.provider.type' is 'unknown', which no provider has",
				"Set 'routekit.provider.type' to one of '");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(RouteKitAutoConfiguration.class)
	static class ApplicationConfiguration {

	}

}
