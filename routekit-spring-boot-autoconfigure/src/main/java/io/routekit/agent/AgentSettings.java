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

import java.util.List;
import java.util.function.Supplier;

import io.routekit.ChatOptions;
import io.routekit.JsonTypes;
import io.routekit.Model;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of an agent have in common.
 *
 * @param name the name of the agent
 * @param model the model to ask
 * @param instructions the system message of each call, or {@code null} for none
 * @param options the options of each call, unless the request has others
 * @param limits the limits of a run
 * @param tools the tools in their order
 * @param runner runs the tools
 * @param filters what surrounds a run, the outermost first
 * @param signer signs what waits for approval
 * @param jsonTypes knows the JSON of typed answers
 */
record AgentSettings(String name, Model model, @Nullable String instructions, ChatOptions options, AgentLimits limits,
		List<AgentTool> tools, ToolRunner runner, List<AgentFilter> filters, ApprovalSigner signer,
		Supplier<JsonTypes> jsonTypes) {

}
