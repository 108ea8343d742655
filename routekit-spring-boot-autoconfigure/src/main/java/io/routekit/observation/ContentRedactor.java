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

/**
 * Takes out of content what must not be recorded. Secrets that RouteKit knows of are
 * taken out before. A bean of this type is asked for each piece of content before it
 * becomes part of a span or gets into a file. That happens only if
 * {@code routekit.observations.include-content}, {@code routekit.trace.include-content}
 * or {@code routekit.recording.mode} is set. <pre>{@code
 * &#64;Bean
 * ContentRedactor cardNumbers() {
 *     return (content) -> CARD_NUMBER.matcher(content).replaceAll("[card]");
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ContentRedactor {

	/**
	 * Return content as it may be recorded. It is called by any thread, several at a
	 * time, and must not block: often it holds up the end of a call. If it fails, a
	 * marker is recorded in place of the content.
	 * @param content a text of a message, the reasoning, the result of a tool, the
	 * address of an image; or the arguments of a tool call or the schema of a tool as
	 * JSON text; as a whole
	 * @return what to record
	 */
	String redact(String content);

}
