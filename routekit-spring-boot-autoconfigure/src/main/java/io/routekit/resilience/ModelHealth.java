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

package io.routekit.resilience;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Health of a model by its calls of the last five minutes. Its own retries are part of a
 * call; answers of the models that it falls back to are not its own.
 *
 * @param degraded whether at least half of five or more calls failed, or the last three
 * did
 * @param calls the number of calls that say something about the model: cancelled ones and
 * failures that are the request's own do not
 * @param failedCalls how many of them failed
 * @param lastError the {@linkplain io.routekit.ModelException.Kind#errorType() type} of
 * the last failure, or {@code null} if there was none
 * @param lastErrorAt when that was, or {@code null} if there was none
 * @since 0.1.0
 */
public record ModelHealth(boolean degraded, long calls, long failedCalls, @Nullable String lastError,
		@Nullable Instant lastErrorAt) {

}
