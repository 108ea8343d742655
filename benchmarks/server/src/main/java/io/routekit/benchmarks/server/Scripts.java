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

package io.routekit.benchmarks.server;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.routekit.benchmarks.Answer;
import io.routekit.benchmarks.Format;
import io.routekit.benchmarks.Workload;

/**
 * The scripts that were asked for so far.
 */
final class Scripts {

	private final Map<String, Script> scripts = new HashMap<>();

	Script get(String uri) {
		return this.scripts.computeIfAbsent(uri, Scripts::create);
	}

	private static Format format(String uri) {
		return Stream.of(Format.values())
			.filter((format) -> uri.endsWith(format.path()))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is nothing at " + uri));
	}

	private static Script create(String uri) {
		Workload workload = Workload.parse(uri);
		Answer answer = new Answer(workload);
		Frames frames = Frames.of(format(uri), answer);
		return new Script(workload,
				workload.isStream() ? Http.stream(frames.stream(), workload.batch()) : Http.whole(frames.whole()));
	}

}
