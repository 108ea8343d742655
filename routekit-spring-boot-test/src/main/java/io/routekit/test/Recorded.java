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

package io.routekit.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Says which recording answers the calls of models in a test with an application context,
 * or in all tests of a class. The mode is that of {@code routekit.recording.mode}, or
 * else {@link io.routekit.trace.RecordingMode#REPLAY}: then neither a key nor a network
 * is needed. <pre>{@code
 * &#64;SpringBootTest
 * class SummarizerTests {
 *
 *     &#64;Test
 *     &#64;Recorded("summary")
 *     void summarizes() {
 *     }
 *
 * }
 * }</pre>
 * <p>
 * The recording is the file {@code summary.jsonl} in the directory
 * {@code routekit.recording.directory}. It is written by a run with
 * {@code -Droutekit.recording.mode=record}. A context uses one recording at a time, so
 * JUnit does not run such tests in parallel.
 *
 * @since 0.1.0
 * @see io.routekit.trace.Recordings
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
@ResourceLock("io.routekit.recording")
public @interface Recorded {

	/**
	 * The name of the recording, without its extension.
	 * @return the name
	 */
	String value();

}
