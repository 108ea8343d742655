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

	private static final String JAVA = System.getProperty("java.home") + "/bin/java";

	private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

	/**
	 * Start the load server, which prints its port.
	 * @return the process, which stays on its core
	 */
	JavaProcess startServer() {
		List<String> command = new ArrayList<>(List.of("taskset", "-c", this.options.serverCore()));
		command.addAll(onOneCore("server", "1g"));
		command.add("io.routekit.benchmarks.server.LoadServer");
		return new JavaProcess(command);
	}

	/**
	 * Start a client. It moves to its core once it is warm.
	 * @param comparison the scenario
	 * @param adapter the client
	 * @param format the wire format
	 * @param port the port of the load server
	 * @return the process
	 */
	JavaProcess startClient(Comparison comparison, Adapter adapter, Format format, String port) {
		List<String> command = onOneCore(adapter.module(), comparison.heap());
		command.addAll(List.of("io.routekit.benchmarks.ClientMain", comparison.id(), adapter.id(), format.id(),
				"http://127.0.0.1:" + port, this.options.clientCore(), String.valueOf(this.options.quick())));
		return new JavaProcess(command);
	}

	private List<String> onOneCore(String module, String heap) {
		return new ArrayList<>(List.of(JAVA, "-cp", classPath(module), "-Xms" + heap, "-Xmx" + heap, "-XX:+UseSerialGC",
				"-XX:ActiveProcessorCount=1", NATIVE_ACCESS, "-Dslf4j.internal.verbosity=ERROR"));
	}

	/**
	 * Start an application with all that the machine has.
	 * @param jar its jar
	 * @return the process
	 */
	JavaProcess startApplication(Path jar) {
		return new JavaProcess(List.of(JAVA, NATIVE_ACCESS, "-jar", jar.toString(), "--server.port=0"));
	}

	/**
	 * Start JMH.
	 * @param file takes its results
	 * @return the process
	 */
	JavaProcess startJmh(Path file) {
		List<String> command = new ArrayList<>(
				List.of(JAVA, "-cp", classPath("jmh"), "org.openjdk.jmh.Main", "-bm", "avgt", "-tu", "ns", "-prof",
						"gc", "-rf", "json", "-rff", file.toString(), "-jvmArgs", "-Xms1g -Xmx1g -XX:+UseSerialGC"));
		command.addAll(this.options.quick() ? List.of("-f", "1", "-wi", "1", "-i", "1", "-w", "100ms", "-r", "100ms")
				: List.of("-f", String.valueOf(this.options.rounds()), "-wi", "5", "-i", "5", "-w", "1s", "-r", "1s"));
		return new JavaProcess(command);
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

	/**
	 * Return the jar of an application.
	 * @param application the folder of the application
	 * @return the jar
	 */
	Path jar(String application) {
		return this.folder.resolve("start-up/%1$s/target/routekit-benchmarks-start-up-%1$s.jar".formatted(application));
	}

}
