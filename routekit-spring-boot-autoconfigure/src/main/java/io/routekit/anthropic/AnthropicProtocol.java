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

package io.routekit.anthropic;

import java.util.Map;

import io.routekit.ChatRequest;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.completions.CompletionsProtocol;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Protocol;
import io.routekit.wire.RateLimitHeaders;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyReader;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The Messages wire format.
 *
 * @see <a href="https://docs.claude.com/en/api/messages">Messages</a>
 */
final class AnthropicProtocol implements Protocol {

	/**
	 * The extra field that is sent as a header.
	 */
	static final String BETA_FIELD = "anthropic_beta";

	/**
	 * The codes of Anthropic, over those that gateways to other servers pass on.
	 */
	static final ErrorWords ERROR_WORDS = CompletionsProtocol.ERROR_WORDS.and(ErrorWords
		.ofCodes(Map.of("invalid_request_error", Kind.INVALID_REQUEST, "authentication_error", Kind.AUTHENTICATION,
				"billing_error", Kind.QUOTA, "permission_error", Kind.PERMISSION, "not_found_error", Kind.NOT_FOUND,
				"request_too_large", Kind.INVALID_REQUEST, "rate_limit_error", Kind.RATE_LIMIT, "api_error",
				Kind.SERVER, "timeout_error", Kind.TIMEOUT, "overloaded_error", Kind.OVERLOADED)));

	private final OwnState own;

	private final Generations generations;

	private final @Nullable Integer maxTokens;

	private final PromptCaching promptCaching;

	private final Betas betas;

	/**
	 * Create a new {@link AnthropicProtocol} instance.
	 * @param own the state that the server issues
	 * @param generations tells the generation of a model
	 * @param maxTokens the largest number of tokens to generate if a request sets none,
	 * or {@code null} for what fits the model
	 * @param promptCaching which parts of prompts are cached
	 * @param betas the beta features that each request asks for
	 */
	AnthropicProtocol(OwnState own, Generations generations, @Nullable Integer maxTokens, PromptCaching promptCaching,
			Betas betas) {
		this.own = own;
		this.generations = generations;
		this.maxTokens = maxTokens;
		this.promptCaching = promptCaching;
		this.betas = betas;
	}

	@Override
	public byte[] write(ChatRequest request, boolean stream) {
		Generation generation = this.generations.of(request.options().model());
		return new AnthropicRequestWriter(request, this.own, generation, this.maxTokens, this.promptCaching)
			.write(stream);
	}

	@Override
	public void addHeaders(ChatRequest request, HttpHeaders headers) {
		Betas betas = this.betas;
		Object requested = request.options().extra().get(BETA_FIELD);
		if (requested != null) {
			betas = betas.copy();
			try {
				betas.add(requested);
			}
			catch (IllegalArgumentException ex) {
				throw ModelException.of(Kind.INVALID_REQUEST,
						"The extra field '%s' is wrong: %s".formatted(BETA_FIELD, ex.getMessage()));
			}
		}
		if (!betas.isEmpty()) {
			headers.set(Betas.HEADER, betas.toString());
		}
	}

	@Override
	public ErrorWords errorWords() {
		return ERROR_WORDS;
	}

	@Override
	public RateLimitHeaders rateLimitHeaders() {
		return CompletionsProtocol.RATE_LIMIT_HEADERS;
	}

	@Override
	public ReplyReader read(Reply reply, KeptSize kept) {
		return new AnthropicReplyReader(reply, this.own, kept);
	}

}
