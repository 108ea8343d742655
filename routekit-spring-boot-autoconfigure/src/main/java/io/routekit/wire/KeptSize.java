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

package io.routekit.wire;

import java.util.Map;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.memory.MemoryBudget;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How much memory an answer takes, so that no server can fill it: what is kept of the
 * content, counted by its characters and objects, what is kept beside it, and the bytes
 * that were not decoded yet. A character counts as a byte. All of it is reserved from
 * what the calls under way may keep together, in steps, so that most additions are free
 * of it. Used by one thread at a time.
 *
 * @since 0.1.0
 */
public final class KeptSize {

	/**
	 * What an object of ours takes, roughly.
	 */
	private static final int OBJECT = 100;

	/**
	 * How much is reserved at once.
	 */
	private static final int STEP = 16 * 1024;

	private final Reply reply;

	private final MemoryBudget inFlight;

	private final long limit;

	private final ValueReader values;

	private long size;

	private long buffered;

	private long copies;

	private long contents;

	private long reserved;

	private int parts;

	private int toolCalls;

	/**
	 * Create a new {@link KeptSize} instance for a reply that shares its memory with
	 * none.
	 * @param reply the reply whose limits count
	 */
	public KeptSize(Reply reply) {
		this(reply, new MemoryBudget(Long.MAX_VALUE));
	}

	/**
	 * Create a new {@link KeptSize} instance.
	 * @param reply the reply whose limits count
	 * @param inFlight what all calls under way may keep together
	 */
	public KeptSize(Reply reply, MemoryBudget inFlight) {
		Assert.notNull(inFlight, "'inFlight' must not be null");
		Assert.notNull(reply, "'reply' must not be null");
		this.reply = reply;
		this.inFlight = inFlight;
		this.limit = reply.limits().response().toBytes();
		this.values = new ValueReader(this::tooLarge);
	}

	/**
	 * Add an object that is part of the content of the answer.
	 * @param length the length of the text that it holds
	 * @throws ModelException if more than the limit is kept now
	 */
	public void addObject(int length) {
		addText(OBJECT + length);
	}

	/**
	 * Add text that is part of the content of the answer.
	 * @param length the length of the text
	 * @throws ModelException if more than the limit is kept now
	 */
	public void addText(int length) {
		this.contents += (length > 0) ? 1 : 0;
		change(length);
	}

	/**
	 * Add what holds content of the answer once more, as it came. It takes memory, but
	 * does not make the answer larger.
	 * @param length the length of the content
	 * @throws ModelException if all calls keep more than they may together
	 */
	public void addCopy(int length) {
		this.copies += length;
		reserve();
	}

	/**
	 * Read the value that a parser points at. It counts from when it is kept: see
	 * {@link #addValue} and {@link #replace}.
	 * @param parser the parser
	 * @return a map, a list, a text, a number, a boolean or {@code null}
	 * @throws ModelException if more than the limit would be kept with the value
	 */
	public @Nullable Object readValue(JsonParser parser) {
		return this.values.read(parser, this.limit - this.size);
	}

	/**
	 * Read the object that a parser points at. It counts from when it is kept: see
	 * {@link #addValue} and {@link #replace}.
	 * @param parser the parser
	 * @return the members by name, or {@code null} if it is no object
	 * @throws ModelException if more than the limit would be kept with the object
	 */
	public @Nullable Map<String, @Nullable Object> readObject(JsonParser parser) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return null;
		}
		return this.values.readObject(parser, this.limit - this.size);
	}

	/**
	 * Add a part of the answer.
	 * @throws ModelException if there are more than the limit now
	 */
	public void addPart() {
		if (++this.parts > this.reply.limits().parts()) {
			throw tooMany("parts", this.reply.limits().parts(), "parts");
		}
	}

	/**
	 * Add a tool call to the answer.
	 * @throws ModelException if there are more than the limit now
	 */
	public void addToolCall() {
		if (++this.toolCalls > this.reply.limits().toolCalls()) {
			throw tooMany("tool calls", this.reply.limits().toolCalls(), "tool-calls");
		}
	}

	private ModelException tooMany(String what, int limit, String property) {
		return this.reply.invalid("The answer has more than %s %s (limit.%s)".formatted(limit, what, property));
	}

	/**
	 * Add a value that is part of the content of the answer.
	 * @param value the value, as it was {@linkplain #readValue read}
	 * @throws ModelException if more than the limit is kept now
	 */
	public void addValue(Object value) {
		this.contents++;
		replace(null, value);
	}

	/**
	 * Take note of a value that is kept in the place of another one, and is no content of
	 * the answer.
	 * @param known the value that is not kept any more, or {@code null} if there was none
	 * @param value the value, as it was {@linkplain #readValue read}, or {@code null} if
	 * there is none
	 * @throws ModelException if more than the limit is kept now
	 */
	public void replace(@Nullable Object known, @Nullable Object value) {
		change(ValueReader.sizeOf(value) - ValueReader.sizeOf(known));
	}

	private void change(long bytes) {
		this.size += bytes;
		if (this.size > this.limit) {
			throw tooLarge();
		}
		reserve();
	}

	private void reserve() {
		long missing = total() - this.reserved;
		if (missing <= 0) {
			return;
		}
		long bytes = (missing + STEP - 1) / STEP * STEP;
		if (!this.inFlight.reserve(bytes)) {
			throw this.reply
				.exception(Kind.CONCURRENCY_LIMIT,
						"The answers of the calls under way are larger than %s together (%s)"
							.formatted(DataSize.ofBytes(this.inFlight.limit()), "routekit.limit.in-flight"))
				.build();
		}
		this.reserved += bytes;
	}

	/**
	 * Release what was reserved, as nothing is kept any more.
	 */
	public void release() {
		this.inFlight.release(this.reserved);
		this.reserved = 0;
	}

	private ModelException tooLarge() {
		return this.reply.tooLarge("The answer", "response", this.reply.limits().response());
	}

	/**
	 * Take note of the bytes that were received but not decoded yet.
	 * @param bytes their number, with what is reserved for more of them
	 * @throws ModelException if all calls keep more than they may together
	 */
	void buffer(int bytes) {
		this.buffered = bytes;
		reserve();
	}

	/**
	 * Return how often content was added, which tells whether there was any.
	 * @return the number of additions
	 */
	public long contents() {
		return this.contents;
	}

	/**
	 * Return how much memory the answer takes.
	 * @return the size in bytes, roughly
	 */
	public long total() {
		return this.size + this.copies + this.buffered;
	}

	/**
	 * Return a new text that will arrive in pieces.
	 * @return the text, which is empty
	 */
	public DeltaText text() {
		change(OBJECT);
		return new DeltaText(this, Integer.MAX_VALUE);
	}

	/**
	 * Return new arguments of a tool call, which will arrive in pieces.
	 * @return the arguments, which are empty
	 */
	public ToolArguments toolArguments() {
		addText(OBJECT);
		DeltaText text = new DeltaText(this, (int) this.reply.limits().toolArguments().toBytes());
		return new ToolArguments(this, text);
	}

	void throwToolArgumentsTooLarge() {
		DataSize limit = this.reply.limits().toolArguments();
		throw this.reply.tooLarge("The arguments of a tool call", "tool-arguments", limit);
	}

}
