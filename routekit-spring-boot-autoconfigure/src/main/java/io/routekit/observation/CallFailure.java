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

package io.routekit.observation;

import java.time.Instant;

import io.routekit.ModelException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Description of a call that failed. No message is kept, since it may say what a provider
 * or an exception of the application says.
 *
 * @param time when the call failed
 * @param requestModel the name of the model that was asked for
 * @param kind the kind of failure, or {@code null} for an exception that is no
 * {@link ModelException}
 * @param status the HTTP status of the provider's reply, or {@code null} if there was
 * none
 * @param requestId the id that the provider's support can find the call by, or
 * {@code null} if there is none
 * @param retryable whether the same call may succeed when it is made again, or
 * {@code null} if that is not known
 * @since 0.1.0
 * @see CallLedger
 */
public record CallFailure(Instant time, String requestModel, ModelException.@Nullable Kind kind,
		@Nullable Integer status, @Nullable String requestId, @Nullable Boolean retryable) {

	public CallFailure {
		Assert.notNull(time, "'time' must not be null");
		Assert.notNull(requestModel, "'requestModel' must not be null");
	}

}
