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

package io.routekit.benchmarks.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.routekit.benchmarks.Format;

/**
 * Starts the processes, each with the class path of its module.
 *
 * @param folder the folder of the modules
 * @param options what to run
 */
record Launcher(Path folder, Options options) {

	/**
	 * Start the load server, which prints its port.
	 * @return the process, which stays on its core
	 */
	JavaProcess startServer() {
		List<String> command = new ArrayList<>(List.of("taskset", "-c", this.options.serverCore()));
		command.addAll(java("server", "1g"));
		command.add("io.routekit.benchmarks.server.LoadServer");
		return new JavaProcess(command);
	}

	/**
	 * Start a client, whose last line tells what was measured. It moves to its core once
	 * it is warm.
	 * @param comparison the scenario
	 * @param adapter the client
	 * @param format the wire format
	 * @param port the port of the load server
	 * @return the process
	 */
	JavaProcess startClient(Comparison comparison, Adapter adapter, Format format, String port) {
		List<String> command = java(adapter.module(), comparison.heap());
		command.addAll(List.of("io.routekit.benchmarks.ClientMain", comparison.id(), adapter.id(), format.id(),
				"http://127.0.0.1:" + port, this.options.clientCore(), String.valueOf(this.options.quick())));
		return new JavaProcess(command);
	}

	private List<String> java(String module, String heap) {
		return new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-cp", classPath(module),
				"-Xms" + heap, "-Xmx" + heap, "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1",
				"--enable-native-access=ALL-UNNAMED", "-Dslf4j.internal.verbosity=ERROR"));
	}

	/**
	 * Return the class path of a module.
	 * @param module the folder of the module
	 * @return the class path
	 */
	String classPath(String module) {
		Path target = this.folder.resolve(module).resolve("target");
		try {
			return target.resolve("classes") + ":" + Files.readString(target.resolve("classpath"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The module '%s' is not built".formatted(module), ex);
		}
	}

}
