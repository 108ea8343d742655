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

import io.routekit.ModelException.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelException}.
 */
class ModelExceptionTests {

	@Test
	void whatTheServerSentIsFitForOneLineOfALog() {
		ModelException failure = ModelException.builder(Kind.SERVER, "bad\r\n\u001B[2Jnews" + "x".repeat(10_000))
			.provider("open\nai")
			.model("gpt\u0000" + "x".repeat(10_000))
			.requestId("req\u009B1\n")
			.build();

		assertThat(failure.toString()).contains("bad  ?[2Jnews").doesNotContain("\n", "\r", "\u001B");
		assertThat(failure.getMessage()).hasSize(4097);
		assertThat(failure.getProvider()).isEqualTo("open ai");
		assertThat(failure.getModel()).startsWith("gpt?x").hasSize(OneLine.MAX_NAME_LENGTH + 1);
		assertThat(failure.getRequestId()).isEqualTo("req?1 ");
	}

}
