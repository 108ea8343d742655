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

import java.util.List;

import io.routekit.ChatRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * A header whose secret is only known once a call is made.
 */
final class Credential {

	/**
	 * The credential of models that need none, or the same one for each call.
	 */
	static final Credential NONE = new Credential("", "", null);

	private final String header;

	private final String prefix;

	private final @Nullable SecretSource source;

	private final Mono<Secret> none = Mono.just(new Secret(""));

	/**
	 * Create a new {@link Credential} instance.
	 * @param header the name of the header
	 * @param prefix what precedes the secret in the value of the header
	 * @param source where the secret comes from, or {@code null} if there is none
	 */
	Credential(String header, String prefix, @Nullable SecretSource source) {
		this.header = header;
		this.prefix = prefix;
		this.source = source;
	}

	/**
	 * Find the secret for a call.
	 * @param request the request
	 * @return the secret, which may be an empty text
	 */
	Mono<Secret> find(ChatRequest request) {
		SecretSource source = this.source;
		return (source != null) ? source.secret(request).map(Secret::new).switchIfEmpty(this.none) : this.none;
	}

	/**
	 * The secret of a call.
	 */
	final class Secret {

		private final String text;

		Secret(String text) {
			this.text = text;
		}

		void addTo(HttpHeaders headers) {
			if (!this.text.isEmpty()) {
				headers.set(Credential.this.header, Credential.this.prefix + this.text);
			}
		}

		void addTo(List<String> secrets) {
			if (!this.text.isEmpty()) {
				secrets.add(this.text);
			}
		}

		/**
		 * Note that the server did not accept the secret.
		 * @return whether there may be another one the next time
		 */
		boolean refused() {
			SecretSource source = Credential.this.source;
			return source != null && !this.text.isEmpty() && source.refused(this.text);
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
		 * @return the secret, or empty if the call needs none
		 */
		Mono<String> secret(ChatRequest request);

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
