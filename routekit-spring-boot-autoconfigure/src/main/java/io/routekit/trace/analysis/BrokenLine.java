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

package io.routekit.trace.analysis;

/**
 * A line that could not be read.
 *
 * @param file the name of the file
 * @param number the number of the line, from 1
 * @param reason what is wrong with it
 * @since 0.1.0
 */
public record BrokenLine(String file, long number, String reason) {

	public BrokenLine {
		Check.notNull(file, "'file' must not be null");
		Check.notNull(reason, "'reason' must not be null");
	}

}
