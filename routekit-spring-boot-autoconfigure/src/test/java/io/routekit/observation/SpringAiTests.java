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

package io.routekit.observation;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.routekit.ChatRequest;
import io.routekit.ModelResponse;
import io.routekit.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.observation.ChatModelMeterObservationHandler;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that calls models by Spring AI as well. Its meter of tokens
 * has the name of ours, but is a counter.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpringAiTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final ObservationRegistry observations = ObservationRegistry.create();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void bothAreInPrometheus(boolean springAiFirst, CapturedOutput output) {
		PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		observe(meters);

		callBoth(springAiFirst);

		assertThat(meters.scrape())
			.containsPattern("gen_ai_client_token_usage_total\\{.*gen_ai_token_type=\"input\".*} 20\\.0")
			.containsPattern("gen_ai_client_token_usage_total\\{.*gen_ai_token_type=\"output\".*} 6\\.0")
			.containsPattern("gen_ai_client_token_usage_total\\{.*gen_ai_token_type=\"total\".*} 26\\.0")
			.containsPattern("gen_ai_client_operation_seconds_count\\{.*gen_ai_system=\"openai\".*} 2")
			.containsPattern("gen_ai_client_token_usage_tokens_sum\\{.*gen_ai_token_type=\"input\".*} 14\\.0")
			.containsPattern("gen_ai_client_token_usage_tokens_sum\\{.*gen_ai_token_type=\"output\".*} 6\\.0")
			.doesNotContainPattern("gen_ai_client_token_usage_tokens_sum\\{.*gen_ai_token_type=\"total\"")
			.containsPattern("gen_ai_client_operation_duration_seconds_count\\{.*gen_ai_provider_name=\"openai\".*} 2");
		assertThat(output).doesNotContain("WARN");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void bothAreInSimpleRegistry(boolean springAiFirst, CapturedOutput output) {
		MeterRegistry meters = new SimpleMeterRegistry();
		observe(meters);

		callBoth(springAiFirst);

		assertThat(meters.get("gen_ai.client.token.usage").tag("gen_ai.token.type", "input").counter().count())
			.isEqualTo(20);
		assertThat(meters.get("gen_ai.client.token.usage").tag("gen_ai.token.type", "input").summary().totalAmount())
			.isEqualTo(14);
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void handlersLeaveTheCallsOfEachOtherAlone() {
		MeterRegistry meters = new SimpleMeterRegistry();
		Observation.Context springAi = springAiContext();

		assertThat(new ModelMeterObservationHandler(meters).supportsContext(springAi)).isFalse();
		assertThat(new ChatModelMeterObservationHandler(meters)
			.supportsContext(new ModelObservationContext(TestModel.of(Mono.empty()), ChatRequest.of("Hi"), false)))
			.isFalse();
	}

	private void observe(MeterRegistry meters) {
		this.observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(meters))
			.observationHandler(new ChatModelMeterObservationHandler(meters))
			.observationHandler(new ModelMeterObservationHandler(meters));
	}

	private void callBoth(boolean springAiFirst) {
		for (int i = 0; i < 2; i++) {
			if (springAiFirst) {
				callSpringAi();
			}
			callRouteKit();
			if (!springAiFirst) {
				callSpringAi();
			}
		}
	}

	private void callRouteKit() {
		ModelResponse response = ModelResponse.builder().model("m").usage(Usage.of(7, 3)).build();
		TestModel.of(Mono.just(response)).filter(new MeteringFilter(this.observations, null)).chat("Hi").block(TIMEOUT);
	}

	private void callSpringAi() {
		ChatModelObservationContext context = springAiContext();
		ChatModelObservationDocumentation.CHAT_MODEL_OPERATION
			.observation(null, new DefaultChatModelObservationConvention(), () -> context, this.observations)
			.observe(() -> context.setResponse(new ChatResponse(List.of(new Generation(new AssistantMessage("Hi"))),
					ChatResponseMetadata.builder().model("m").usage(new DefaultUsage(10, 3)).build())));
	}

	private static ChatModelObservationContext springAiContext() {
		return ChatModelObservationContext.builder().prompt(new Prompt("Hi")).provider("openai").build();
	}

}
