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

package io.routekit.http;

import java.util.Map;
import java.util.function.IntConsumer;

import io.routekit.steps.StepCounter;
import io.routekit.steps.StepCountingClassLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for that what is done with conversations and answers takes a number of steps that
 * grows as they do, whatever they have many of.
 */
class LargeConversationTests {

	private static final int COUNT = 1000;

	/**
	 * What is done for any call, however small.
	 */
	private static final long BASE = 50_000;

	private static final long LIMIT = 1_000_000_000;

	private static final Map<String, IntConsumer> uses = StepCountingClassLoader.counted(LargeConversations.class);

	static Iterable<String> names() {
		return uses.keySet();
	}

	@ParameterizedTest
	@MethodSource("names")
	void twiceAsManyTakeTwiceTheSteps(String name) {
		long steps = steps(name, COUNT);
		assertThat(steps(name, 2 * COUNT)).isPositive().isLessThan(BASE + steps * 21 / 10);
	}

	private static long steps(String name, int count) {
		return StepCounter.count(LIMIT, () -> uses.get(name).accept(count));
	}

}
