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

package io.routekit.benchmarks.floor;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.ClientSettings;
import io.routekit.benchmarks.Format;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Splits an answer where it lies, and pulls texts and usage out of each event with
 * Jackson's streaming parser. Knows no errors, no tools and no oddities of servers.
 */
final class TextReader implements AnswerReader {

	private static final JsonFactory JSON = new JsonFactory();

	private final Call call;

	private final boolean stream;

	private final boolean repeated;

	private byte[] bytes = new byte[8192];

	private int length;

	private int searched;

	private int promptTokens;

	private int completionTokens;

	TextReader(ClientSettings settings, Call call) {
		this.call = call;
		this.stream = settings.workload().isStream();
		this.repeated = this.stream && settings.format() == Format.RESPONSES;
	}

	@Override
	public void read(ByteBuf buffer) {
		int count = buffer.readableBytes();
		if (this.length + count > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, (this.length + count) * 2);
		}
		buffer.readBytes(this.bytes, this.length, count);
		this.length += count;
		if (this.stream) {
			readLines();
		}
	}

	private void readLines() {
		int start = 0;
		for (int i = this.searched; i < this.length; i++) {
			if (this.bytes[i] == '\n') {
				readLine(start, i);
				start = i + 1;
			}
		}
		this.length -= start;
		this.searched = this.length;
		System.arraycopy(this.bytes, start, this.bytes, 0, this.length);
	}

	private void readLine(int start, int end) {
		int json = start + "data: ".length();
		if (end > json && this.bytes[start] == 'd' && this.bytes[json] == '{') {
			readJson(json, end - json);
		}
	}

	private void readJson(int offset, int count) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), this.bytes, offset, count)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token == JsonToken.PROPERTY_NAME) {
					readProperty(parser.currentName(), parser);
				}
			}
		}
	}

	private void readProperty(String name, JsonParser parser) {
		JsonToken value = parser.nextToken();
		switch (name) {
			case "content", "text", "delta" -> {
				if (value == JsonToken.VALUE_STRING && parser.getStringLength() > 0 && isText(name)) {
					text(parser.getString());
				}
			}
			case "prompt_tokens", "input_tokens" -> this.promptTokens = parser.getIntValue();
			case "completion_tokens", "output_tokens" -> this.completionTokens = parser.getIntValue();
			default -> {
			}
		}
	}

	// A stream of Responses repeats its texts at the end
	private boolean isText(String name) {
		return !this.repeated || name.equals("delta");
	}

	private void text(String text) {
		if (this.stream) {
			this.call.text(text);
		}
		else {
			this.call.answer(text);
		}
	}

	@Override
	public void end() {
		if (!this.stream) {
			readJson(0, this.length);
		}
		this.call.usage(this.promptTokens, this.completionTokens);
		this.call.end();
	}

}
