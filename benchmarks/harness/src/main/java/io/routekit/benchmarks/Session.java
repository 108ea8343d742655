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
import java.time.Duration;

/**
 * What one process is to measure.
 *
 * @param factory makes the client
 * @param format the wire format
 * @param server the address of the load server
 * @param core the core to stay on while measuring
 * @param quick whether to show only that it works
 */
record Session(ClientFactory factory, Format format, URI server, String core, boolean quick) {

	Client client(Workload workload, int concurrency) {
		return this.factory.create(new ClientSettings(this.format, this.server, workload, concurrency));
	}

	Snapshot snapshot() {
		return Snapshot.take(this.server);
	}

	void pin() {
		Cores.pin(this.core);
	}

	/**
	 * Return how long something shall take.
	 * @param seconds the seconds of a real measurement
	 * @return the time
	 */
	Duration seconds(int seconds) {
		return this.quick ? Duration.ofMillis(100L * seconds) : Duration.ofSeconds(seconds);
	}

}
