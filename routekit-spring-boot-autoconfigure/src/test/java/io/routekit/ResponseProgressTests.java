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

package io.routekit;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResponseProgress}.
 */
class ResponseProgressTests {

	private final ResponseProgress progress = new ResponseProgress();

	@Test
	void isFoundInTheContext() {
		assertThat(ResponseProgress.from(this.progress.addTo(Context.empty()))).isSameAs(this.progress);
		assertThat(ResponseProgress.from(Context.empty())).isNull();
	}

	@Test
	void knowsTheLastResponse() {
		assertThat(this.progress.latest()).isNull();
		ModelResponse last = ModelResponse.of("b");
		this.progress.update(ModelResponse.of("a"));
		this.progress.update(last);
		assertThat(this.progress.latest()).isSameAs(last);
	}

	@Test
	void mapsResponsesWhenTheyAreAskedFor() {
		AtomicInteger calls = new AtomicInteger();
		ResponseProgress mapped = this.progress.map((response) -> append(response, "b"))
			.map((response) -> append(response, "c" + calls.incrementAndGet()));
		mapped.update(ModelResponse.of("x"));
		mapped.update(ModelResponse.of("a"));
		assertThat(calls).hasValue(0);
		assertThat(this.progress.latest().content()).isEqualTo("ac1b");
		assertThat(mapped.latest().content()).isEqualTo("ac2b");
	}

	private static ModelResponse append(ModelResponse response, String text) {
		return ModelResponse.of(response.content() + text);
	}

}
