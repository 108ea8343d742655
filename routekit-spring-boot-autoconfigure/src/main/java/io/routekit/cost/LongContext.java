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

package io.routekit.cost;

import org.jspecify.annotations.Nullable;

/**
 * Rates of a request whose prompt is long: all of it, the output too, has other rates.
 *
 * @param threshold the number of tokens of the prompt that makes it long, or {@code null}
 * if not known
 * @param inclusive whether that number itself does, or {@code null} if not known
 * @param rates the rates
 */
record LongContext(@Nullable Long threshold, @Nullable Boolean inclusive, Rates rates) {

	static final LongContext NONE = new LongContext(null, null, Rates.NONE);

	boolean isPassedBy(long promptTokens) {
		if (this.threshold == null) {
			return false;
		}
		return Boolean.TRUE.equals(this.inclusive) ? promptTokens >= this.threshold : promptTokens > this.threshold;
	}

	LongContext over(LongContext other) {
		return new LongContext((this.threshold != null) ? this.threshold : other.threshold,
				(this.inclusive != null) ? this.inclusive : other.inclusive, this.rates.over(other.rates));
	}

}
