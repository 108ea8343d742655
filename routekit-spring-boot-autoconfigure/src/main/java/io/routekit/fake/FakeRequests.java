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

package io.routekit.fake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.routekit.ChatRequest;

/**
 * The requests that a {@link FakeModel} got. The oldest ones are forgotten, since a fake
 * model may serve a demonstration for days.
 */
final class FakeRequests {

	static final int LIMIT = 1000;

	private final Deque<ChatRequest> requests = new ArrayDeque<>();

	private long count;

	synchronized long record(ChatRequest request) {
		if (this.requests.size() == LIMIT) {
			this.requests.removeFirst();
		}
		this.requests.addLast(request);
		return ++this.count;
	}

	synchronized List<ChatRequest> all() {
		return List.copyOf(this.requests);
	}

	synchronized void clear() {
		this.requests.clear();
		this.count = 0;
	}

}
