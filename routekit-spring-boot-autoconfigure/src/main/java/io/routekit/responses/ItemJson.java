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

import java.util.EnumMap;
import java.util.Map;

import io.routekit.ProviderState;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * An item as it came. It is only valid while the payload is read.
 */
final class ItemJson {

	private final JsonRange json;

	private @Nullable String type;

	private @Nullable String id;

	private @Nullable String callId;

	private @Nullable String name;

	private @Nullable String status;

	private @Nullable JsonRange arguments;

	private @Nullable JsonRange content;

	private @Nullable JsonRange summary;

	private @Nullable Map<ItemText, Texts> texts;

	private ItemJson(JsonRange json) {
		this.json = json;
	}

	/**
	 * Read an item.
	 * @param json the item, an object
	 * @return the item
	 */
	static ItemJson of(JsonRange json) {
		ItemJson item = new ItemJson(json);
		try (JsonParser parser = json.parser()) {
			parser.nextToken();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				parser.nextToken();
				item.readMember(name, parser);
			}
		}
		return item;
	}

	private void readMember(String name, JsonParser parser) {
		switch (name) {
			case "type" -> this.type = WireJson.readText(parser);
			case "id" -> this.id = WireJson.readText(parser);
			case "call_id" -> this.callId = WireJson.readText(parser);
			case "name" -> this.name = WireJson.readText(parser);
			case "status" -> this.status = WireJson.readText(parser);
			case "arguments" -> this.arguments = this.json.value(parser);
			case "content" -> this.content = this.json.value(parser);
			case "summary" -> this.summary = this.json.value(parser);
			default -> parser.skipChildren();
		}
	}

	// Most items at the end of a stream are known, so that nobody asks for their texts
	private Map<ItemText, Texts> texts() {
		Map<ItemText, Texts> texts = this.texts;
		if (texts == null) {
			texts = new EnumMap<>(ItemText.class);
			addArguments(texts);
			addParts(texts, this.summary, ItemText.SUMMARY);
			addParts(texts, this.content, ItemText.OUTPUT);
			this.texts = texts;
		}
		return texts;
	}

	// Some servers send the arguments as they are
	private void addArguments(Map<ItemText, Texts> texts) {
		if (this.arguments != null && !this.arguments.isNull()) {
			String text = this.arguments.text();
			add(texts, ItemText.ARGUMENTS, (text != null) ? text : this.arguments.toJson());
		}
	}

	private static void addParts(Map<ItemText, Texts> texts, @Nullable JsonRange parts, ItemText usual) {
		if (parts == null) {
			return;
		}
		String text = parts.text();
		if (text != null) {
			add(texts, usual, text);
		}
		else if (parts.hasContent()) {
			try (JsonParser parser = parts.parser()) {
				addParts(texts, parts, parser, usual);
			}
		}
	}

	private static void addParts(Map<ItemText, Texts> texts, JsonRange parts, JsonParser parser, ItemText usual) {
		if (parser.nextToken() != JsonToken.START_ARRAY) {
			return;
		}
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() == JsonToken.START_OBJECT) {
				PartJson part = PartJson.read(parts, parser);
				ItemText kind = part.kind(usual);
				String text = (part.text() != null) ? part.text().text() : null;
				if (kind != null && text != null) {
					add(texts, kind, text);
				}
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private static void add(Map<ItemText, Texts> texts, ItemText kind, String text) {
		texts.computeIfAbsent(kind, (key) -> new Texts()).add(text);
	}

	/**
	 * Return the type of the item. What it has tells it where the server does not.
	 * @return the type, or an empty text if nothing tells it
	 */
	String type() {
		if (this.type != null) {
			return this.type;
		}
		if (this.callId != null && this.name != null) {
			return ItemText.ARGUMENTS.itemType();
		}
		return texts().isEmpty() ? "" : texts().keySet().iterator().next().itemType();
	}

	@Nullable String id() {
		return this.id;
	}

	@Nullable String callId() {
		return this.callId;
	}

	@Nullable String name() {
		return this.name;
	}

	/**
	 * Return whether the server says that the item was cut.
	 * @return whether the model was stopped in it
	 */
	boolean isCut() {
		return "incomplete".equalsIgnoreCase(this.status);
	}

	/**
	 * Return whether the server says that the item is whole.
	 * @return whether the model has finished it
	 */
	boolean isWhole() {
		return "completed".equalsIgnoreCase(this.status);
	}

	/**
	 * Return a text of the item, that of all its parts.
	 * @param kind the text
	 * @return the text, possibly empty
	 */
	String text(ItemText kind) {
		Texts texts = texts().get(kind);
		return (texts != null) ? texts.join() : "";
	}

	/**
	 * Keep the item for its issuer.
	 * @param issuer who issued it
	 * @param known how much of its text is kept already
	 * @param kept counts what is kept of the answer
	 * @return the item as it came
	 */
	ProviderState keep(String issuer, int known, KeptSize kept) {
		int texts = texts().values().stream().mapToInt(Texts::length).sum();
		int copied = Math.min(known, texts);
		kept.addCopy(copied);
		kept.addObject(this.json.length() - copied);
		return new ProviderState(issuer, this.json.toJson());
	}

	/**
	 * The texts of several parts, or of one, which need not be copied.
	 */
	private static final class Texts {

		private String first = "";

		private @Nullable StringBuilder all;

		void add(String text) {
			if (this.all != null) {
				this.all.append(text);
			}
			else if (this.first.isEmpty()) {
				this.first = text;
			}
			else {
				this.all = new StringBuilder(this.first).append(text);
			}
		}

		int length() {
			return (this.all != null) ? this.all.length() : this.first.length();
		}

		String join() {
			return (this.all != null) ? this.all.toString() : this.first;
		}

	}

}
