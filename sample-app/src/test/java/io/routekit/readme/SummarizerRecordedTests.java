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

import io.routekit.test.Recorded;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The test with a recording of the documentation.
 */
@SpringBootTest(properties = { "routekit.provider.type=openai", "routekit.provider.model=gpt-5-mini" })
class SummarizerRecordedTests {

	@Autowired
	private Summarizer summarizer;

	@Test
	@Recorded("summary")
	void summarizes() {
		assertThat(this.summarizer.summarize("A long text").block()).isEqualTo("A short summary.");
	}

}
