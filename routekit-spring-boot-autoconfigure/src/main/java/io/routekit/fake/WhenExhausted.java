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

package io.routekit.fake;

/**
 * Behaviour of a {@link FakeModel} when all the answers of its script are given.
 *
 * @since 0.1.0
 */
public enum WhenExhausted {

	/**
	 * Fail with a message that tells which call had no answer, and what was asked.
	 */
	FAIL,

	/**
	 * Give the last answer again. Without any answer, improvise.
	 */
	REPEAT_LAST,

	/**
	 * Start again with the first answer of the script. Without a script, improvise.
	 */
	CYCLE,

	/**
	 * Answer with the text of the last message.
	 */
	ECHO

}
