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

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.routekit.FinishReason;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.StreamEvent;
import io.routekit.http.RawServer.Script;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for that no call leaves a buffer or a connection behind, however it ends.
 */
@ExtendWith(OutputCaptureExtension.class)
class LeakTests {

	private static final int COUNT = 1000;

	private static final WireProvider[] PROVIDERS = WireProvider.values();

	private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

	@BeforeEach
	void watchEveryBuffer() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
	}

	@AfterEach
	void restoreLevel() {
		ResourceLeakDetector.setLevel(this.level);
	}

	@Test
	void nothingIsLeftBehind(CapturedOutput output) {
		try (RawServer server = new RawServer()) {
			List<Model> models = Arrays.stream(PROVIDERS).map((provider) -> provider.model(server)).toList();
			for (int i = 0; i < COUNT; i++) {
				complete(PROVIDERS[i % PROVIDERS.length], models.get(i % PROVIDERS.length), server, i);
			}
			for (int i = 0; i < COUNT; i++) {
				cancel(PROVIDERS[i % PROVIDERS.length], models.get(i % PROVIDERS.length), server, i);
			}
			await().untilAsserted(
					() -> assertThat(server.openConnections()).as("connections to be used again").isLessThan(10));
		}
		leakOnPurpose();
		awaitReport(output);
		assertThat(output.getAll().split("LEAK: ", -1)).as("reports of leaks, with that of the one on purpose")
			.hasSize(2);
	}

	private static void complete(WireProvider provider, Model model, RawServer server, int number) {
		Chunking chunking = (number % 2 == 0) ? Chunking.WHOLE : Chunking.LINES;
		Script script = switch (number % 5) {
			case 0 -> Script.json(200, provider.answer("Hello"));
			case 1 -> Script.json(500, provider.error(500, "Oops"));
			case 2 -> Script.events(provider.stream().text("a").error("api_error", "Oops").take(), chunking);
			default -> Script.events(provider.stream("Hello") + ": more\n\n", chunking);
		};
		server.reply(script);
		model.stream("Hi").onErrorComplete(ModelException.class).blockLast(LIMIT);
	}

	private static void cancel(WireProvider provider, Model model, RawServer server, int number) {
		int way = number / PROVIDERS.length % 4;
		server.reply((connection) -> {
			if (way != 0) {
				connection.startEvents();
				WireStream stream = provider.stream();
				for (int i = 0; i < 20; i++) {
					connection.chunk(stream.text("piece " + i).take());
				}
				connection.chunk(stream.finish(FinishReason.STOP).take());
			}
			connection.stall();
		});
		switch (way) {
			case 0 -> {
				int requests = server.requests().size();
				Disposable call = model.stream("Hi").subscribe();
				await().until(() -> server.requests().size() > requests);
				call.dispose();
			}
			// With demand for one event, for several and for all
			case 1 -> model.stream("Hi").limitRate(1).blockFirst(LIMIT);
			case 2 -> model.stream("Hi").limitRate(8).take(10).blockLast(LIMIT);
			default ->
				model.stream("Hi").takeUntil((event) -> event.equals(new StreamEvent.Text("piece 5"))).blockLast(LIMIT);
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
	}

	private static void leakOnPurpose() {
		ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer(16);
		buffer.touch("on purpose");
	}

	// Leaks are reported when a buffer is made after they were collected
	private static void awaitReport(CapturedOutput output) {
		await().until(() -> {
			System.gc();
			PooledByteBufAllocator.DEFAULT.buffer(16).release();
			return output.getAll().contains("on purpose");
		});
	}

}
