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

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerAddress}.
 */
class ServerAddressTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://llm.example.com", "HTTPS://LLM.Example.COM/v1", "https://llm.example.com./",
			"https://llm.example.com:443/v1?a=b", "https://user@llm.example.com" })
	void oneServerInManyWordsIsOne(String address) {
		assertThat(ServerAddress.of(URI.create(address))).isEqualTo(new ServerAddress("https", "llm.example.com", 443));
		assertThat(ServerAddress.of(URI.create(address)).hostAndPort()).isEqualTo("llm.example.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://llm.example.com", "https://llm.example.com:8443", "https://example.com",
			"https://llm.example.com.evil.org", "path" })
	void otherServersAreOthers(String address) {
		assertThat(ServerAddress.of(URI.create(address)))
			.isNotEqualTo(ServerAddress.of(URI.create("https://llm.example.com")));
	}

	@Test
	void domainHasTheHostsBelowIt() {
		ServerAddress server = ServerAddress.of(URI.create("https://EU.llm.example.com:8443"));
		assertThat(server.isOf("llm.example.com")).isTrue();
		assertThat(server.isOf("eu.llm.example.com")).isTrue();
		assertThat(server.isOf("lm.example.com")).isFalse();
		assertThat(server.isOf("us.eu.llm.example.com")).isFalse();
		assertThat(server.hostAndPort()).isEqualTo("eu.llm.example.com:8443");
	}

}
