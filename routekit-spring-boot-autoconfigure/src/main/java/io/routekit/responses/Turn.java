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

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.routekit.AssistantPart;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * A turn of the assistant with the items that the server issued for it. The server looks
 * for the reasoning that led to an item which has an id, so that either the whole turn
 * goes back or none of its ids.
 */
final class Turn {

	/**
	 * The members of a call that are written of the call itself.
	 */
	static final Set<String> CALL = Set.of("type", "call_id", "name", "arguments");

	/**
	 * The same, and the id of the item.
	 */
	static final Set<String> CALL_WITH_ID = Set.of("type", "call_id", "name", "arguments", "id");

	private final Map<AssistantPart, ReplayedItem> items;

	private final boolean whole;

	private Turn(Map<AssistantPart, ReplayedItem> items, boolean whole) {
		this.items = items;
		this.whole = whole;
	}

	static Turn of(List<AssistantPart> parts, ResponsesDialect dialect) {
		Map<AssistantPart, ReplayedItem> items = new IdentityHashMap<>();
		boolean whole = true;
		boolean followed = false;
		for (int i = parts.size() - 1; i >= 0; i--) {
			AssistantPart part = parts.get(i);
			String state = dialect.own(state(part));
			ReplayedItem item = (state != null) ? ReplayedItem.of(state) : null;
			boolean reasoning = part instanceof ReasoningPart;
			boolean back = item != null && item.isTakenBack();
			// Reasoning that led to nothing is no part of the turn
			whole &= back || reasoning && !followed || part instanceof OpaquePart;
			whole &= !(part instanceof ToolCall call) || call.complete();
			if (item != null && back && (!reasoning || followed)) {
				items.put(part, item);
			}
			followed |= !reasoning;
		}
		return new Turn(items, whole);
	}

	private static @Nullable ProviderState state(AssistantPart part) {
		if (part instanceof TextPart text) {
			return text.state();
		}
		if (part instanceof ReasoningPart reasoning) {
			return reasoning.state();
		}
		return (part instanceof ToolCall call) ? call.state() : ((OpaquePart) part).state();
	}

	/**
	 * Return whether all of the turn goes back.
	 * @return whether each part has an item that the server takes back
	 */
	boolean isWhole() {
		return this.whole;
	}

	/**
	 * Return the item of a part.
	 * @param part the part
	 * @return the item, or {@code null} if there is none that the server issued and takes
	 * back
	 */
	@Nullable ReplayedItem item(AssistantPart part) {
		return this.items.get(part);
	}

}
