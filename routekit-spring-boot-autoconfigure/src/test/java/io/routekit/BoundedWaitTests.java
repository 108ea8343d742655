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

import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the tests of this module say the same on each machine: one that fails ends,
 * and none measures time.
 */
class BoundedWaitTests {

	/**
	 * What waits forever unless it is told how long.
	 */
	private static final Map<Class<?>, String> WAITING = Map.ofEntries(Map.entry(Mono.class, "block|blockOptional"),
			Map.entry(Flux.class, "blockFirst|blockLast|toIterable|toStream"),
			Map.entry(StepVerifier.class, "verify.*"), Map.entry(Future.class, "get"),
			Map.entry(CompletableFuture.class, "join"), Map.entry(ExecutorService.class, "invokeAll|invokeAny"),
			Map.entry(CountDownLatch.class, "await"), Map.entry(CyclicBarrier.class, "await"),
			Map.entry(Phaser.class, "arriveAndAwaitAdvance|awaitAdvance"), Map.entry(Semaphore.class, "acquire.*"),
			Map.entry(BlockingQueue.class, "take|put"), Map.entry(Thread.class, "join"),
			Map.entry(Process.class, "waitFor"), Map.entry(Object.class, "wait"));

	private static final List<Class<?>> BOUNDS = List.of(Duration.class, TimeUnit.class, long.class);

	private static final JavaClasses testClasses = new ClassFileImporter()
		.withImportOption(new ImportOption.OnlyIncludeTests())
		.importPackages("io.routekit");

	@Test
	void noTestWaitsWithoutABound() {
		noClasses().should().accessTargetWhere(waits()).check(testClasses);
	}

	@Test
	void noTestMeasuresTime() {
		noClasses().should()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Duration.class, "between", Temporal.class, Temporal.class)
			.check(testClasses);
	}

	private static DescribedPredicate<JavaAccess<?>> waits() {
		return DescribedPredicate.describe("it waits without a bound",
				(access) -> access.getTarget() instanceof CodeUnitAccessTarget target && !isBounded(target)
						&& WAITING.entrySet()
							.stream()
							.anyMatch((waiting) -> target.getOwner().isAssignableTo(waiting.getKey())
									&& target.getName().matches(waiting.getValue())));
	}

	private static boolean isBounded(CodeUnitAccessTarget target) {
		return target.getRawParameterTypes()
			.stream()
			.anyMatch((type) -> BOUNDS.stream().anyMatch((bound) -> type.isEquivalentTo(bound)));
	}

	@Test
	void allTestsAreThere() {
		assertThat(testClasses.contain(BoundedWaitTests.class)).isTrue();
	}

}
