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

package io.routekit.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import io.micrometer.common.docs.KeyName;
import io.routekit.ModelException.Kind;
import io.routekit.observation.AgentObservationDocumentation.AgentMeterNames;
import io.routekit.observation.ModelObservationDocumentation.LowCardinalityKeyNames;
import io.routekit.observation.ModelObservationDocumentation.MeterKeyNames;
import io.routekit.observation.ModelObservationDocumentation.MeterNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds {@code docs/observability.md} to the names that there are.
 */
class ObservabilityPageTests {

	private final String page;

	ObservabilityPageTests() throws IOException {
		this.page = Files.readString(Path.of("../docs/observability.md"));
	}

	@Test
	void everyMeterIsDocumented() {
		assertThat(MeterNames.values()).extracting(MeterNames::asString).allSatisfy(this::assertDocumented);
		assertThat(AgentMeterNames.values()).extracting(AgentMeterNames::asString).allSatisfy(this::assertDocumented);
		assertDocumented(ModelObservationDocumentation.NAME);
		assertDocumented(AgentObservationDocumentation.RUN_NAME);
		assertDocumented(AgentObservationDocumentation.TOOL_NAME);
	}

	@Test
	void everyTagAndAttributeIsDocumented() {
		assertThat(KeyName.merge(LowCardinalityKeyNames.values(),
				ModelObservationDocumentation.CHAT.getHighCardinalityKeyNames(), MeterKeyNames.values()))
			.hasSizeGreaterThan(30)
			.extracting(KeyName::asString)
			.allSatisfy(this::assertDocumented);
	}

	@ParameterizedTest
	@EnumSource
	void everyTagAndAttributeOfAgentsIsDocumented(AgentObservationDocumentation observation) {
		assertThat(KeyName.merge(observation.getLowCardinalityKeyNames(), observation.getHighCardinalityKeyNames()))
			.extracting(KeyName::asString)
			.allSatisfy(this::assertDocumented);
	}

	@Test
	void everyErrorTypeIsDocumented() {
		assertThat(Arrays.stream(Kind.values()).map(Kind::errorType)).allSatisfy(this::assertDocumented);
	}

	private void assertDocumented(String name) {
		assertThat(this.page).contains("`" + name + "`");
	}

}
