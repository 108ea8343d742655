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

package io.routekit.resilience;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.routekit.Model;
import io.routekit.ModelException.Kind;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelHealthRegistry}.
 */
class ModelHealthRegistryTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final AdjustableClock clock = new AdjustableClock();

	private final ModelHealthRegistry registry = new ModelHealthRegistry(this.clock);

	private final FakeModel fake = FakeModel.builder().build();

	private final Model model = this.fake.filter(this.registry.filter("fast"));

	private void succeed(int times) {
		for (int i = 0; i < times; i++) {
			this.fake.respondWith("Hello");
			this.model.chat("Hi").block(LIMIT);
		}
	}

	private void fail(Kind kind, int times) {
		for (int i = 0; i < times; i++) {
			this.fake.respondWith(FakeResponse.failure(kind));
			this.model.stream("Hi").onErrorComplete().blockLast(LIMIT);
		}
	}

	private ModelHealth health() {
		return this.registry.health().get("fast");
	}

	@Test
	void modelThatWasNotCalledIsWell() {
		assertThat(health()).isEqualTo(new ModelHealth(false, 0, 0, null, null));
	}

	@Test
	void twoFailuresAreTooFew() {
		fail(Kind.SERVER, 2);
		assertThat(health().degraded()).isFalse();
		assertThat(health().failedCalls()).isEqualTo(2);
	}

	@Test
	void threeFailuresInARowDegrade() {
		succeed(10);
		fail(Kind.OVERLOADED, 3);
		assertThat(health()).isEqualTo(new ModelHealth(true, 13, 3, "overloaded", this.clock.instant()));
		succeed(1);
		assertThat(health().degraded()).isFalse();
	}

	@Test
	void halfOfFiveCallsDegrade() {
		fail(Kind.TIMEOUT, 2);
		succeed(1);
		fail(Kind.TIMEOUT, 1);
		assertThat(health().degraded()).isFalse();
		succeed(1);
		assertThat(health().degraded()).isTrue();
		succeed(2);
		assertThat(health().degraded()).isFalse();
	}

	@Test
	void whatIsLongAgoDoesNotCount() {
		fail(Kind.SERVER, 5);
		Instant failed = this.clock.instant();
		this.clock.advance(Duration.ofMinutes(4));
		assertThat(health().degraded()).isTrue();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(health()).isEqualTo(new ModelHealth(false, 0, 0, "server", failed));
		this.clock.advance(Duration.ofMinutes(30));
		succeed(1);
		assertThat(health().calls()).isOne();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.INCLUDE,
			names = { "INVALID_REQUEST", "CONTEXT_LENGTH", "CONTENT_FILTERED", "BUDGET_EXCEEDED", "CONCURRENCY_LIMIT" })
	void whatIsTheRequestsOwnDoesNotCount(Kind kind) {
		fail(kind, 3);
		assertThat(health().calls()).isZero();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE,
			names = { "INVALID_REQUEST", "CONTEXT_LENGTH", "CONTENT_FILTERED", "BUDGET_EXCEEDED", "CONCURRENCY_LIMIT" })
	void whatIsNotCounts(Kind kind) {
		fail(kind, 3);
		assertThat(health().degraded()).isTrue();
		assertThat(health().lastError()).isEqualTo(kind.errorType());
	}

	@Test
	void anyOtherExceptionCounts() {
		Model broken = ((Model) (request) -> Mono.error(new IllegalStateException("Broken")))
			.filter(this.registry.filter("fast"));
		broken.chat("Hi").onErrorComplete().block(LIMIT);
		assertThat(health().lastError()).isEqualTo("_OTHER");
	}

	@Test
	void callIsCancelledForReasonsOfTheCaller() {
		this.fake.respondWith("one two three");
		this.model.stream("Hi").blockFirst(LIMIT);
		assertThat(health()).isEqualTo(new ModelHealth(false, 1, 0, null, null));
	}

	@Test
	void modelsAreKnownByTheirNames() {
		this.registry.filter("default");
		fail(Kind.SERVER, 1);
		assertThat(this.registry.health()).containsOnlyKeys("default", "fast");
		assertThat(this.registry.health().get("default").failedCalls()).isZero();
	}

	private static final class AdjustableClock extends Clock {

		private Instant now = Instant.parse("2026-11-24T12:00:00Z");

		void advance(Duration duration) {
			this.now = this.now.plus(duration);
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
