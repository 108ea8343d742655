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

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A model's call of a tool.
 *
 * @param id the id that the result must name
 * @param name the name of the tool
 * @param arguments the arguments as the JSON text that the model wrote; an empty object
 * if it wrote none
 * @param complete whether the arguments are a whole JSON object; a call that is not
 * complete must not be executed
 * @param state what the provider wants back with the call, or {@code null}
 * @since 0.1.0
 */
public record ToolCall(String id, String name, String arguments, boolean complete,
		@Nullable ProviderState state) implements AssistantPart {

	public ToolCall {
		Assert.hasText(id, "'id' must not be empty");
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(arguments, "'arguments' must not be null");
	}

	/**
	 * Create a call from the arguments that a model wrote.
	 * @param id the id of the call
	 * @param name the name of the tool
	 * @param arguments the arguments as JSON text; blank means no arguments
	 * @return the call, flagged as not complete if the text is not a JSON object
	 */
	public static ToolCall of(String id, String name, String arguments) {
		return of(id, name, arguments, null);
	}

	/**
	 * Create a call from the arguments that a model wrote.
	 * @param id the id of the call
	 * @param name the name of the tool
	 * @param arguments the arguments as JSON text; blank means no arguments
	 * @param state what the provider wants back with the call, or {@code null}
	 * @return the call, flagged as not complete if the text is not a JSON object
	 */
	public static ToolCall of(String id, String name, String arguments, @Nullable ProviderState state) {
		Assert.notNull(arguments, "'arguments' must not be null");
		String json = arguments.isBlank() ? "{}" : arguments;
		return new ToolCall(id, name, json, JsonText.isObject(json), state);
	}

	/**
	 * Return the parsed arguments.
	 * @return the arguments by name
	 * @throws ModelException of kind {@code INVALID_RESPONSE} if the call is not
	 * {@linkplain #complete() complete}
	 */
	public Map<String, Object> argumentsAsMap() {
		return JsonText.readObject(this.arguments, "The arguments of tool call '%s' are not a JSON object", this.name);
	}

	/**
	 * Return the arguments as an object.
	 * @param <T> the type of the object
	 * @param type the type to read, for example a record
	 * @return the object
	 * @throws ModelException of kind {@code INVALID_RESPONSE} if the arguments do not fit
	 */
	public <T> T argumentsAs(Class<T> type) {
		Assert.notNull(type, "'type' must not be null");
		return JsonText.read(this.arguments, type, "The arguments of tool call '%s' do not fit", this.name);
	}

	@Override
	public String toString() {
		return "ToolCall[id=%s, name=%s, %d characters, complete=%s]".formatted(OneLine.ofName(this.id),
				OneLine.ofName(this.name), this.arguments.length(), this.complete);
	}

}
