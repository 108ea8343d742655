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

import org.jspecify.annotations.Nullable;

/**
 * Properties that tell which requests a rule of the fake model answers.
 *
 * @since 0.1.0
 */
public final class FakeConditionProperties {

	/**
	 * Text that the last message of the user contains, whatever the case.
	 */
	private @Nullable String textContains;

	/**
	 * Name of a tool that the request offers.
	 */
	private @Nullable String tool;

	/**
	 * Whether the last message is the result of a tool.
	 */
	private @Nullable Boolean toolResult;

	/**
	 * Name of the model that the request asks for.
	 */
	private @Nullable String model;

	public @Nullable String getTextContains() {
		return this.textContains;
	}

	public void setTextContains(@Nullable String textContains) {
		this.textContains = textContains;
	}

	public @Nullable String getTool() {
		return this.tool;
	}

	public void setTool(@Nullable String tool) {
		this.tool = tool;
	}

	public @Nullable Boolean getToolResult() {
		return this.toolResult;
	}

	public void setToolResult(@Nullable Boolean toolResult) {
		this.toolResult = toolResult;
	}

	public @Nullable String getModel() {
		return this.model;
	}

	public void setModel(@Nullable String model) {
		this.model = model;
	}

}
