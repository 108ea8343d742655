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

package io.routekit.test.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.routekit.test.autoconfigure.example.ExampleApplication;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureFakeModel} where JUnit runs tests in parallel.
 */
class ParallelFakeModelTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(100);

	private static final Exchanger<Object> meeting = new Exchanger<>();

	private static final AtomicInteger met = new AtomicInteger();

	private static void meetAnother(Duration wait) throws InterruptedException {
		try {
			meeting.exchange(meeting, wait.toMillis(), TimeUnit.MILLISECONDS);
			met.incrementAndGet();
		}
		catch (TimeoutException ex) {
			// Nobody there
		}
	}

	private static long run(Class<?>... tests) {
		met.set(0);
		LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
			.configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
			.configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
			.configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
			.configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
		for (Class<?> test : tests) {
			request.selectors(DiscoverySelectors.selectClass(test));
		}
		SummaryGeneratingListener summary = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request.build(), summary);
		return summary.getSummary().getTestsSucceededCount();
	}

	@Test
	void otherTestsMeet() {
		assertThat(run(Other.class)).isEqualTo(2);
		assertThat(met).hasValue(2);
	}

	@Test
	void testsWithTheFakeNeverMeet() {
		assertThat(run(First.class, Second.class)).isEqualTo(4);
		assertThat(met).hasValue(0);
	}

	/**
	 * Tests without a fake.
	 */
	static class Other {

		@Test
		void one() throws InterruptedException {
			meetAnother(LONG);
		}

		@Test
		void two() throws InterruptedException {
			meetAnother(LONG);
		}

	}

	/**
	 * Tests with a fake.
	 */
	@AutoConfigureFakeModel
	static class First {

		@Test
		void one() throws InterruptedException {
			meetAnother(SHORT);
		}

		@Test
		void two() throws InterruptedException {
			meetAnother(SHORT);
		}

	}

	/**
	 * Further tests with a fake.
	 */
	@ModelTest
	@ContextConfiguration(classes = ExampleApplication.class)
	static class Second {

		@Test
		void one() throws InterruptedException {
			meetAnother(SHORT);
		}

		@Test
		void two() throws InterruptedException {
			meetAnother(SHORT);
		}

	}

}
