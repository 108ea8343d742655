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

import io.routekit.ChatRequest;
import io.routekit.agent.AgentResponse;
import io.routekit.fake.FakeModel;
import org.jspecify.annotations.Nullable;

/**
 * Entry point to AssertJ assertions about what a model was asked and what an agent has
 * done. <pre>{@code
 * assertThat(model).hasReceived(1).lastRequest().hasUserText("A long text");
 * assertThat(response).isDone().hasCalledTool("find_order", "{\"number\":7}");
 * }</pre> Its methods can be imported statically beside those of AssertJ's
 * {@code Assertions}.
 *
 * @since 0.1.0
 */
public final class RouteKitAssertions {

	private RouteKitAssertions() {
	}

	/**
	 * Create assertions about a fake model.
	 * @param actual the model
	 * @return the assertions
	 */
	public static FakeModelAssert assertThat(@Nullable FakeModel actual) {
		return new FakeModelAssert(actual);
	}

	/**
	 * Create assertions about a request.
	 * @param actual the request
	 * @return the assertions
	 */
	public static ChatRequestAssert assertThat(@Nullable ChatRequest actual) {
		return new ChatRequestAssert(actual);
	}

	/**
	 * Create assertions about a run of an agent.
	 * @param actual the response of the run
	 * @return the assertions
	 */
	public static AgentResponseAssert assertThat(@Nullable AgentResponse actual) {
		return new AgentResponseAssert(actual);
	}

}
