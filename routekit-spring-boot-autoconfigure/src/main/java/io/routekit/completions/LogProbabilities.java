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

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.UnreadObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The log probabilities of an answer. Each chunk has those of its tokens, so that the
 * lists are joined. They are many times as large as the text, and are kept as they came
 * until somebody looks at them.
 */
final class LogProbabilities {

	static final String NAME = "logprobs";

	private final KeptSize kept;

	private final Map<String, Member> members = new LinkedHashMap<>(0);

	LogProbabilities(KeptSize kept) {
		this.kept = kept;
	}

	/**
	 * Read the log probabilities of a chunk.
	 * @param json the array that holds the payload
	 * @param offset the position of the payload
	 * @param parser a parser of the payload that points at the value
	 */
	void read(byte[] json, int offset, JsonParser parser) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			JsonRange value = JsonRange.of(json, offset, parser);
			if (token != JsonToken.VALUE_NULL) {
				member(name).add(value, token == JsonToken.START_ARRAY);
				this.kept.addText(value.length());
			}
		}
	}

	private Member member(String name) {
		Member member = this.members.get(name);
		if (member == null) {
			this.kept.addObject(name.length());
			member = new Member();
			this.members.put(name, member);
		}
		return member;
	}

	/**
	 * Return the log probabilities of the whole answer.
	 * @return the object, or {@code null} if there are none
	 */
	@Nullable UnreadObject toObject() {
		if (this.members.isEmpty()) {
			return null;
		}
		Map<String, JsonRange> members = new LinkedHashMap<>();
		this.members.forEach((name, member) -> members.put(name, member.toJson()));
		return new UnreadObject(members);
	}

	/**
	 * A member, of which all elements are kept if it is a list, otherwise the last value.
	 */
	private static final class Member {

		private final ByteArrayOutputStream json = new ByteArrayOutputStream();

		private boolean list;

		void add(JsonRange value, boolean list) {
			if (!list) {
				this.json.reset();
				this.json.write(value.json(), value.offset(), value.length());
			}
			else if (!this.list) {
				this.json.reset();
				this.json.write('[');
				addElements(value);
			}
			else {
				addElements(value);
			}
			this.list = list;
		}

		private void addElements(JsonRange list) {
			int start = list.offset() + 1;
			int end = list.offset() + list.length() - 1;
			while (start < end && list.json()[start] <= ' ') {
				start++;
			}
			if (start < end) {
				if (this.json.size() > 1) {
					this.json.write(',');
				}
				this.json.write(list.json(), start, end - start);
			}
		}

		// Only once, at the end of the answer
		JsonRange toJson() {
			if (this.list) {
				this.json.write(']');
			}
			byte[] json = this.json.toByteArray();
			return new JsonRange(json, 0, json.length);
		}

	}

}
