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

package io.routekit.completions;

import java.util.Map;
import java.util.Set;

import io.routekit.ChatRequest;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.completions.CompletionsDialect.Deployment;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Protocol;
import io.routekit.wire.RateLimitHeaders;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyReader;

import org.springframework.util.Assert;

/**
 * The Chat Completions wire format.
 *
 * @since 0.1.0
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">Chat Completions</a>
 */
public final class CompletionsProtocol implements Protocol {

	/**
	 * The codes of OpenAI, of compatible servers, and of gateways, which pass on those of
	 * others.
	 */
	public static final ErrorWords ERROR_WORDS = ErrorWords.ofCodes(Map.ofEntries(
			Map.entry("context_length_exceeded", Kind.CONTEXT_LENGTH),
			Map.entry("exceed_context_size_error", Kind.CONTEXT_LENGTH),
			Map.entry("model_max_prompt_tokens_exceeded", Kind.CONTEXT_LENGTH),
			Map.entry("responsibleaipolicyviolation", Kind.CONTENT_FILTERED),
			Map.entry("content_filter", Kind.CONTENT_FILTERED),
			Map.entry("content_policy_violation", Kind.CONTENT_FILTERED), Map.entry("insufficient_quota", Kind.QUOTA),
			Map.entry("billing_error", Kind.QUOTA), Map.entry("billing_not_active", Kind.QUOTA),
			Map.entry("insufficient_balance_error", Kind.QUOTA), Map.entry("rate_limit_error", Kind.RATE_LIMIT),
			Map.entry("rate_limit_exceeded", Kind.RATE_LIMIT), Map.entry("resource_exhausted", Kind.RATE_LIMIT),
			Map.entry("engine_overloaded_error", Kind.OVERLOADED), Map.entry("overloaded_error", Kind.OVERLOADED),
			Map.entry("overloaded", Kind.OVERLOADED), Map.entry("authentication_error", Kind.AUTHENTICATION),
			Map.entry("invalid_api_key", Kind.AUTHENTICATION), Map.entry("permission_error", Kind.PERMISSION),
			Map.entry("unsupported_country_region_territory", Kind.PERMISSION),
			Map.entry("not_found_error", Kind.NOT_FOUND), Map.entry("model_not_found", Kind.NOT_FOUND),
			Map.entry("model_not_supported", Kind.NOT_FOUND), Map.entry("tokens_limit_reached", Kind.CONTEXT_LENGTH),
			Map.entry("timeout_error", Kind.TIMEOUT), Map.entry("request_too_large", Kind.INVALID_REQUEST),
			Map.entry("invalid_request_error", Kind.INVALID_REQUEST), Map.entry("api_error", Kind.SERVER),
			Map.entry("server_error", Kind.SERVER), Map.entry("internal_server_error", Kind.SERVER),
			Map.entry("vector_store_timeout", Kind.SERVER), Map.entry("upstream_error", Kind.SERVER),
			Map.entry("credit_balance_exhausted", Kind.QUOTA),
			Map.entry("organization_spend_limit_exceeded", Kind.QUOTA),
			Map.entry("project_spend_limit_exceeded", Kind.QUOTA),
			Map.entry("organization_usage_limit_exceeded", Kind.QUOTA), Map.entry("usage_not_included", Kind.QUOTA),
			Map.entry("slow_down", Kind.RATE_LIMIT), Map.entry("server_is_overloaded", Kind.OVERLOADED),
			Map.entry("service_unavailable_error", Kind.OVERLOADED),
			Map.entry("image_content_policy_violation", Kind.CONTENT_FILTERED),
			Map.entry("bio_policy", Kind.CONTENT_FILTERED), Map.entry("cyber_policy", Kind.CONTENT_FILTERED),
			Map.entry("misalignment_policy_violation", Kind.CONTENT_FILTERED),
			Map.entry("potentially_unintended_data_access", Kind.CONTENT_FILTERED),
			Map.entry("invalid_prompt", Kind.INVALID_REQUEST),
			Map.entry("data_residency_mismatch", Kind.INVALID_REQUEST),
			Map.entry("invalid_image", Kind.INVALID_REQUEST), Map.entry("invalid_image_format", Kind.INVALID_REQUEST),
			Map.entry("invalid_image_mode", Kind.INVALID_REQUEST), Map.entry("invalid_image_url", Kind.INVALID_REQUEST),
			Map.entry("invalid_base64_image", Kind.INVALID_REQUEST), Map.entry("image_too_large", Kind.INVALID_REQUEST),
			Map.entry("image_too_small", Kind.INVALID_REQUEST), Map.entry("image_parse_error", Kind.INVALID_REQUEST),
			Map.entry("image_file_too_large", Kind.INVALID_REQUEST),
			Map.entry("image_file_not_found", Kind.INVALID_REQUEST),
			Map.entry("empty_image_file", Kind.INVALID_REQUEST),
			Map.entry("failed_to_download_image", Kind.INVALID_REQUEST),
			Map.entry("unsupported_image_media_type", Kind.INVALID_REQUEST),
			Map.entry("invalid_encrypted_content", Kind.INVALID_REQUEST),
			Map.entry("previous_response_not_found", Kind.INVALID_REQUEST),
			Map.entry("unsupported_parameter", Kind.INVALID_REQUEST),
			Map.entry("unsupported_value", Kind.INVALID_REQUEST), Map.entry("unknown_parameter", Kind.INVALID_REQUEST),
			Map.entry("invalid_value", Kind.INVALID_REQUEST),
			Map.entry("string_above_max_length", Kind.INVALID_REQUEST),
			Map.entry("integer_below_min_value", Kind.INVALID_REQUEST),
			Map.entry("invalid_function_parameters", Kind.INVALID_REQUEST), Map.entry("other", Kind.INVALID_REQUEST)))
		// What a request refers to is not kept, which has the status of what is not there
		.and(ErrorWords.ofPhrases(Map.of("items not persisted .. store", Kind.INVALID_REQUEST,
				"previous response cannot used", Kind.INVALID_REQUEST)));

