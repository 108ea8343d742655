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

package io.routekit.trace;

import io.routekit.memory.MemoryBudget;

/**
 * Takes calls that have ended. It neither blocks nor throws, since it is called while
 * somebody waits for the end of the call.
 */
interface CallSink {

	/**
	 * Take a call.
	 * @param call the call
	 */
	void accept(TracedCall call);

	/**
	 * Take notice that a call is missing, since following it failed.
	 * @param failure why
	 */
	void lost(Throwable failure);

	/**
	 * Return the memory that the events of a stream are kept in until it ends.
	 * @return the memory
	 */
	MemoryBudget budget();

}
