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

package io.routekit.benchmarks;

/**
 * A client of a model provider. A call must not block the caller.
 */
public interface Client {

	/**
	 * Start a call that is answered by a stream.
	 * @param call takes what arrives
	 */
	void stream(Call call);

	/**
	 * Start a call that is answered in one piece.
	 * @param call takes what arrives
	 */
	default void chat(Call call) {
		throw new UnsupportedOperationException("Only streams");
	}

}
