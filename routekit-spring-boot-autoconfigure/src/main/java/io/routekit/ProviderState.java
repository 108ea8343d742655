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

package io.routekit;

import org.springframework.util.Assert;

/**
 * State that a provider wants back unchanged in the next turn, such as the signature of
 * its reasoning. It is sent to its issuer only and means nothing to anyone else.
 *
 * @param issuer who issued the state and may get it back
 * @param json the state as JSON text, exactly as it was received
 * @since 0.1.0
 */
public record ProviderState(String issuer, String json) {

	public ProviderState {
		Assert.hasText(issuer, "'issuer' must not be empty");
		Assert.notNull(json, "'json' must not be null");
	}

	@Override
	public String toString() {
		return "ProviderState[issuer=%s, %d characters]".formatted(this.issuer, this.json.length());
	}

}
