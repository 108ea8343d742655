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

import io.routekit.CallGuard;
import io.routekit.ChatRequest;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.secret.SecretFormat;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.Reply;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * A header whose secret is only known once a call is made.
 */
final class Credential {

	/**
	 * The credential of models that need none, or the same one for each call.
	 */
	static final Credential NONE = new Credential("", "", "", (request) -> Mono.empty());

	private final String header;

	private final String prefix;

	private final String subject;

	private final SecretSource source;

	/**
	 * Create a new {@link Credential} instance.
	 * @param header the name of the header
	 * @param prefix what precedes the secret in the value of the header
	 * @param subject what the secret is and who supplies it, for messages
	 * @param source where the secret comes from
	 */
	Credential(String header, String prefix, String subject, SecretSource source) {
		this.header = header;
		this.prefix = prefix;
		this.subject = subject;
		this.source = source;
	}

	/**
	 * Find the secret for a call.
	 * @param request the request
	 * @param noReply stands in for the reply in failures
	 * @return the secret, which may be that there is none; or a failure if there should
	 * be one, or if it cannot be sent
	 */
	Mono<Secret> find(ChatRequest request, Reply noReply) {
		return CallGuard.mono((context) -> this.source.secret(request))
			.onErrorMap((failure) -> unobtainable(failure, noReply))
			.map((text) -> secret(text, noReply))
			.switchIfEmpty(Mono.fromSupplier(() -> noSecret(noReply)));
	}

	private Throwable unobtainable(Throwable failure, Reply noReply) {
		if (failure instanceof ModelException) {
			return noReply.secrets().redact(failure);
		}
		return noReply.exception(Kind.AUTHENTICATION, this.subject + " could not be obtained", failure)
			.status(null)
			.build();
	}

	private Secret secret(String text, Reply noReply) {
		String problem = text.isBlank() ? "is blank" : SecretFormat.problemOfKey(text);
		if (problem != null) {
			throw unusable(problem, noReply);
		}
		return new Secret(text, noReply.secrets().forCall(text));
	}

	private Secret noSecret(Reply noReply) {
		if (this.source.isRequired()) {
			throw unusable("is missing", noReply);
		}
		return new Secret("", noReply.secrets());
	}

	private ModelException unusable(String problem, Reply noReply) {
		return noReply.exception(Kind.AUTHENTICATION, this.subject + " " + problem).status(null).build();
	}

	/**
	 * The secret of a call.
	 */
	final class Secret {

		private final String text;

		private final SecretRedactor redactor;

		Secret(String text, SecretRedactor redactor) {
			this.text = text;
			this.redactor = redactor;
		}

		void addTo(HttpHeaders headers) {
			if (!this.text.isEmpty()) {
				headers.set(Credential.this.header, Credential.this.prefix + this.text);
			}
		}

		/**
		 * Return what takes the secrets out of texts, this one included.
		 * @return the redactor for the call
		 */
		SecretRedactor redactor() {
			return this.redactor;
		}

		/**
		 * Note that the server did not accept the secret.
		 * @return whether there may be another one the next time
		 */
		boolean refused() {
			return !this.text.isEmpty() && Credential.this.source.refused(this.text);
		}

	}

	/**
	 * Where secrets come from.
	 */
	@FunctionalInterface
	interface SecretSource {

		/**
		 * Return the secret for a call.
		 * @param request the request
		 * @return the secret without surrounding white space, or empty if there is none
		 */
		Mono<String> secret(ChatRequest request);

		/**
		 * Return whether a call cannot be made without a secret from here.
		 * @return whether there must be one
		 */
		default boolean isRequired() {
			return false;
		}

		/**
		 * Note that the server did not accept a secret.
		 * @param secret the secret
		 * @return whether there may be another one the next time
		 */
		default boolean refused(String secret) {
			return false;
		}

	}

}