	/**
	 * The headers of OpenAI and of compatible servers, and those of Anthropic, which
	 * gateways pass on.
	 */
	public static final RateLimitHeaders RATE_LIMIT_HEADERS = RateLimitHeaders.COMMON.or(RateLimitHeaders
		.of("anthropic-ratelimit-{type}-{value}", "requests", "tokens", "input-tokens", "output-tokens"));

	private static final Set<Integer> REFUSALS = Set.of(400, 404);

	private final CompletionsDialect dialect;

	private final ErrorWords errorWords;

	/**
	 * Create a new {@link CompletionsProtocol} instance.
	 * @param dialect what is particular to the server
	 */
	public CompletionsProtocol(CompletionsDialect dialect) {
		this(dialect, ErrorWords.NONE);
	}

	/**
	 * Create a new {@link CompletionsProtocol} instance.
	 * @param dialect what is particular to the server
	 * @param errorWords the words in errors that only this server has
	 */
	public CompletionsProtocol(CompletionsDialect dialect, ErrorWords errorWords) {
		Assert.notNull(dialect, "'dialect' must not be null");
		Assert.notNull(errorWords, "'errorWords' must not be null");
		this.dialect = dialect;
		this.errorWords = ERROR_WORDS.and(errorWords);
	}

	@Override
	public ErrorWords errorWords() {
		return this.errorWords;
	}

	@Override
	public RateLimitHeaders rateLimitHeaders() {
		return RATE_LIMIT_HEADERS;
	}

	@Override
	public byte[] write(ChatRequest request, boolean stream) {
		return new RequestWriter(this.dialect, request).write(stream);
	}

	@Override
	public ModelException explain(ModelException failure) {
		String message = String.valueOf(failure.getMessage());
		boolean other = message.contains("v1/responses") || message.contains("not a chat model")
				|| "unsupported_api_for_model".equals(failure.getDetails().get("code"));
		if (!other || failure.getStatus() == null || !REFUSALS.contains(failure.getStatus())) {
			return failure;
		}
		return failure
			.mutate(failure.getKind(),
					message + ". Set 'openai.api' to 'responses' to call the model by the API that it needs")
			.build();
	}

	@Override
	public ReplyReader read(Reply reply, KeptSize kept) {
		CompletionReader reader = new CompletionReader(reply, kept, this.dialect);
		Deployment deployment = this.dialect.deployment();
		if (deployment != null) {
			// No answer names it, and what it costs depends on it
			reader.addMetadata("deployment", deployment.called(reply.model()));
		}
		return reader;
	}

}
