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

package io.routekit.test.server;

import io.routekit.StreamEvent;
import tools.jackson.databind.JsonNode;

/**
 * A stream that is being written. Holds the state of one stream, so it is used once.
 */
interface WireStream {

	/**
	 * Return the server-sent events that a part of the answer makes.
	 * @param event the part of the answer
	 * @return the events, or an empty text if the format has none for it
	 */
	String write(StreamEvent event);

	static String data(String data) {
		return "data: " + data + "\n\n";
	}

	static String event(String type, JsonNode data) {
		return "event: " + type + "\n" + data(data.toString());
	}

}
