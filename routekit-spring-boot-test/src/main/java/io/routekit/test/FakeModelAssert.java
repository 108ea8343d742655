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

package io.routekit.test;

import java.util.List;

import io.routekit.ChatRequest;
import io.routekit.fake.FakeModel;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ assertions about what a {@link FakeModel} was asked.
 *
 * @since 0.1.0
 * @see RouteKitAssertions#assertThat(FakeModel)
 */
public final class FakeModelAssert extends AbstractAssert<FakeModelAssert, FakeModel> {

	FakeModelAssert(@Nullable FakeModel actual) {
		super(actual, FakeModelAssert.class);
	}

	/**
	 * Verify how many requests the model got. It remembers the last 1,000.
	 * @param count the expected number
	 * @return this assertion
	 */
	public FakeModelAssert hasReceived(int count) {
		List<ChatRequest> requests = requests();
		if (requests.size() != count) {
			throw failure("Expected the fake model to have received %d requests but it has received %s", count,
					Conversation.describe(requests));
		}
		return this;
	}

	/**
	 * Verify that the model got no request.
	 * @return this assertion
	 */
	public FakeModelAssert hasReceivedNothing() {
		return hasReceived(0);
	}

	/**
	 * Verify that the model has given all the answers of its script. Those of rules are
	 * not counted.
	 * @return this assertion
	 */
	public FakeModelAssert hasNoUnusedResponses() {
		List<ChatRequest> requests = requests();
		int remaining = this.actual.remainingResponses();
		if (remaining != 0) {
			throw failure("Expected the fake model to have given all its answers but %d are left; it has received %s",
					remaining, Conversation.describe(requests));
		}
		return this;
	}

	/**
	 * Verify that the model got a request, and go on with the last one.
	 * @return assertions about the request
	 */
	public ChatRequestAssert lastRequest() {
		List<ChatRequest> requests = requests();
		if (requests.isEmpty()) {
			throw failure("Expected the fake model to have received a request but it has received none");
		}
		return new ChatRequestAssert(requests.get(requests.size() - 1)).as("last request");
	}

	/**
	 * Verify that the model got a request, and go on with it.
	 * @param index the position of the request, from 0
	 * @return assertions about the request
	 */
	public ChatRequestAssert request(int index) {
		List<ChatRequest> requests = requests();
		if (index < 0 || index >= requests.size()) {
			throw failure("Expected the fake model to have received a request with index %d but it has received %s",
					index, Conversation.describe(requests));
		}
		return new ChatRequestAssert(requests.get(index)).as("request %d", index);
	}

	private List<ChatRequest> requests() {
		isNotNull();
		return this.actual.requests();
	}

}
