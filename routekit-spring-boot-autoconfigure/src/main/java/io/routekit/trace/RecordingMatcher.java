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

package io.routekit.trace;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether a recorded call answers a request. A bean of this type takes the place of
 * the one that {@link #byContent()} returns, and can build on it: <pre>{@code
 * &#64;Bean
 * RecordingMatcher ignoringTheUser() {
 *     return (recorded, actual) -> RecordingMatcher.byContent()
 *         .difference(withoutUser(recorded), withoutUser(actual));
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RecordingMatcher {

	/**
	 * Compare a request with a recorded one. It is called by any thread, several at a
	 * time, and must not block.
	 * @param recorded the request that was recorded
	 * @param actual the request to answer, redacted as the recorded one was
	 * @return where they differ first, or {@code null} if the recorded call answers the
	 * request
	 */
	@Nullable RequestDifference difference(RequestedCall recorded, RequestedCall actual);

	/**
	 * Return a matcher that compares whether a stream is asked for, messages, tools and
	 * options. It ignores what changes by nature: the ids of tool calls, what a provider
	 * wants back as it came, the order of the members and the white space of JSON in
	 * arguments, results and schemas. The provider, the tags, the timeouts and the number
	 * of retries may be others.
	 * @return the matcher
	 */
	static RecordingMatcher byContent() {
		return ContentMatcher.INSTANCE;
	}

}
