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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.StreamEvent;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The items of an answer, in the order of their index. Several may grow at the same time.
 * Gateways leave out their start, their end, their index or their id, change the id from
 * event to event, or begin to count again.
 */
final class OutputItems {

	/**
	 * The length of an empty text in JSON.
	 */
	private static final int EMPTY_LENGTH = 2;

	private final Reply reply;

	private final String issuer;

	private final KeptSize kept;

	private final List<Slot> slots = new ArrayList<>();

	private final Map<Integer, Slot> byIndex = new HashMap<>();

	private final Map<String, Slot> byId = new HashMap<>();

	private final Map<String, Slot> latest = new HashMap<>();

	private int toolCalls;

	private int unfinished;

	private int webSearches;

	private boolean answered;

	private boolean renumbered;

	/**
	 * What is added to indexes, since a server has begun to count again.
	 */
	private long base;

	private long lastPosition = -1;

	OutputItems(Reply reply, String issuer, KeptSize kept) {
		this.reply = reply;
		this.issuer = issuer;
		this.kept = kept;
	}

	/**
	 * Return whether the index alone tells which item a text belongs to, whatever its id.
	 * @param text the text
	 * @param target where the text is
	 * @return whether texts with another id belong to the same item
	 */
	boolean isIndexEnough(ItemText text, Target target) {
		Slot indexed = (target.index() != null && !this.renumbered) ? this.byIndex.get(target.index()) : null;
		return indexed != null && indexed.type.equals(text.itemType());
	}

	/**
	 * Return whether nothing more is expected of the items.
	 * @return whether there is an answer in them and all of them came as a whole
	 */
	boolean areFinished() {
		return this.answered && this.unfinished == 0;
	}

	/**
	 * Add an item that may grow.
	 * @param index the index of the item, or {@code null} if there is none
	 * @param json the item as far as it is known
	 * @param events takes the events that it amounts to
	 */
	void announce(@Nullable Integer index, ItemJson json, Consumer<StreamEvent> events) {
		Slot slot = (index != null) ? this.byIndex.get(index) : find(json.id());
		if (slot == null || slot.finished || !slot.type.equals(json.type())
				|| slot.announced && !slot.isSame(json, false)) {
			slot = open(json.type(), index);
		}
		if (!slot.announced) {
			slot.announced = true;
			name(slot, json.id());
			slot.item.announce(json, events);
		}
	}

	private @Nullable Slot find(@Nullable String id) {
		return (id != null) ? this.byId.get(id) : null;
	}

	private Slot open(String type, @Nullable Integer index) {
		this.kept.addPart();
		OutputItem item = switch (type) {
			case "message" -> new MessageItem(this.issuer, this.kept);
			case "reasoning" -> new ReasoningItem(this.issuer, this.kept);
			case "function_call" -> {
				this.kept.addToolCall();
				yield new FunctionCallItem(this.reply, this.issuer, this.toolCalls++, this.kept);
			}
			default -> new OpaqueItem(this.issuer, this.kept);
		};
		Slot slot = new Slot(type, item, position(index));
		this.slots.add(slot);
		this.unfinished++;
		this.answered |= item instanceof MessageItem || item instanceof FunctionCallItem;
		this.latest.put(type, slot);
		if (index != null) {
			this.byIndex.put(index, slot);
		}
		return slot;
	}

	private long position(@Nullable Integer index) {
		if (index == null) {
			return ++this.lastPosition;
		}
		if (this.byIndex.containsKey(index)) {
			this.renumbered = true;
			this.base = this.lastPosition + 1 - index;
		}
		this.lastPosition = Math.max(this.lastPosition, this.base + index);
		return this.base + index;
	}

	private void name(Slot slot, @Nullable String id) {
		if (id != null && slot.id == null) {
			this.kept.addObject(id.length());
			slot.id = id;
			this.byId.put(id, slot);
			if (slot.item instanceof FunctionCallItem call) {
				call.itemId(id);
			}
		}
	}

	/**
	 * Append a piece of a text.
	 * @param text the text
	 * @param target where the text is
	 * @param piece the piece
	 * @param events takes the events that it amounts to
	 */
	void append(ItemText text, Target target, String piece, Consumer<StreamEvent> events) {
		if (!piece.isEmpty()) {
			find(text, target).item.append(text, target.part(), piece, events);
		}
	}

	/**
	 * Take note of a text as a whole.
	 * @param text the text
	 * @param target where the text is
	 * @param whole the whole text as JSON
	 * @param events takes the events that it amounts to
	 */
	void settle(ItemText text, Target target, JsonRange whole, Consumer<StreamEvent> events) {
		if (whole.length() > EMPTY_LENGTH) {
			find(text, target).item.settle(text, target.part(), whole, events);
		}
	}

	/**
	 * Take note of the name of a tool that is called.
	 * @param target where the call is
	 * @param name the name
	 */
	void name(Target target, String name) {
		if (find(ItemText.ARGUMENTS, target).item instanceof FunctionCallItem call) {
			call.name(name);
		}
	}

	// An item that was not announced is opened by its text
	private Slot find(ItemText text, Target target) {
		String type = text.itemType();
		Slot slot = fitting(type, target.index(), target.id());
		if (slot == null && (target.index() == null || this.byIndex.containsKey(target.index()))) {
			Slot last = this.latest.get(type);
			slot = (last != null && !last.finished) ? last : null;
		}
		if (slot == null) {
			slot = open(type, target.index());
			name(slot, target.id());
		}
		else if (target.index() != null) {
			// From now on the id may be another one
			this.byIndex.putIfAbsent(target.index(), slot);
		}
		return slot;
	}

