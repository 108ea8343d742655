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

package io.routekit.test.server;

import java.util.ArrayList;
import java.util.List;

import io.routekit.fake.FakeModel;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ModelServerExtension}.
 */
class ModelServerExtensionTests {

	private static final List<String> urls = new ArrayList<>();

	private static void run(Class<?> test, int tests) {
		urls.clear();
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create()
			.execute(LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(test)).build(),
					listener);
		TestExecutionSummary summary = listener.getSummary();
		assertThat(summary.getFailures()).isEmpty();
		assertThat(summary.getTestsSucceededCount()).isEqualTo(tests);
	}

	private static String call(ModelServer server) {
		urls.add(server.url());
		return call(server.url());
	}

	private static String call(String url) {
		return RestClient.create(url)
			.post()
			.uri("/v1/messages")
			.body("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
			.retrieve()
			.body(String.class);
	}

	private static void assertClosed() {
		assertThat(urls).isNotEmpty()
			.allSatisfy((url) -> assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> call(url)));
	}

	@Test
	void registeredServerRunsUntilTheTestsOfTheClassAreOver() {
		run(Registered.class, 3);

		assertThat(urls).hasSize(3).containsOnly(urls.get(0));
		assertClosed();
	}

	@Test
	void serverOfAnInstanceRunsForOneTest() {
		run(RegisteredForEach.class, 2);

		assertThat(urls).hasSize(2).doesNotHaveDuplicates();
		assertClosed();
	}

	@Test
	void serverIsInjected() {
		run(Extended.class, 2);

		assertThat(urls).hasSize(2).containsOnly(urls.get(0));
		assertClosed();
	}

	/**
	 * A server in a static field.
	 */
	@TestMethodOrder(MethodOrderer.MethodName.class)
	static class Registered {

		@RegisterExtension
		static final ModelServerExtension extension = new ModelServerExtension(FakeModel.of("one", "two"));

		@Test
		void first() {
			assertReset();
		}

		@Test
		void second() {
			assertReset();
		}

		private static void assertReset() {
			assertThat(extension.server().requests()).isEmpty();
			assertThat(call(extension.server())).contains("\"one\"");
		}

		/**
		 * Tests that go before others, and leave the server to them.
		 */
		@Nested
		class Deeper {

			@Test
			void third() {
				assertReset();
			}

		}

	}

	/**
	 * A server in a field.
	 */
	static class RegisteredForEach {

		@RegisterExtension
		final ModelServerExtension extension = new ModelServerExtension();

		@Test
		void first() {
			call(this.extension.server());
		}

		@Test
		void second() {
			call(this.extension.server());
		}

	}

	/**
	 * A server that is injected.
	 */
	@ExtendWith(ModelServerExtension.class)
	static class Extended {

		@Test
		void first(ModelServer server) {
			server.model().respondWith("injected");
			assertThat(call(server)).contains("injected");
		}

		@Test
		void second(ModelServer server) {
			call(server);
		}

	}

}
