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

package io.routekit.cost;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CurrentPriceCatalogue}.
 */
class CurrentPriceCatalogueTests {

	private static final PriceCatalogue NOTHING = PriceCatalogue.of(Collections.emptyList());

	private final AtomicInteger obtained = new AtomicInteger();

	private final Supplier<PriceCatalogue> base = () -> {
		this.obtained.incrementAndGet();
		return PriceCatalogue.of(List.of(Map.of("provider", "openai", "id", "gpt-5-mini", "input", "1")));
	};

	@Test
	void obtainsTheCatalogueWhenPricesAreFirstNeeded() {
		try (CurrentPriceCatalogue catalogue = new CurrentPriceCatalogue(this.base, null, NOTHING)) {
			assertThat(this.obtained).hasValue(0);
			assertThat(catalogue.get().contains("openai", "gpt-5-mini")).isTrue();
			assertThat(catalogue.get()).isSameAs(catalogue.get());
			assertThat(this.obtained).hasValue(1);
		}
	}

	@Test
	void checksTheFileAtOnce() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CurrentPriceCatalogue(this.base, file("{\"models\": [{\"id\": \"a\"}]}"), NOTHING))
			.withMessageContaining("models[0].provider is missing");
		assertThat(this.obtained).hasValue(0);
	}

	@Test
	void putsTheFileOverTheCatalogue() {
		String json = "{\"models\": [{\"provider\": \"openai\", \"id\": \"acme\", \"input\": 2}]}";
		try (CurrentPriceCatalogue catalogue = new CurrentPriceCatalogue(this.base, file(json), NOTHING)) {
			assertThat(this.obtained).hasValue(0);
			assertThat(catalogue.get().size()).isEqualTo(2);
		}
	}

	private static ByteArrayResource file(String json) {
		return new ByteArrayResource(json.getBytes(StandardCharsets.UTF_8));
	}

}
