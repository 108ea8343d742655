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

package io.routekit;

/**
 * How far a server makes a model keep to the format that an answer must have.
 *
 * @since 0.1.0
 * @see ProviderFacts#structuredOutput(ChatRequest)
 */
public enum StructuredOutput {

	/**
	 * To a JSON Schema, also while the model may call tools.
	 */
	JSON_SCHEMA,

	/**
	 * To a JSON Schema, unless the request has tools, which the server would refuse or
	 * the model would never call.
	 */
	JSON_SCHEMA_WITHOUT_TOOLS,

	/**
	 * To JSON, but to no schema, unless the request has tools.
	 */
	JSON_OBJECT,

	/**
	 * To no format: the model has to be told in words.
	 */
	NONE

}
