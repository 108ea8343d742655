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

package io.routekit.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.routekit.Limits;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.completions.CompletionsProtocol;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what servers say about failures, in words that were reported in public. Where
 * a report does not tell the status, it is the one that the server's documentation has or
 * that is usual.
 */
class ErrorWordingTests {

	@ParameterizedTest
	@CsvFileSource(resources = "error-wordings.csv", useHeadersInDisplayName = true, maxCharsPerColumn = 2000)
	void wordingTellsTheKind(String vendor, int status, @Nullable String code, String wording, Kind kind,
			boolean retryable, String source) {
		assertThat(source).startsWith("https://");
		ModelException failure = failure(status, code, wording);
		assertThat(failure.getKind()).as(vendor).isEqualTo(kind);
		assertThat(failure.isRetryable()).isEqualTo(retryable);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Unknown parameter: 'max_context_length'", "Unsupported value: 'content_filter'",
			"The request was received. Its processing took too long", "This model does not support tools",
			"Invalid 'tools[0].function.name': string too long. Expected a string with maximum length 64",
			"messages.0.content.1.image.source.base64: image exceeds 5 MB maximum",
			"Invalid value for 'rate_limit_tier'", "You do not need an API key for this" })
	void whatOnlySoundsLikeItIsAnInvalidRequest(String wording) {
		assertThat(failure(400, null, wording).getKind()).isEqualTo(Kind.INVALID_REQUEST);
	}

	@ParameterizedTest
	@CsvSource({ "429,Prompt is too long,RATE_LIMIT", "401,The model is overloaded,AUTHENTICATION",
			"404,Your account is not active,NOT_FOUND", "403,Too many requests,PERMISSION",
			"500,PROMPT IS TOO LONG!,CONTEXT_LENGTH", "400,The prompt we got is much too long to fit,CONTEXT_LENGTH" })
	void statusIsOnlyRefined(int status, String wording, Kind kind) {
		assertThat(failure(status, null, wording).getKind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource({ "context_length_exceeded,CONTEXT_LENGTH,false", "insufficient_quota,QUOTA,false",
			"credit_balance_exhausted,QUOTA,false", "project_spend_limit_exceeded,QUOTA,false",
			"usage_not_included,QUOTA,false", "rate_limit_exceeded,RATE_LIMIT,true", "slow_down,RATE_LIMIT,true",
			"server_is_overloaded,OVERLOADED,true", "server_error,SERVER,true", "internal_server_error,SERVER,true",
			"vector_store_timeout,SERVER,true", "upstream_error,SERVER,true", "content_filter,CONTENT_FILTERED,false",
			"image_content_policy_violation,CONTENT_FILTERED,false", "bio_policy,CONTENT_FILTERED,false",
			"misalignment_policy_violation,CONTENT_FILTERED,false", "invalid_prompt,INVALID_REQUEST,false",
			"data_residency_mismatch,INVALID_REQUEST,false", "invalid_image_url,INVALID_REQUEST,false",
			"image_too_small,INVALID_REQUEST,false", "failed_to_download_image,INVALID_REQUEST,false",
			"other,INVALID_REQUEST,false", "a_code_of_the_future,SERVER,false" })
	void codeTellsTheKindWhereThereIsNoStatus(String code, Kind kind, boolean retryable) {
		for (String wording : List.of("It went wrong", "Your prompt was flagged as violating our usage policy")) {
			ModelException failure = failure(200, code, (kind == Kind.SERVER) ? "It went wrong" : wording);
			assertThat(failure.getKind()).isEqualTo(kind);
			assertThat(failure.isRetryable()).isEqualTo(retryable);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Item with id 'rs_1' not found. Items are not persisted when `store` is set to false.",
			"Previous response cannot be used for this organization due to Zero Data Retention." })
	void whatIsNotKeptIsAnInvalidRequest(String wording) {
		assertThat(failure(404, null, wording).getKind()).isEqualTo(Kind.INVALID_REQUEST);
		assertThat(failure(400, null, wording).getKind()).isEqualTo(Kind.INVALID_REQUEST);
		assertThat(
				failure(404, "previous_response_not_found", "Previous response with id 'resp_1' not found.").getKind())
			.isEqualTo(Kind.INVALID_REQUEST);
	}

	@Test
	void longTextTakesLittleTime() {
		String text = "input token count prompt exceeds context ".repeat(50_000);
		assertThat(ErrorPhrases.common().kinds(ErrorText.words(text))).contains(Kind.CONTEXT_LENGTH);
	}

	private static ModelException failure(int status, @Nullable String code, String wording) {
		ObjectNode error = JsonNodeFactory.instance.objectNode();
		error.putObject("error").put("message", wording).put("code", code);
		byte[] body = error.toString().getBytes(StandardCharsets.UTF_8);
		return new Reply("openai", "m", HttpStatusCode.valueOf(status), HttpHeaders.EMPTY, new SecretRedactor(),
				Limits.defaults(), CompletionsProtocol.ERROR_WORDS, RateLimitHeaders.COMMON)
			.failure(body, 0, body.length);
	}

}
