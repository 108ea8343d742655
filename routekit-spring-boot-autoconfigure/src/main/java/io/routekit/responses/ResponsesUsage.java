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

package io.routekit.responses;

import io.routekit.Usage;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.UsageCounters;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The usage of a response.
 */
final class ResponsesUsage {

	private final KeptSize kept;

	private final UsageCounters counters;

	ResponsesUsage(KeptSize kept) {
		this.kept = kept;
		// Some gateways end with zeros, while no count of theirs goes down to one
		this.counters = new UsageCounters((name) -> false, kept);
	}

	void read(JsonRange usage) {
		try (JsonParser parser = usage.parser()) {
			parser.nextToken();
			this.counters.add(this.kept.readObject(parser));
		}
	}

	boolean takeChanged() {
		return this.counters.takeChanged();
	}

	@Nullable Usage toUsage() {
		return this.counters.toUsage();
	}

}
