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

import io.routekit.ToolCall;
import io.routekit.ToolMessage;

import org.springframework.util.Assert;

/**
 * A call of a tool that has ended.
 *
 * @param round the round of the run, from 1; a call that was approved has the round of
 * the run that goes on
 * @param call the call of the model
 * @param result what the model is told
 * @param duration the time that the call took
 * @since 0.1.0
 */
public record ToolStep(int round, ToolCall call, ToolResult result, Duration duration) {

	public ToolStep {
		Assert.notNull(call, "'call' must not be null");
		Assert.notNull(result, "'result' must not be null");
		Assert.notNull(duration, "'duration' must not be null");
	}

	ToolMessage toMessage() {
		return new ToolMessage(this.call.id(), this.result.parts(), this.result.error());
	}

}
