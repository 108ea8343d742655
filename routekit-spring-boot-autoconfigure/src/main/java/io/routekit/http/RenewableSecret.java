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

import java.util.function.Supplier;

import io.routekit.ChatRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A secret that is renewed if the server refuses it before its supplier knows that it has
 * expired.
 */
final class RenewableSecret implements Credential.SecretSource {

	private final Supplier<Mono<String>> current;

	private final Supplier<Mono<String>> fresh;

	private volatile @Nullable String refused;

	RenewableSecret(Supplier<Mono<String>> current, Supplier<Mono<String>> fresh) {
		this.current = current;
		this.fresh = fresh;
	}

	@Override
	public Mono<String> secret(ChatRequest request) {
		return obtain(this.current)
			.flatMap((secret) -> secret.equals(this.refused) ? obtain(this.fresh) : Mono.just(secret));
	}

	private static Mono<String> obtain(Supplier<Mono<String>> supplier) {
		return Mono.defer(supplier).map(String::strip);
	}

	@Override
	public boolean isRequired() {
		return true;
	}

	@Override
	public boolean refused(String secret) {
		boolean again = secret.equals(this.refused);
		this.refused = secret;
		return !again;
	}

}
