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

import java.util.List;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.StreamEvent;

/**
 * A block of an answer, which is whole from the start or grows by deltas.
 */
interface ReplyBlock {

	/**
	 * Stands for the type of a delta that is not known, whose content is the delta as it
	 * came.
	 */
	String OTHER_DELTA = "";

	/**
	 * Append a delta. One of a type that means nothing to the block is ignored.
	 * @param type the type of the delta
	 * @param value the content of the delta
	 * @param events takes the events that it amounts to
	 */
	void append(String type, String value, Consumer<StreamEvent> events);

	/**
	 * Note that no delta follows.
	 * @param events takes the events that were held back
	 */
	default void stop(Consumer<StreamEvent> events) {
	}

	/**
	 * Complete the block at the end of the answer.
	 * @param end how the block ended
	 * @param events takes the events that were held back
	 * @return the parts that the block amounts to
	 */
	List<AssistantPart> complete(End end, Consumer<StreamEvent> events);

	/**
	 * How a block ended.
	 */
	enum End {

		/**
		 * With all that the model had to say in it.
		 */
		WHOLE,

		/**
		 * The model was stopped in it.
		 */
		CUT,

		/**
		 * The model declined, and another one took its place.
		 */
		DECLINED

	}

}
