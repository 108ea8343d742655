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

package io.routekit.completions;

import java.util.List;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.StreamEvent;
import io.routekit.wire.FinishReasons;
import io.routekit.wire.KeptSize;
import io.routekit.wire.KeptValues;
import org.jspecify.annotations.Nullable;

/**
 * One of the choices of an answer, of which there should be one.
 */
final class Choice {

	private final int index;

	private final MessageReader message;

	private final KeptSize kept;

	private final KeptValues metadata;

	private final LogProbabilities logProbabilities;

	private @Nullable String finishReason;

	Choice(int index, MessageReader message, KeptSize kept) {
		this.index = index;
		this.message = message;
		this.kept = kept;
		this.metadata = new KeptValues(kept);
		this.logProbabilities = new LogProbabilities(kept);
	}

	int index() {
		return this.index;
	}

	MessageReader message() {
		return this.message;
	}

	KeptValues metadata() {
		return this.metadata;
	}

	LogProbabilities logProbabilities() {
		return this.logProbabilities;
	}

	@Nullable String finishReason() {
		return this.finishReason;
	}

	void finish(@Nullable String reason) {
		String latest = FinishReasons.latest(this.finishReason, reason);
		this.kept.replace(this.finishReason, latest);
		this.finishReason = latest;
	}

	/**
	 * Complete the choice.
	 * @param reason why the model stopped if this choice does not say
	 * @param events takes the events that were held back
	 * @return the parts
	 */
	List<AssistantPart> complete(@Nullable String reason, Consumer<StreamEvent> events) {
		return this.message.complete(FinishReasons.isCut((this.finishReason != null) ? this.finishReason : reason),
				events);
	}

}
