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

package io.routekit.readme;

import java.util.List;

import io.routekit.Message;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the snippet of the documentation on the JSON form of conversations.
 */
class JsonSnippetTests {

	@Test
	void readsAStoredConversation() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.run((context) -> {
				JsonMapper mapper = context.getBean(JsonMapper.class);
				List<Message> stored = List.of(Message.system("Be brief"), Message.user("Hello"),
						Message.assistant("Hi"));
				String json = mapper.writerFor(new TypeReference<List<Message>>() {
				}).writeValueAsString(stored);
				assertThat(read(mapper, json)).isEqualTo(stored);
			});
	}

	private static List<Message> read(JsonMapper jsonMapper, String json) {
		List<Message> messages = jsonMapper.readValue(json, new TypeReference<>() {
		});
		return messages;
	}

}
