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

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Bystander}.
 */
@ExtendWith(OutputCaptureExtension.class)
class BystanderTests {

	@Test
	void whatItThrowsIsLoggedOnceWithoutControlCharacters(CapturedOutput output) {
		Bystander bystander = new Bystander("A listener");

		for (int i = 0; i < 2; i++) {
			bystander.tell(() -> {
				throw new IllegalStateException("a\u001B[2Jb\u0000", new IOException("c\rd"));
			});
		}

		assertThat(output.toString()).containsOnlyOnce("A listener failed, which is logged once and fails no call")
			.contains("java.lang.IllegalStateException: a?[2Jb?", "Caused by: java.io.IOException: c d")
			.doesNotContain("\u001B", "\u0000", "\r");
	}

}
