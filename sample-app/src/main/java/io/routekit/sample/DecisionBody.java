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

package io.routekit.sample;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.routekit.agent.ApprovalDecision;
import org.jspecify.annotations.Nullable;

/**
 * A decision about a call, in the body of a request.
 *
 * @param id the id of the call
 * @param approved whether it may run
 * @param reason why, or {@code null}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record DecisionBody(String id, Boolean approved, @Nullable String reason) {

	DecisionBody {
		InvalidFieldException.required("id", id);
		if (approved == null) {
			throw InvalidFieldException.mustBe("approved", "true or false", null);
		}
	}

	ApprovalDecision toDecision() {
		return new ApprovalDecision(this.id, this.approved, this.reason);
	}

}
