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

package io.routekit.readme;

import io.micrometer.core.instrument.MeterRegistry;
import io.routekit.fake.FakeModel;
import io.routekit.test.autoconfigure.ModelTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of the page on tests, with a slice.
 */
@ModelTest(Summarizer.class)
class SummarizerSliceTests {

	@Test
	void summarizes(@Autowired Summarizer summarizer, @Autowired FakeModel model, @Autowired MeterRegistry meters) {
		model.respondWith("A short summary.");
		assertThat(summarizer.summarize("A long text").block()).isEqualTo("A short summary.");
		assertThat(meters.get("gen_ai.client.operation.duration").timer().count()).isOne();
	}

}
