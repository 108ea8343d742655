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

/**
 * What a client has to do.
 *
 * @param format the wire format
 * @param server the address of the load server
 * @param workload what to ask for
 * @param concurrency the calls at a time, for which there must be connections
 */
public record ClientSettings(Format format, URI server, Workload workload, int concurrency) {

	/**
	 * Return the base URL as users set it for the format.
	 * @return the base URL
	 */
	public URI baseUrl() {
		return this.format.baseUrl(this.server, this.workload);
	}

}
