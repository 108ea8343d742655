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

package io.routekit.responses;

import java.util.Map;
import java.util.Set;

import io.routekit.ChatRequest;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.completions.CompletionsDialect.Deployment;
import io.routekit.completions.CompletionsProtocol;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Protocol;
import io.routekit.wire.RateLimitHeaders;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyReader;

import org.springframework.util.Assert;

/**
 * The Responses wire format. Nothing is kept by the server between two requests: each one
 * has the whole conversation.
 *
 * @since 0.1.0
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">Responses</a>
 */
public final class ResponsesProtocol implements Protocol {

	/**
	 * What servers answer that have no such address, or not for this purpose.
	 */
	private static final Set<Integer> NO_RESOURCE = Set.of(404, 405, 501);

	private final ResponsesDialect dialect;

	private final ErrorWords errorWords;

	/**
	 * Create a new {@link ResponsesProtocol} instance.
	 * @param dialect what is particular to the server
	 */
	public ResponsesProtocol(ResponsesDialect dialect) {
		this(dialect, ErrorWords.NONE);
	}

	/**
	 * Create a new {@link ResponsesProtocol} instance.
	 * @param dialect what is particular to the server
	 * @param errorWords the words in errors that only this server has
	 */
	public ResponsesProtocol(ResponsesDialect dialect, ErrorWords errorWords) {
		Assert.notNull(dialect, "'dialect' must not be null");
		Assert.notNull(errorWords, "'errorWords' must not be null");
		this.dialect = dialect;
		this.errorWords = CompletionsProtocol.ERROR_WORDS.and(errorWords);
	}

	@Override
	public ErrorWords errorWords() {
		return this.errorWords;
	}

	@Override
	public RateLimitHeaders rateLimitHeaders() {
		return CompletionsProtocol.RATE_LIMIT_HEADERS;
	}

	@Override
	public byte[] write(ChatRequest request, boolean stream) {
		return new ResponsesRequestWriter(this.dialect, request).write(stream);
	}

	@Override
	public ModelException explain(ModelException failure) {
		Integer status = failure.getStatus();
		Map<String, Object> details = failure.getDetails();
		if (status != null && NO_RESOURCE.contains(status) && !details.containsKey("type")
				&& !details.containsKey("code")) {
			return explain(failure, Kind.NOT_FOUND,
					"If the server has no Responses API, set 'openai.api' to 'chat-completions'");
		}
		if ("invalid_encrypted_content".equals(details.get("code"))) {
			return explain(failure, failure.getKind(),
					"The conversation has reasoning of another account, model or server: leave it out or start anew");
		}
		if ("include".equals(details.get("param"))) {
			return explain(failure, failure.getKind(),
					"Set the extra field 'include' to an empty list for a model that has no reasoning to include");
		}
		return failure;
	}

	private static ModelException explain(ModelException failure, Kind kind, String advice) {
		return failure.mutate(kind, "%s. %s".formatted(failure.getMessage(), advice))
			.retryable(kind == failure.getKind() && failure.isRetryable())
			.build();
	}

	@Override
	public ReplyReader read(Reply reply, KeptSize kept) {
		ResponsesReader reader = new ResponsesReader(reply, kept, this.dialect.issuer(), this.dialect.endsWithItems());
		Deployment deployment = this.dialect.deployment();
		if (deployment != null) {
			// No answer names it, and what it costs depends on it
			reader.addMetadata("deployment", deployment.called(reply.model()));
		}
		return reader;
	}

}