	private @Nullable Slot fitting(String type, @Nullable Integer index, @Nullable String id) {
		Slot indexed = (index != null) ? this.byIndex.get(index) : null;
		Slot named = find(id);
		Slot first = this.renumbered ? named : indexed;
		Slot second = this.renumbered ? indexed : named;
		if (first != null && first.type.equals(type)) {
			return first;
		}
		return (second != null && second.type.equals(type)) ? second : null;
	}

	/**
	 * Take note of an item as a whole.
	 * @param index the index of the item, or {@code null} if there is none
	 * @param json the item
	 * @param events takes the events that it amounts to
	 */
	void finish(@Nullable Integer index, ItemJson json, Consumer<StreamEvent> events) {
		Slot slot = fitting(json.type(), index, json.id());
		if (slot == null && index == null) {
			Slot last = this.latest.get(json.type());
			slot = (last != null && !last.finished) ? last : null;
		}
		if (slot == null || slot.finished && !slot.isSame(json, true)) {
			slot = open(json.type(), index);
		}
		finish(slot, json, false, events);
	}

	private void finish(Slot slot, ItemJson json, boolean cut, Consumer<StreamEvent> events) {
		if (!slot.finished) {
			slot.finished = true;
			this.unfinished--;
			this.webSearches += slot.type.equals("web_search_call") ? 1 : 0;
			name(slot, json.id());
			slot.item.finish(json, cut, events);
		}
	}

	/**
	 * Take note of all items at the end of the answer. Those that came before stand.
	 * @param output the items, an array
	 * @param cut whether the model was stopped before it was done
	 * @param events takes the events that they amount to
	 */
	void finishAll(JsonRange output, boolean cut, Consumer<StreamEvent> events) {
		Map<String, Deque<Slot>> unmatched = new HashMap<>();
		this.slots.forEach((slot) -> unmatched.computeIfAbsent(slot.type, (type) -> new ArrayDeque<>()).add(slot));
		Set<Slot> matched = new HashSet<>();
		boolean streamed = !this.slots.isEmpty();
		try (JsonParser parser = output.parser()) {
			parser.nextToken();
			JsonToken token = parser.nextToken();
			for (int index = 0; token != JsonToken.END_ARRAY; index++) {
				if (token == JsonToken.START_OBJECT) {
					ItemJson json = ItemJson.of(output.value(parser));
					token = parser.nextToken();
					boolean last = token == JsonToken.END_ARRAY;
					Slot slot = streamed ? match(index, json, unmatched, matched) : null;
					finish((slot != null) ? slot : open(json.type(), index), json, cut && last && !json.isWhole(),
							events);
				}
				else {
					parser.skipChildren();
					token = parser.nextToken();
				}
			}
		}
	}

	// The items at the end may have other ids, and some may be missing
	private @Nullable Slot match(int index, ItemJson json, Map<String, Deque<Slot>> unmatched, Set<Slot> matched) {
		Slot slot = this.renumbered ? null : this.byIndex.get(index);
		if (slot != null && slot.type.equals(json.type()) && matched.add(slot)) {
			return slot;
		}
		Deque<Slot> others = unmatched.get(json.type());
		while (others != null && !others.isEmpty()) {
			Slot other = others.poll();
			if (matched.add(other)) {
				return other;
			}
		}
		return null;
	}

	/**
	 * Complete the items at the end of the answer.
	 * @param cut whether the model was stopped before it was done
	 * @param events takes the events that were held back
	 * @return the parts that the items amount to
	 */
	List<AssistantPart> complete(boolean cut, Consumer<StreamEvent> events) {
		this.slots.sort(Comparator.comparingLong((slot) -> slot.position));
		List<AssistantPart> parts = new ArrayList<>();
		for (Slot slot : this.slots) {
			AssistantPart part = slot.item.complete(cut && !slot.finished, events);
			if (part != null) {
				parts.add(part);
			}
		}
		return parts;
	}

	/**
	 * Return why the model says nothing.
	 * @return the text, or {@code null} if it does not refuse
	 */
	@Nullable String refusal() {
		StringBuilder refusal = new StringBuilder();
		for (Slot slot : this.slots) {
			if (slot.item instanceof MessageItem message) {
				refusal.append(message.refusal());
			}
		}
		return refusal.toString().isBlank() ? null : refusal.toString();
	}

	/**
	 * Return how often the server searched the web.
	 * @return the number of searches that came as a whole
	 */
	int webSearches() {
		return this.webSearches;
	}

	/**
	 * Where a text is.
	 *
	 * @param index the index of the item, or {@code null} if there is none
	 * @param id the id of the item, or {@code null} if there is none
	 * @param part the index of the part of the item, or {@code null} if there is none
	 */
	record Target(@Nullable Integer index, @Nullable String id, @Nullable Integer part) {
	}

	/**
	 * An item and what is known about it.
	 */
	private static final class Slot {

		private final String type;

		private final OutputItem item;

		private final long position;

		private @Nullable String id;

		private boolean announced;

		private boolean finished;

		Slot(String type, OutputItem item, long position) {
			this.type = type;
			this.item = item;
			this.position = position;
		}

		/**
		 * Return whether an item is told of once more.
		 * @param json the item
		 * @param unknown what it is if neither has an id
		 * @return whether this is it
		 */
		boolean isSame(ItemJson json, boolean unknown) {
			boolean same = (this.id == null && json.id() == null) ? unknown : Objects.equals(this.id, json.id());
			boolean otherCall = this.item instanceof FunctionCallItem call && call.isOther(json.callId());
			return same && !otherCall;
		}

	}

}
