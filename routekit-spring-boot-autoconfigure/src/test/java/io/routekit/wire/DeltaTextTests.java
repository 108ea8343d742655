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

package io.routekit.wire;

import java.util.Random;

import io.routekit.Limits;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeltaText}.
 */
class DeltaTextTests {

	private final DeltaText text = new KeptSize(
			new Reply("openai", "m", HttpStatus.OK, HttpHeaders.EMPTY, new SecretRedactor(), Limits.defaults()))
		.text();

	@Test
	void isEmptyAtFirst() {
		assertThat(this.text.isEmpty()).isTrue();
		assertThat(this.text.isBlank()).isTrue();
		assertThat(this.text.rest()).isEmpty();
		assertThat(this.text.join()).isEmpty();
	}

	@Test
	void passesPiecesOnAsTheyAre() {
		assertThat(this.text.append(" ")).isEqualTo(" ");
		assertThat(this.text.isBlank()).isTrue();
		assertThat(this.text.append("a")).isEqualTo("a");
		assertThat(this.text.append("")).isEmpty();
		assertThat(this.text.isBlank()).isFalse();
		assertThat(this.text.join()).isEqualTo(" a");
	}

	@Test
	void keepsHalfACharacterForTheNextPiece() {
		assertThat(this.text.append("a\ud83d")).isEqualTo("a");
		assertThat(this.text.append("")).isEmpty();
		assertThat(this.text.append("\ude00b")).isEqualTo("\ud83d\ude00b");
		assertThat(this.text.rest()).isEmpty();
	}

	@Test
	void givesHalfACharacterAwayAtTheEnd() {
		assertThat(this.text.append("\ud83d")).isEmpty();
		assertThat(this.text.rest()).isEqualTo("\ud83d");
		assertThat(this.text.rest()).isEmpty();
	}

	@Test
	void joinsPiecesOfAllLengths() {
		Random random = new Random(7);
		StringBuilder whole = new StringBuilder();
		StringBuilder passedOn = new StringBuilder();
		for (int i = 0; i < 500; i++) {
			String piece = random.ints(random.nextInt((i % 10 != 0) ? 30 : 3000), 'a', 0x2000)
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString();
			whole.append(piece);
			passedOn.append(this.text.append(piece));
			if (i % 50 == 0) {
				assertThat(this.text.join()).isEqualTo(whole.toString());
			}
		}
		assertThat(this.text.join()).isEqualTo(whole.toString());
		assertThat(passedOn).hasToString(whole.toString());
	}

}
