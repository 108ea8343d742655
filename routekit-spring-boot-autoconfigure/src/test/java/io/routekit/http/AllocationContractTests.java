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

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.ObjIntConsumer;

import io.routekit.FinishReason;
import io.routekit.Model;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Hooks;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how many bytes are allocated for an event, which the thread counts that reads
 * the stream: a counter that is boxed or a text that is made twice shows. The bounds are
 * generous, since JVMs differ.
 */
@Tag("fresh-jvm")
@ParameterizedClass
@EnumSource
class AllocationContractTests {

	private static final int EVENTS = 1000;

	private static final int PIECE = 4096;

	private final CannedExchange exchange = new CannedExchange();

	private final WireProvider provider;

	private final Model model;

	private boolean contextPropagation;

	AllocationContractTests(WireProvider provider) {
		this.provider = provider;
		this.model = provider.model(provider.settings(URI.create("http://localhost")),
				WebClient.builder().exchangeFunction(this.exchange));
	}

	// Other tests turn it on, and it takes more for an event than all else
	@BeforeEach
	void turnContextPropagationOff() {
		this.contextPropagation = Hooks.isAutomaticContextPropagationEnabled();
		Hooks.disableAutomaticContextPropagation();
	}

	@AfterEach
	void restoreContextPropagation() {
		if (this.contextPropagation) {
			Hooks.enableAutomaticContextPropagation();
		}
	}

	@Test
	void aTextTakesLittleMoreThanItself() {
		// In one format, all texts come three times more at their end
		long most = (this.provider == WireProvider.RESPONSES) ? 250 : 200;
		assertThat(bytesPerEvent((stream, number) -> stream.text(" token" + number % 10))).isBetween(50L, most);
	}

	@Test
	void aTextThatIsEscapedTakesAParser() {
		assertThat(bytesPerEvent((stream, number) -> stream.text("\\ntoken" + number % 10))).isBetween(50L, 1500L);
	}

	@Test
	void argumentsOfAToolCallTakeAParser() {
		assertThat(bytesPerEvent((stream, number) -> {
			if (number == 0) {
				stream.call("call_a", "find");
			}
			stream.arguments(0, "\"a\",");
		})).isBetween(50L, 1700L);
	}

	private long bytesPerEvent(ObjIntConsumer<WireStream> event) {
		byte[] few = stream(event, EVENTS);
		byte[] many = stream(event, 2 * EVENTS);
		// What is allocated once for all calls, or until code is compiled
		for (int i = 0; i < 5; i++) {
			bytesOf(many);
		}
		return (bytesOf(many) - bytesOf(few)) / EVENTS;
	}

	private byte[] stream(ObjIntConsumer<WireStream> event, int count) {
		WireStream stream = this.provider.stream();
		for (int i = 0; i < count; i++) {
			event.accept(stream, i);
		}
		return stream.finish(FinishReason.STOP).end().take().getBytes(StandardCharsets.UTF_8);
	}

	private long bytesOf(byte[] stream) {
		this.exchange.answer(CannedExchange.pieces(stream, PIECE));
		long before = allocatedBytes();
		this.model.stream("Hi").blockLast(TestCalls.LIMIT);
		return allocatedBytes() - before;
	}

	private static long allocatedBytes() {
		return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

}
