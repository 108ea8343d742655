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

package io.routekit.agent;

/**
 * Thrown when a run cannot go on with what it is given: a decision is about a call that
 * does not wait for one, or a call was changed, was made up, or was signed by an instance
 * with another secret.
 *
 * @since 0.1.0
 */
public final class InvalidApprovalException extends IllegalArgumentException {

	InvalidApprovalException(String message) {
		super(message);
	}

}
