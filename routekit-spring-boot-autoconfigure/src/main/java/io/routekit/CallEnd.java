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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The end of a call, as a {@link CallListener} learns it.
 *
 * @param outcome how the call ended
 * @param response the answer; {@code null} if there is none, then {@link ModelCall} may
 * know a part of it
 * @param failure why the call failed, {@code null} if it did not
 * @param answering whether the answer had begun
 * @since 0.1.0
 */
public record CallEnd(Outcome outcome, @Nullable ModelResponse response, @Nullable Throwable failure,
		boolean answering) {

	public CallEnd {
		Assert.notNull(outcome, "'outcome' must not be null");
	}

	static CallEnd success(@Nullable ModelResponse response) {
		return new CallEnd(Outcome.SUCCESS, response, null, true);
	}

	static CallEnd error(Throwable failure, boolean answering) {
		return new CallEnd(Outcome.ERROR, null, failure, answering);
	}

	static CallEnd cancelled(boolean answering) {
		return new CallEnd(Outcome.CANCELLED, null, null, answering);
	}

}
