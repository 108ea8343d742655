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

import java.util.Map;

import io.routekit.TokenClass;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Tokens by class of one model, of a call that several may have had a part in.
 *
 * @param model the name of the model, or {@code null} for the one that answered
 * @param tokens the numbers of those classes that are known
 * @since 0.1.0
 * @see UsageReader#readByModel(io.routekit.Usage)
 */
public record ModelTokens(@Nullable String model, Map<TokenClass, Long> tokens) {

	public ModelTokens {
		Assert.notNull(tokens, "'tokens' must not be null");
		tokens = Map.copyOf(tokens);
	}

}
