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

import io.routekit.ChatRequest;
import io.routekit.completions.CompletionsDialect.Deployment;
import io.routekit.http.KeptSize;
import io.routekit.http.Protocol;
import io.routekit.http.Reply;
import io.routekit.http.ReplyReader;

import org.springframework.util.Assert;

/**
 * The Chat Completions wire format.
 *
 * @since 0.1.0
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">Chat Completions</a>
 */
public final class CompletionsProtocol implements Protocol {

	private final CompletionsDialect dialect;

	/**
	 * Create a new {@link CompletionsProtocol} instance.
	 * @param dialect what is particular to the server
	 */
	public CompletionsProtocol(CompletionsDialect dialect) {
		Assert.notNull(dialect, "'dialect' must not be null");
		this.dialect = dialect;
	}

	@Override
	public byte[] write(ChatRequest request, boolean stream) {
		return new RequestWriter(this.dialect, request).write(stream);
	}

	@Override
	public ReplyReader read(Reply reply, KeptSize kept) {
		CompletionReader reader = new CompletionReader(reply, kept, this.dialect.issuer());
		Deployment deployment = this.dialect.deployment();
		if (deployment != null) {
			// No answer names it, and what it costs depends on it
			reader.addMetadata("deployment", deployment.called(reply.model()));
		}
		return reader;
	}

}
