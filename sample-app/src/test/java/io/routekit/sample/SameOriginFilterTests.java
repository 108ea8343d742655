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

package io.routekit.sample;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SameOriginFilter} where the sample is reached from other machines.
 */
class SameOriginFilterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Set<String> NONE = Collections.emptySet();

	@Test
	void anotherInterfaceMayHaveAnyName() {
		assertThat(isAnswered(NONE, "10.1.2.3", "host.docker.internal:8080")).isTrue();
		assertThat(isAnswered(NONE, "10.1.2.3", "10.1.2.3")).isTrue();
	}

	@Test
	void anotherInterfaceHasTheNamesThatAreConfigured() {
		assertThat(isAnswered(Set.of("chat.example.org"), "10.1.2.3", "chat.example.org")).isTrue();
		assertThat(isAnswered(Set.of("chat.example.org"), "10.1.2.3", "evil.example")).isFalse();
	}

	@Test
	void loopbackHasNoOtherName() {
		assertThat(isAnswered(NONE, "127.0.0.1", "evil.example")).isFalse();
		assertThat(isAnswered(NONE, "::1", "evil.example")).isFalse();
		assertThat(isAnswered(NONE, "::1", "[::1]:8080")).isTrue();
	}

	@Test
	void whoNamesNoHostIsNoBrowser() {
		assertThat(isAnswered(NONE, "127.0.0.1", null)).isTrue();
	}

	private static boolean isAnswered(Set<String> allowedHosts, String address, String host) {
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/")
			.localAddress(new InetSocketAddress(address, 8080));
		if (host != null) {
			request.header("Host", host);
		}
		SampleProperties properties = new SampleProperties(allowedHosts, NONE, LoadFilterTests.limit(1, 1));
		AtomicBoolean answered = new AtomicBoolean();
		new SameOriginFilter(properties)
			.filter(MockServerWebExchange.from(request.build()),
					(exchange) -> Mono.fromRunnable(() -> answered.set(true)))
			.onErrorComplete(ResponseStatusException.class)
			.block(TIMEOUT);
		return answered.get();
	}

}
