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

package io.routekit.anthropic;

import java.util.function.Function;

import io.routekit.ChatRequest;
import io.routekit.ResponseFormat;
import io.routekit.StructuredOutput;
import io.routekit.anthropic.Generation.Feature;

/**
 * Tells by the generation of a model whether it keeps to a JSON Schema. Any schema is
 * strict for the API, so that one which cannot be would be refused.
 *
 * @param generations tells the generation of a model
 * @param model the name of the model of requests that name none
 */
record GenerationOutput(Generations generations, String model) implements Function<ChatRequest, StructuredOutput> {

	@Override
	public StructuredOutput apply(ChatRequest request) {
		ResponseFormat format = request.options().responseFormat();
		boolean strict = format != null && Boolean.TRUE.equals(format.strict());
		String model = request.options().model();
		Generation generation = this.generations.of((model != null) ? model : this.model);
		return (strict && generation.takes(Feature.STRUCTURED_OUTPUT)) ? StructuredOutput.JSON_SCHEMA
				: StructuredOutput.NONE;
	}

}
