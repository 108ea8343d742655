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

import io.routekit.ModelException;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a provider tells that it failed.
 */
interface WireErrors {

	/**
	 * Return the status of a failure that names none.
	 * @param kind the kind of the failure
	 * @return the status
	 */
	int status(ModelException.Kind kind);

	/**
	 * Return the body of a failure.
	 * @param failure the failure
	 * @param status the status
	 * @param requestId the id of the request
	 * @return the body
	 */
	ObjectNode body(ModelException failure, int status, String requestId);

}
