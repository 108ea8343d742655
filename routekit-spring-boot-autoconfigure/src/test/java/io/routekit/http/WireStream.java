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

package io.routekit.http;

import io.routekit.FinishReason;

/**
 * Writes a stream as a provider does.
 */
interface WireStream {

	/**
	 * Write a piece of text.
	 * @param json the text as it stands between the quotes of JSON
	 */
	WireStream text(String json);

	/**
	 * Write the start of the next tool call.
	 */
	WireStream call(String id, String name);

	/**
	 * Write a piece of the arguments of a tool call.
	 * @param position the position of the call
	 * @param arguments a part of the arguments
	 */
	WireStream arguments(int position, String arguments);

	/**
	 * Write why the model stopped, and the usage.
	 */
	WireStream finish(FinishReason reason);

	/**
	 * Write what marks the end.
	 */
	WireStream end();

	/**
	 * Write an error that has the shape of an event.
	 */
	WireStream error(String type, String message);

	/**
	 * Return what was written since this was last called.
	 */
	String take();

}
