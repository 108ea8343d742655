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

package io.routekit.benchmarks.startup.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Models, for which there is no starter that knows this version of Spring Boot.
 */
@Configuration(proxyBeanMethods = false)
class LangChain4jConfiguration {

	@Bean
	ChatModel chatModel() {
		return OpenAiChatModel.builder().apiKey("none").modelName("gpt-5-mini").build();
	}

	@Bean
	StreamingChatModel streamingChatModel() {
		return OpenAiStreamingChatModel.builder().apiKey("none").modelName("gpt-5-mini").build();
	}

}
