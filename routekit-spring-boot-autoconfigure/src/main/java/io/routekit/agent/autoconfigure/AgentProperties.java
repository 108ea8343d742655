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

package io.routekit.agent.autoconfigure;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import io.routekit.autoconfigure.OptionsProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of an agent, below {@code routekit.agents.<name>}.
 *
 * @param model name of the model to ask. The default is the model of 'routekit.provider'
 * @param instructions text of the system message that each call of the model begins with
 * @param instructionsLocation location of a file with that text in UTF-8, in place of
 * 'instructions': a path, or an address that begins with 'file:' or 'classpath:'
 * @param tools names of tools, and of beans that are a tool or have some. The default is
 * none
 * @param limits limits of a run
 * @param options options of the calls of the model, which win over those of the model
 * @param parallelCalls number of calls of one reply that run at once. The default is 8
 * @param maxResultLength number of characters that the result of a tool may have before
 * it is cut. The default is 100000
 * @since 0.1.0
 */
public record AgentProperties(@Nullable String model, @Nullable String instructions,
		@Nullable String instructionsLocation, @DefaultValue List<String> tools, @DefaultValue Limits limits,
		@DefaultValue OptionsProperties options, @Nullable Integer parallelCalls, @Nullable Integer maxResultLength) {

	/**
	 * Limits of a run.
	 *
	 * @param rounds number of times that the model is asked. The default is 10
	 * @param toolCalls number of calls of tools. The default is 40
	 * @param cost what the rounds may have cost in USD when a further one begins. The
	 * default is any cost
	 * @param total time that the run may take. The default is any time
	 */
	public record Limits(@Nullable Integer rounds, @Nullable Integer toolCalls, @Nullable BigDecimal cost,
			@Nullable Duration total) {

	}

}
