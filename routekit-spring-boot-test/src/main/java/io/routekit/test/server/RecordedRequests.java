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

package io.routekit.test.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The requests that a server got. The oldest ones are forgotten.
 */
final class RecordedRequests {

	static final int LIMIT = 1000;

	private final Deque<RecordedRequest> requests = new ArrayDeque<>();

	private long count;

	/**
	 * Record a request.
	 * @param request the request
	 * @return its number since the server was started, from 1
	 */
	synchronized long record(RecordedRequest request) {
		if (this.requests.size() == LIMIT) {
			this.requests.removeFirst();
		}
		this.requests.addLast(request);
		return ++this.count;
	}

	synchronized List<RecordedRequest> all() {
		return List.copyOf(this.requests);
	}

	synchronized void clear() {
		this.requests.clear();
	}

}
