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

import io.routekit.OneLine;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What somebody decided about a call that waits for approval.
 *
 * @param id the id of the call
 * @param approved whether the call may run
 * @param reason why, which the model is told if the call may not run, or {@code null}
 * @since 0.1.0
 * @see Agent#resume
 */
public record ApprovalDecision(String id, boolean approved, @Nullable String reason) {

	public ApprovalDecision {
		Assert.hasText(id, "'id' must not be empty");
	}

	/**
	 * Approve a call.
	 * @param id the id of the call
	 * @return the decision
	 */
	public static ApprovalDecision approve(String id) {
		return new ApprovalDecision(id, true, null);
	}

	/**
	 * Refuse a call.
	 * @param id the id of the call
	 * @param reason why, for the model, or {@code null}
	 * @return the decision
	 */
	public static ApprovalDecision refuse(String id, @Nullable String reason) {
		return new ApprovalDecision(id, false, reason);
	}

	@Override
	public String toString() {
		return "ApprovalDecision[id=%s, approved=%s]".formatted(OneLine.ofName(this.id), this.approved);
	}

}
