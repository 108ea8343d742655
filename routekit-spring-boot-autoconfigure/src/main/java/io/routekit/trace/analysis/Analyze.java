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
 * Main class that analyzes traces. {@code --help} tells how.
 *
 * @since 0.1.0
 */
public final class Analyze {

	private Analyze() {
	}

	/**
	 * Analyze traces and exit.
	 * @param arguments the arguments of the command line
	 */
	public static void main(String[] arguments) {
		// Java itself would exit with 1
		int code = AnalyzeCommand.FAILED;
		try {
			code = new AnalyzeCommand(System.in, System.out, System.err).run(arguments);
		}
		finally {
			System.exit(code);
		}
	}

}
