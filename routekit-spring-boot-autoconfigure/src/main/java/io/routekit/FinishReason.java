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

/**
 * Why a model stopped.
 * <p>
 * Further reasons may be added, so code that tells them apart needs a default branch.
 *
 * @since 0.1.0
 */
public enum FinishReason {

	/**
	 * The answer is complete.
	 */
	STOP,

	/**
	 * The answer was cut by a limit on tokens.
	 */
	LENGTH,

	/**
	 * The model waits for the results of tool calls.
	 */
	TOOL_CALLS,

	/**
	 * A content filter withheld the answer or the rest of it.
	 */
	CONTENT_FILTERED,

	/**
	 * The model refused to answer.
	 */
	REFUSAL,

	/**
	 * The provider gave another reason, or none.
	 */
	OTHER

}
