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

import java.io.File;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.routekit.DescribedModel;
import io.routekit.JsonType;
import io.routekit.JsonTypes;
import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ModelSettingsCustomizer;
import io.routekit.actuate.EndpointSection;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentFilter;
import io.routekit.agent.AgentListener;
import io.routekit.agent.AgentTool;
import io.routekit.agent.Agents;
import io.routekit.autoconfigure.IncompleteModels;
import io.routekit.connection.ModelConnectionDetails;
import io.routekit.http.Hook.Effect;
import io.routekit.observation.AgentObservationConvention;
import io.routekit.observation.ToolObservationConvention;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for that a call ends once and leaves nothing behind, whatever is thrown in it by
 * whomever.
 */
class ThrownAnywhereTests {

	/**
	 * What users can implement that no {@link Hook} is, with the reason.
	 */
	private static final Map<Class<?>, String> NO_HOOKS = Map.ofEntries(
			Map.entry(ModelSettingsCustomizer.class, "is asked before there are calls"),
			Map.entry(ModelProvider.class, "makes models at the start"),
			Map.entry(ModelConnectionDetails.class, "is asked at the start"),
			Map.entry(IncompleteModels.class, "makes models at the start"),
			Map.entry(EndpointSection.class, "is asked by an operator"), Map.entry(DescribedModel.class, "is a Model"),
			Map.entry(Agent.class, "is what calls models"), Map.entry(Agents.class, "is asked before there are runs"),
			Map.entry(AgentTool.class, "runs between calls, and its failures are results"),
			Map.entry(AgentFilter.class, "surrounds the calls of tools, where its failures are results"),
			Map.entry(AgentListener.class, "follows runs for a filter"),
			Map.entry(AgentObservationConvention.class, "is guarded, see its own tests"),
			Map.entry(ToolObservationConvention.class, "is guarded, see its own tests"),
			Map.entry(JsonTypes.class, "is asked between calls"), Map.entry(JsonType.class, "is asked between calls"));

	private static final List<String> QUIET = List.of("io.routekit", "reactor", "io.netty.util.concurrent",
			"io.netty.channel", "io.micrometer", "io.github.resilience4j");

	private static final LoggingSystem logging = LoggingSystem.get(ThrownAnywhereTests.class.getClassLoader());

	private static final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();

	private static final Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();

	@TempDir
	private static Path directory;

	private static CallTimers timers;

	private static HookedApplication application;

	private static HookedApplication recording;

	@BeforeAll
	static void start() throws InterruptedException {
		QUIET.forEach((logger) -> logging.setLogLevel(logger, LogLevel.OFF));
		Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
			if (!Thrown.isOnPurpose(failure)) {
				uncaught.add(failure);
			}
		});
		timers = new CallTimers();
		application = new HookedApplication(directory);
		recording = new HookedApplication(directory, "routekit.recording.mode=auto");
		// The first calls take long
		application.call(Hook.FILTER, true);
		application.call(Hook.FILTER, false);
	}

	@AfterAll
	static void stop() {
		recording.close();
		application.close();
		timers.close();
		Thread.setDefaultUncaughtExceptionHandler(handler);
		QUIET.forEach((logger) -> logging.setLogLevel(logger, null));
		assertThat(uncaught).as("What nobody threw on purpose").isEmpty();
	}

	@ParameterizedTest
	@MethodSource("faults")
	void callEndsOnceAndLeavesNothingBehind(Hook hook, Thrown thrown, boolean stream) throws InterruptedException {
		HookedApplication application = (hook == Hook.RECORDING) ? recording : ThrownAnywhereTests.application;
		if (hook == Hook.RECORDING) {
			application.call(hook, stream);
		}
		HookedCall call = application.callWith(hook, thrown, stream);
		application.assertNothingIsLeft(timers);
		assertThat(application.call(hook, stream).ends()).as("ends of the next call").containsExactly("complete");
		if (hook.place().cancelled()) {
			assertThat(call.ends()).hasSizeLessThan(2);
		}
		else {
			assertThat(call.ends()).hasSize(1);
			assertEffect(call, hook.place().effectOf(thrown), thrown);
		}
	}

	private static void assertEffect(HookedCall call, Effect effect, Thrown thrown) {
		switch (effect) {
			case FAILS -> {
				assertThat(call.failure()).isNotNull();
				if (thrown != Thrown.NOTHING) {
					assertThat(call.failure()).matches(Thrown::isOnPurpose, "was thrown on purpose");
				}
			}
			case REFUSED -> assertThat(call.failure()).isNotNull();
			case NONE -> {
				if (!thrown.isFatal()) {
					assertThat(call.ends()).containsExactly("complete");
				}
			}
			case LATE -> {
			}
		}
	}

	static Stream<Arguments> faults() {
		return Arrays.stream(Hook.values())
			.flatMap((hook) -> Arrays.stream(Thrown.values())
				.filter((thrown) -> hook.place().effectOf(thrown) != null)
				.flatMap((thrown) -> Stream.of(true, false)
					.filter((stream) -> stream || !hook.place().stream())
					.map((stream) -> Arguments.of(hook, thrown, stream))));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callIsAnsweredWhateverTheLimitsOfTheServer(boolean stream) throws InterruptedException {
		application.reset("1s".repeat(1000));
		assertThat(application.call(Hook.RATE_LIMITS, stream).ends()).containsExactly("complete");
		application.reset("1s");
		application.assertNothingIsLeft(timers);
	}

	@Test
	void everyInterfaceThatUsersImplementIsAHook() throws Exception {
		Set<String> known = Stream
			.concat(Arrays.stream(Hook.values()).flatMap((hook) -> hook.place().types().stream()),
					NO_HOOKS.keySet().stream())
			.map(Class::getName)
			.filter((name) -> name.startsWith("io.routekit."))
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> interfaces = new TreeSet<>();
		Path classes = Path.of(Model.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(classes)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".class")).toList()) {
				Class<?> type = type(classes.relativize(file).toString());
				if (type != null && isForUsers(type)) {
					interfaces.add(type.getName());
				}
			}
		}
		assertThat(interfaces).isNotEmpty().isEqualTo(known);
	}

	private static @Nullable Class<?> type(String file) throws ClassNotFoundException {
		String name = file.substring(0, file.length() - ".class".length()).replace(File.separatorChar, '.');
		return name.endsWith("-info") ? null : Class.forName(name, false, ThrownAnywhereTests.class.getClassLoader());
	}

	private static boolean isForUsers(Class<?> type) {
		return type.isInterface() && !type.isAnnotation() && !type.isSealed() && isPublic(type);
	}

	private static boolean isPublic(Class<?> type) {
		return Modifier.isPublic(type.getModifiers())
				&& (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
	}

}
