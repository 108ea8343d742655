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

package io.routekit.anthropic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.StreamEvent;
import io.routekit.anthropic.ReplyBlock.End;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Reply;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of an answer. Several may grow at the same time, and some proxies leave out
 * their start, their index or their type.
 */
final class ReplyBlocks {

	/**
	 * The member that grows in the blocks of a type.
	 */
	private static final Map<String, String> GROWING = Map.of("text", "text", "thinking", "thinking", "tool_use",
			"input");

	private final Reply reply;

	private final OwnState own;

	private final KeptSize kept;

	private final List<ReplyBlock> blocks = new ArrayList<>();

	private final Map<Integer, ReplyBlock> byIndex = new HashMap<>();

	private final Set<ReplyBlock> open = new HashSet<>();

	private int toolCalls;

	private boolean callTools;

	/**
	 * How many blocks come from models that declined.
	 */
	private int declined;

	private @Nullable String servingModel;

	ReplyBlocks(Reply reply, OwnState own, KeptSize kept) {
		this.reply = reply;
		this.own = own;
		this.kept = kept;
	}

	boolean isEmpty() {
		return this.blocks.isEmpty();
	}

	/**
	 * Add a block that is whole.
	 * @param json the block
	 * @param events takes the events that it amounts to
	 */
	void add(JsonRange json, Consumer<StreamEvent> events) {
		start(null, json, events);
		stop(null, events);
	}

	/**
	 * Add a text that is whole.
	 * @param text the text
	 * @param events takes the events that it amounts to
	 */
	void add(String text, Consumer<StreamEvent> events) {
		add(JsonRange.of(WireJson.write(Blocks.text(text))), events);
	}

	/**
	 * Add a block that may grow.
	 * @param index the index of the block, or {@code null} if it has none
	 * @param json the block as far as it is known, or {@code null} if nothing is
	 * @param events takes the events that it amounts to
	 */
	void start(@Nullable Integer index, @Nullable JsonRange json, Consumer<StreamEvent> events) {
		if (json == null) {
			return;
		}
		this.kept.addPart();
		RawObject start = RawObject.of(json);
		String type = type(start);
		// What a block of a type that we know may grow by is counted by the block
		this.kept.addObject(json.length() - start.length(GROWING.get(type)));
		switch (type) {
			case "text" -> open(index, new TextBlock(this.own, start, this.kept, events), events);
			case "thinking" -> open(index, new ThinkingBlock(this.own, start, this.kept, events), events);
			case "tool_use" -> {
				this.kept.addToolCall();
				this.callTools = true;
				open(index, new ToolUseBlock(this.own, this.toolCalls++, toolName(start), start, this.kept, events),
						events);
			}
			case "" -> {
				// Nothing, so the deltas tell what it is
			}
			case "fallback" -> {
				fallBack(json);
				open(index, new OpaqueBlock(this.own, json, this.kept), events);
			}
			default -> open(index, new OpaqueBlock(this.own, json, this.kept), events);
		}
	}

	private void fallBack(JsonRange json) {
		this.declined = this.blocks.size();
		this.callTools = false;
		if (json.read(this.kept) instanceof Map<?, ?> block && block.get("to") instanceof Map<?, ?> to
				&& to.get("model") instanceof String model && !model.isBlank()) {
			String name = this.reply.name(model);
			this.kept.replace(this.servingModel, name);
			this.servingModel = name;
		}
	}

	private static String type(RawObject start) {
		String type = start.text("type");
		if (type == null || type.isBlank()) {
			return (start.text("text") != null) ? "text" : "";
		}
		return type;
	}

	private String toolName(RawObject start) {
		String name = start.text("name");
		if (name == null || name.isBlank()) {
			throw this.reply.invalid("The answer has a tool call without a name");
		}
		return name;
	}

	private void open(@Nullable Integer index, ReplyBlock block, Consumer<StreamEvent> events) {
		this.byIndex.put((index != null) ? index : this.blocks.size(), block);
		this.open.add(block);
		this.blocks.add(block);
	}

	private @Nullable ReplyBlock last() {
		return this.blocks.isEmpty() ? null : this.blocks.get(this.blocks.size() - 1);
	}

	private @Nullable ReplyBlock find(@Nullable Integer index) {
		return (index != null) ? this.byIndex.get(index) : last();
	}

	/**
	 * Append a delta to the block that it is for.
	 * @param index the index of the block, or {@code null} if the delta has none
	 * @param type the type of the delta
	 * @param value the content of the delta
	 * @param events takes the events that it amounts to
	 */
	void append(@Nullable Integer index, String type, String value, Consumer<StreamEvent> events) {
		ReplyBlock block = find(index);
		if (block == null && type.equals("text_delta") && !isOpen(TextBlock.class)) {
			open(index, new TextBlock(this.own, null, this.kept, events), events);
		}
		else if (block == null && type.equals("thinking_delta") && !isOpen(ThinkingBlock.class)) {
			open(index, new ThinkingBlock(this.own, RawObject.of("{\"type\":\"thinking\"}"), this.kept, events),
					events);
		}
		// Some proxies count the blocks in their own way
		ReplyBlock target = (block != null) ? block : last();
		if (target != null && (block != null || this.open.contains(target))) {
			target.append(type, value, events);
		}
	}

	private boolean isOpen(Class<? extends ReplyBlock> type) {
		ReplyBlock last = last();
		return type.isInstance(last) && this.open.contains(last);
	}

	/**
	 * Note that no delta follows for a block.
	 * @param index the index of the block, or {@code null} if it has none
	 * @param events takes the events that were held back
	 */
	void stop(@Nullable Integer index, Consumer<StreamEvent> events) {
		ReplyBlock block = find(index);
		if (block != null) {
			block.stop(events);
			this.open.remove(block);
		}
	}

	/**
	 * Complete the blocks at the end of the answer.
	 * @param stopped whether the model was stopped before it was done
	 * @param events takes the events that were held back
	 * @return the parts that the blocks amount to
	 */
	List<AssistantPart> complete(boolean stopped, Consumer<StreamEvent> events) {
		List<AssistantPart> parts = new ArrayList<>();
		for (int i = 0; i < this.blocks.size(); i++) {
			ReplyBlock block = this.blocks.get(i);
			boolean cut = stopped && (block == last() || this.open.contains(block));
			End end = cut ? End.CUT : End.WHOLE;
			parts.addAll(block.complete((i < this.declined) ? End.DECLINED : end, events));
		}
		return parts;
	}

	/**
	 * Return whether the model that answered calls tools. What a model before it called
	 * is not what the answer waits for.
	 * @return whether there are tool calls of the last model
	 */
	boolean callTools() {
		return this.callTools;
	}

	/**
	 * Return the model that took the place of the one that was asked.
	 * @return the name of the model, or {@code null} if there is none
	 */
	@Nullable String servingModel() {
		return this.servingModel;
	}

}
