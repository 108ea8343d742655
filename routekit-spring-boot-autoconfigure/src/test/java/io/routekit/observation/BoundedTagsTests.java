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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BoundedTags}.
 */
@ExtendWith(OutputCaptureExtension.class)
class BoundedTagsTests {

	private static final String REQUEST_MODEL = "gen_ai.request.model";

	private static final String RESPONSE_MODEL = "gen_ai.response.model";

	private static final String TENANT = "routekit.tag.tenant";

	private static final Set<String> CONFIGURED = Set.of("configured", "route");

	private static final Set<String> CATALOGUED = Set.of("catalogued", "other");

	private final AtomicInteger lookups = new AtomicInteger();

	private final BoundedTags tags = tags(BoundedTags.DEFAULT_MAX_SETS);

	@Test
	void tagsStayAsTheyAre() {
		KeyValues tags = KeyValues.of(REQUEST_MODEL, "a", TENANT, "ökonom 中 👍");

		assertThat(this.tags.bound(tags)).isEqualTo(tags);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a\nb", "a\u001B[31m", "a\u0000", "\u009B31m", "\u202Etxt.exe", "a\u2028b", "a\tb", "\uD83D" })
	void valueThatDoesNotFitInOneLineIsOther(String value) {
		assertThat(bound(this.tags, KeyValues.of(TENANT, value, REQUEST_MODEL, value))).containsExactly("_OTHER",
				"_OTHER");
	}

	@Test
	void longValueIsOther() {
		String longest = "x".repeat(256);

		assertThat(bound(this.tags, KeyValues.of(TENANT, longest))).containsExactly(longest);
		assertThat(bound(this.tags, KeyValues.of(TENANT, longest + "x"))).containsExactly("_OTHER");
		assertThat(bound(this.tags, KeyValues.of(TENANT, "x".repeat(2_000_000)))).containsExactly("_OTHER");
	}

	@Test
	void firstHundredValuesOfEachKeyAreKept() {
		for (int i = 0; i < 10_000; i++) {
			String expected = (i < 100) ? "v" + i : "_OTHER";
			assertThat(bound(this.tags, KeyValues.of(TENANT, "v" + i))).containsExactly(expected);
			assertThat(bound(this.tags, KeyValues.of(REQUEST_MODEL, "v" + i))).containsExactly(expected);
		}
		assertThat(bound(this.tags, KeyValues.of(TENANT, "v7"))).containsExactly("v7");
		assertThat(bound(this.tags, KeyValues.of(TENANT, "none"))).containsExactly("none");
	}

	@Test
	void namesThatAreKnownTakeNoPlaceOfOthers() {
		for (String known : List.of("configured", "catalogued", "catalogued-2026-01-01", "own")) {
			bound(this.tags, KeyValues.of(REQUEST_MODEL, known));
		}

		for (int i = 0; i < 150; i++) {
			assertThat(bound(this.tags, KeyValues.of(REQUEST_MODEL, "v" + i)))
				.containsExactly((i < 100) ? "v" + i : "_OTHER");
		}
	}

	@Test
	void namesThatAreKnownAreKeptAfterAnyOthers() {
		for (int i = 0; i < 10_000; i++) {
			bound(this.tags, KeyValues.of(REQUEST_MODEL, "v" + i, RESPONSE_MODEL, "w" + i));
		}

		assertThat(bound(this.tags, KeyValues.of(REQUEST_MODEL, "configured", RESPONSE_MODEL, "catalogued-2026-01-01")))
			.containsExactly("configured", "catalogued-2026-01-01");
		assertThat(bound(this.tags, KeyValues.of(REQUEST_MODEL, "own", RESPONSE_MODEL, "catalogued")))
			.containsExactly("own", "catalogued");
	}

	@Test
	void snapshotsOfCataloguedModelsAreBounded() {
		List<String> kept = IntStream.range(0, 10_000)
			.mapToObj((i) -> bound(this.tags, KeyValues.of(REQUEST_MODEL, "catalogued-%d-01-01".formatted(1000 + i))))
			.flatMap(List::stream)
			.filter((value) -> !value.equals("_OTHER"))
			.toList();

		assertThat(kept).hasSize(200);
	}

	@Test
	void onlyValuesThatAreKnownAreKeptAtTheStart() {
		KeyValues unknown = KeyValues.of(REQUEST_MODEL, "a", TENANT, "b", "server.address", "host");
		KeyValues known = KeyValues.of(REQUEST_MODEL, "configured", RESPONSE_MODEL, "none", TENANT, "none",
				"error.type", "none");

		for (int i = 0; i < 2; i++) {
			assertThat(atStart(unknown)).containsExactly("_OTHER", "_OTHER", "host");
			assertThat(atStart(known)).containsExactly("none", "configured", "none", "none");
			assertThat(atStart(KeyValues.of(REQUEST_MODEL, "catalogued"))).containsExactly("catalogued");
			assertThat(atStart(KeyValues.of(REQUEST_MODEL, "own"))).containsExactly("own");
		}
		this.tags.bound(unknown);
		assertThat(atStart(unknown)).containsExactly("a", "b", "host");
		assertThat(atStart(KeyValues.of(REQUEST_MODEL, "a", TENANT, "c"))).containsExactly("a", "_OTHER");
	}

	@Test
	void numberOfSetsIsBounded() {
		BoundedTags tags = tags(50);
		List<KeyValues> sets = new ArrayList<>();
		for (int request = 0; request < 97; request++) {
			for (int response = 0; response < 98; response++) {
				KeyValues set = KeyValues.of(REQUEST_MODEL, "a" + request, RESPONSE_MODEL, "b" + response, TENANT,
						"t" + (request + response) % 95);
				sets.add(tags.bound(set));
			}
		}

		assertThat(sets.stream().distinct()).hasSize(51);
		assertThat(tags.sets()).isEqualTo(50);
		assertThat(sets.get(0)).isEqualTo(KeyValues.of(REQUEST_MODEL, "a0", RESPONSE_MODEL, "b0", TENANT, "t0"));
		assertThat(sets.get(50))
			.isEqualTo(KeyValues.of(REQUEST_MODEL, "_OTHER", RESPONSE_MODEL, "_OTHER", TENANT, "_OTHER"));
	}

	@Test
	void namesThatAreKnownAreKeptInSetsThatAreTooMany() {
		BoundedTags tags = tags(10);
		fill(tags);

		assertThat(bound(tags,
				KeyValues.of(REQUEST_MODEL, "configured", RESPONSE_MODEL, "catalogued", TENANT, "acme", "server.port",
						"443", "error.type", "timeout", "gen_ai.operation.name", "chat")))
			.containsExactly("timeout", "chat", "configured", "catalogued", "_OTHER", "_OTHER");
		assertThat(bound(tags, KeyValues.of(REQUEST_MODEL, "own", RESPONSE_MODEL, "none", TENANT, "acme")))
			.containsExactly("own", "none", "_OTHER");
	}

	@Test
	void setsOfCataloguedNamesAreBoundedAsWell() {
		BoundedTags tags = tags(10);
		fill(tags);
		for (int i = 0; i < 10_000; i++) {
			bound(tags, KeyValues.of(REQUEST_MODEL, "catalogued", "error.type", "e" + i % 100, "routekit.outcome",
					"o" + i / 100));
		}

		assertThat(bound(tags, KeyValues.of(REQUEST_MODEL, "catalogued", RESPONSE_MODEL, "other")))
			.containsExactly("_OTHER", "_OTHER");
		assertThat(bound(tags, KeyValues.of(REQUEST_MODEL, "configured", RESPONSE_MODEL, "route")))
			.containsExactly("configured", "route");
	}

	@Test
	void boundedTagsStayAsTheyAre() {
		BoundedTags tags = tags(10);

		for (int i = 0; i < 100; i++) {
			KeyValues bounded = tags
				.bound(KeyValues.of(REQUEST_MODEL, (i % 2 == 0) ? "configured" : "other", TENANT, "t" + i));
			assertThat(tags.bound(bounded)).isEqualTo(bounded);
		}
	}

	@Test
	void tagsThatWereSeenAreReturnedWithoutLookingThemUp() {
		KeyValues tags = KeyValues.of(REQUEST_MODEL, "catalogued", TENANT, "acme");
		this.tags.bound(tags);
		this.lookups.set(0);

		assertThat(this.tags.bound(tags)).isSameAs(tags);
		assertThat(this.lookups).hasValue(0);
	}

	@Test
	void setsThatAreCountedApartHaveTheSameValues() {
		BoundedTags tags = tags(10);
		BoundedTags other = tags.withOwnSets();
		fill(tags);

		assertThat(other.sets()).isZero();
		assertThat(bound(other, KeyValues.of(TENANT, "acme"))).containsExactly("acme");
	}

	@Test
	void concurrentSetsAreBounded() {
		BoundedTags tags = tags(100);

		long kept = IntStream.range(0, 20_000)
			.parallel()
			.mapToObj((i) -> tags.bound(KeyValues.of(TENANT, "t" + i % 90, "routekit.tag.feature", "f" + i % 91)))
			.distinct()
			.count();

		assertThat(tags.sets()).isEqualTo(100);
		assertThat(kept).isEqualTo(101);
	}

	@Test
	void warnsOnce(CapturedOutput output) {
		BoundedTags tags = tags(10);
		fill(tags);
		fill(tags);

		assertThat(output).containsOnlyOnce("'routekit.observations.max-tag-sets'")
			.contains("There are more than 10 sets of tags");
	}

	@Test
	void doesNotWarnOfSetsThatAreFew(CapturedOutput output) {
		for (int i = 0; i < 10_000; i++) {
			bound(this.tags, KeyValues.of(TENANT, "t" + i));
		}

		assertThat(output).doesNotContain("max-tag-sets");
	}

	@Test
	void maxSetsIsPositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> tags(0)).withMessage("'maxSets' must be positive");
	}

	private BoundedTags tags(int maxSets) {
		return new BoundedTags(maxSets, (name) -> {
			this.lookups.incrementAndGet();
			return CONFIGURED.contains(name);
		}, (name) -> {
			this.lookups.incrementAndGet();
			return CATALOGUED.stream().filter(name::startsWith).findFirst().orElse(null);
		});
	}

	private List<String> atStart(KeyValues keyValues) {
		return this.tags.boundAtStart(keyValues, "own").stream().map(KeyValue::getValue).toList();
	}

	private static void fill(BoundedTags tags) {
		for (int i = 0; i < 10; i++) {
			for (int j = 0; j < 10; j++) {
				tags.bound(KeyValues.of(REQUEST_MODEL, "r" + i, TENANT, "t" + j));
			}
		}
	}

	private static List<String> bound(BoundedTags tags, KeyValues keyValues) {
		return tags.bound(keyValues, "own").stream().map(KeyValue::getValue).toList();
	}

}
