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

package io.routekit.benchmarks;

import java.net.URI;
import java.util.ServiceLoader;

/**
 * Measures one client in one scenario, and prints a line of JSON. Its arguments are the
 * scenario, the name of the client, the format, the address of the load server, the core
 * to stay on and whether to be quick.
 */
public final class ClientMain {

	private ClientMain() {
	}

	public static void main(String[] args) {
		Lifeline.hold();
		System.out.println(measure(args));
		// Whatever threads a client has left
		Runtime.getRuntime().halt(0);
	}

	private static Measurement measure(String[] args) {
		try {
			Session session = new Session(factory(args[1]), Format.of(args[2]), URI.create(args[3]), args[4],
					Boolean.parseBoolean(args[5]));
			return Scenario.of(args[0]).run(session);
		}
		catch (Throwable ex) {
			ex.printStackTrace();
			Measurement failure = new Measurement();
			failure.put("failure", String.valueOf(ex.getMessage()));
			return failure;
		}
	}

	private static ClientFactory factory(String name) {
		return ServiceLoader.load(ClientFactory.class)
			.stream()
			.map(ServiceLoader.Provider::get)
			.filter((factory) -> factory.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no client '%s'".formatted(name)));
	}

}
