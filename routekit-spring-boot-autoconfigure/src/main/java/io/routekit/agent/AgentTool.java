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
package io.routekit.agent;

import java.time.Duration;

import io.routekit.Tool;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A tool that an {@link Agent} runs when the model calls it. Thread-safe: calls of one
 * reply run at once, unless the tool is {@linkplain #isSerial() serial}.
 *
 * @since 0.1.0
 */
public interface AgentTool {

	/**
	 * Return the tool as the model is told of it.
	 * @return the tool
	 */
	Tool definition();

	/**
	 * Run the tool. It must not block the thread that subscribes.
	 * @param context what the tool is called with
	 * @return the result, empty if there is nothing to say; a {@link ToolException} tells
	 * the model why it failed, any other failure is told as a neutral text; cancelled
	 * when the run is
	 */
	Mono<ToolResult> call(ToolContext context);

	/**
	 * Return whether no two calls of the tool in a reply may run at once.
	 * @return whether they run one after the other, in the order of the reply
	 */
	default boolean isSerial() {
		return false;
	}

	/**
	 * Return how long a call may take.
	 * @return the time, or {@code null} if only the run limits it
	 */
	default @Nullable Duration timeout() {
		return null;
	}

	/**
	 * Return whether somebody must approve a call before it runs. Asked on the thread of
	 * the answer, so it must not block; if it throws, approval is needed.
	 * @param context what the tool would be called with
	 * @return whether the run stops and waits for a decision
	 */
	default boolean needsApproval(ToolContext context) {
		return false;
	}

}
