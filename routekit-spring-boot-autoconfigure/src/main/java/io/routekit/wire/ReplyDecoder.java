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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import java.util.function.Consumer;

import io.routekit.ModelException;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Turns the bytes of an answer into events, whatever the answer turns out to be: a
 * stream, a whole JSON body, or an error. The bytes decide, since servers stream without
 * being asked, answer a stream with a body, and label both wrongly. Used by one thread at
 * a time.
 *
 * @since 0.1.0
 */
public final class ReplyDecoder {

	private static final byte[] DONE = { '[', 'D', 'O', 'N', 'E', ']' };

	private static final byte[] NULL = { 'n', 'u', 'l', 'l' };

	private static final byte[] EMPTY = { '[', ']' };

	private static final int MAX_ERROR_SIZE = 1024 * 1024;

	private static final Set<String> SIGNS_OF_LIFE = Set.of("ping", "heartbeat", "keepalive", "keep-alive");

	private static final int BLANK_SIZE = 1024;

	private final Reply reply;

	private final KeptSize kept;

	private final ReplyReader reader;

	private final Deque<StreamEvent> events;

	private final Consumer<StreamEvent> sink;

	private final SseDecoder sse;

	private final Bytes body = new Bytes();

	private Form form;

	private @Nullable OnlyText onlyText;

	private int payloads;

	private boolean progress;

	private boolean flushed;

	private boolean done;

	/**
	 * Create a new {@link ReplyDecoder} instance.
	 * @param reply what is known before the body
	 * @param kept counts what is kept of the answer
	 * @param reader reads the payloads
	 * @param events takes the events
	 */
	public ReplyDecoder(Reply reply, KeptSize kept, ReplyReader reader, Deque<StreamEvent> events) {
		Assert.notNull(reply, "'reply' must not be null");
		Assert.notNull(kept, "'kept' must not be null");
		Assert.notNull(reader, "'reader' must not be null");
		Assert.notNull(events, "'events' must not be null");
		this.reply = reply;
		this.kept = kept;
		this.reader = reader;
		this.events = events;
		this.sink = events::add;
		this.sse = new SseDecoder(this.body, (int) reply.limits().event().toBytes(), new EventListener());
		this.form = reply.status().is2xxSuccessful() ? Form.UNKNOWN : Form.ERROR;
	}

	/**
	 * Decode some bytes.
	 * @param buffer the bytes, which are copied
	 * @return whether they were more than a sign of life
	 * @throws ModelException if the answer is a failure
	 */
	public boolean decode(DataBuffer buffer) {
		Assert.notNull(buffer, "'buffer' must not be null");
		this.progress = false;
		switch (this.form) {
			case EVENTS -> this.sse.decode(buffer);
			case ERROR -> {
				this.body.append(buffer);
				this.done = this.body.length() > MAX_ERROR_SIZE;
			}
			case BODY -> decodeBody(buffer);
			case UNKNOWN -> decodeStart(buffer);
		}
		this.kept.buffer(this.body.array().length);
		return this.progress;
	}

	/**
	 * Return whether the answer is done, although more bytes may follow.
	 * @return whether to {@link #end()} it
	 */
	public boolean isDone() {
		return this.done;
	}

	/**
	 * Return whether the provider has said why the model stopped, although details may
	 * follow.
	 * @return whether all content has arrived
	 */
	public boolean isFinished() {
		return this.done || this.form == Form.EVENTS && this.reader.isFinished();
	}

	/**
	 * Return whether the answer may end with the bytes that were decoded so far. That of
	 * an error always may: its status tells what happened. No more bytes may follow.
	 * @return whether a broken connection or a deadline does no harm
	 * @throws ModelException if the answer is a failure
	 */
	public boolean isWhole() {
		return switch (this.form) {
			case EVENTS -> {
				flush();
				throwIfUnframedError();
				yield isFinished();
			}
			case BODY -> WireJson.isWhole(this.body.array(), 0, this.body.length());
			case ERROR -> true;
			case UNKNOWN -> false;
		};
	}

	/**
	 * End the answer, which leads to {@link StreamEvent.Completed}.
	 * @throws ModelException if the answer is not complete or a failure
	 */
	public void end() {
		switch (this.form) {
			case EVENTS -> endEvents();
			case BODY -> endBody();
			case ERROR -> throw failure();
			case UNKNOWN -> throw this.reply.invalid("The server answered with an empty body");
		}
		this.done = true;
		this.events.add(new StreamEvent.Completed(this.reply.secrets().redact(this.reader.complete(this.sink))));
	}

	private void decodeStart(DataBuffer buffer) {
		this.body.append(buffer);
		throwIfCompressed(this.body.array(), 0, this.body.length());
		this.form = Form.of(this.body);
		if (this.form == Form.EVENTS) {
			this.sse.decode();
		}
		else if (this.form == Form.BODY) {
			checkBodySize();
		}
		else if (this.body.length() > BLANK_SIZE) {
			// Some servers send blank lines while they think
			this.body.removeFirst(this.body.length());
		}
	}

	private void throwIfCompressed(byte[] bytes, int offset, int length) {
		String coding = ContentEncoding.of(this.reply.headers(), bytes, offset, length);
		if (coding != null) {
			throw ContentEncoding.unexpected(this.reply, coding);
		}
	}

	private void decodeBody(DataBuffer buffer) {
		this.body.append(buffer);
		checkBodySize();
	}

	private void checkBodySize() {
		DataSize limit = this.reply.limits().response();
		if (this.body.length() > limit.toBytes()) {
			throw this.reply.tooLarge("The answer", "response", limit);
		}
	}

	private void endBody() {
		byte[] json = this.body.array();
		int length = this.body.length();
		if (Utf8.isMalformed(json, 0, length)) {
			json = Utf8.repair(json, 0, length);
			length = json.length;
		}
		checkNames(json, 0, length);
		int before = this.events.size();
		boolean read = tryRead(null, json, 0, length);
		if (!read || this.reader.next() > 0) {
			takeBack(before);
			throw WireJson.isWhole(json, 0, length) ? unexpected(before)
					: notJson(json, 0, length, "The answer is not JSON: ");
		}
	}

	private void checkNames(byte[] json, int offset, int length) {
		if (MemberNames.areTooMany(json, offset, length)) {
			throw this.reply.invalid("The answer has members of too many different names");
		}
	}

	private void endEvents() {
		flush();
		throwIfUnframedError();
		Bytes unframed = this.sse.unframed();
		if (this.payloads == 0 && unframed != null && WireJson.isWhole(unframed.array(), 0, unframed.length())) {
			// A whole answer after signs of life
			readAll(null, unframed.array(), 0, unframed.length());
			return;
		}
		if (this.payloads == 0) {
			throw (unframed != null) ? notJson(unframed.array(), 0, unframed.length(), "The stream has no events: ")
					: this.reply.invalid("The stream ended without any event");
		}
		if (!isFinished()) {
			throw this.reply.exception(ModelException.Kind.NETWORK, "The stream ended before the answer was complete")
				.build();
		}
	}

	// A last event may lack the empty line that should follow it
	private void flush() {
		if (!this.flushed && !this.done) {
			this.flushed = true;
			this.sse.end();
		}
	}

	// Some servers write an error into the stream without framing it as an event
	private void throwIfUnframedError() {
		Bytes unframed = this.sse.unframed();
		if (unframed == null) {
			return;
		}
		int start = 0;
		while (start < unframed.length() && unframed.array()[start] != '{') {
			start++;
		}
		int length = unframed.length() - start;
		if (WireJson.isError(unframed.array(), start, length)) {
			throw this.reply.failure(unframed.array(), start, length);
		}
	}

	private ModelException failure() {
		String coding = ContentEncoding.of(this.reply.headers(), this.body.array(), 0, this.body.length());
		if (coding != null) {
			byte[] reason = "The server's reason is compressed (%s), which nobody asked for".formatted(coding)
				.getBytes(StandardCharsets.UTF_8);
			return this.reply.failure(reason, 0, reason.length);
		}
		if (Form.of(this.body) == Form.EVENTS) {
			// Some servers frame an error although its status tells of it
			FirstEvent event = new FirstEvent();
			SseDecoder events = new SseDecoder(this.body, Integer.MAX_VALUE, event);
			events.decode();
			events.end();
			if (event.data != null) {
				return this.reply.failure(event.data, 0, event.data.length);
			}
		}
		return this.reply.failure(this.body.array(), 0, this.body.length());
	}

	private ModelException notJson(byte[] bytes, int offset, int length, String message) {
		throwIfCompressed(bytes, offset, length);
		ModelException failure = this.reply.failure(bytes, offset, length);
		if (WireJson.isError(bytes, offset, length)) {
			return failure;
		}
		// What may be an answer is not quoted
		boolean page = length > 0 && bytes[offset] != '{' && bytes[offset] != '['
				&& !new String(bytes, offset, Math.min(length, ErrorBody.MAX_PAGE_SIZE), StandardCharsets.UTF_8)
					.contains("data:");
		return this.reply
			.invalid(page ? message + failure.getMessage() : "The answer is JSON that is cut or malformed");
	}

	private void readAll(@Nullable String event, byte[] json, int start, int end) {
		byte[] bytes = json;
		int position = start;
		int last = end;
		int next;
		do {
			this.payloads++;
			int before = this.events.size();
			if (!tryRead(event, bytes, position, last - position)) {
				// All that is left at once, so that this happens once
				bytes = repaired(bytes, position, last - position, before);
				position = 0;
				last = bytes.length;
				if (!tryRead(event, bytes, position, last)) {
					throw unexpected(before);
				}
			}
			next = this.reader.next();
			boolean single = bytes == json && position == start && next == 0;
			this.onlyText = single ? this.reader.onlyText() : null;
			position += next;
		}
		while (next > 0 && !this.reader.isDone());
	}

	private byte[] repaired(byte[] json, int offset, int length, int before) {
		if (this.events.size() != before || !Utf8.isMalformed(json, offset, length)) {
			throw unexpected(before);
		}
		return Utf8.repair(json, offset, length);
	}

	// Read a payload, and return whether it is JSON
	private boolean tryRead(@Nullable String event, byte[] json, int offset, int length) {
		int before = this.events.size();
		try {
			this.progress |= this.reader.read(event, json, offset, length, this.sink);
			return true;
		}
		catch (ModelException ex) {
			takeBack(before);
			throw ex;
		}
		catch (JacksonException | NumberFormatException ex) {
			return false;
		}
	}

	// Without a cause, whose message may quote the answer
	private ModelException unexpected(int before) {
		takeBack(before);
		return this.reply.invalid("The answer contains a payload that is not the JSON that was expected");
	}

	// A payload that reports a failure is no part of the answer
	private void takeBack(int size) {
		while (this.events.size() > size) {
			this.events.removeLast();
		}
	}

	/**
	 * What an answer turns out to be.
	 */
	private enum Form {

		UNKNOWN, EVENTS, BODY, ERROR;

		static Form of(Bytes bytes) {
			for (int i = 0; i < bytes.length(); i++) {
				byte value = bytes.array()[i];
				boolean byteOrderMark = i < 3 && (value & 0xFF) >= 0xBB;
				if (!byteOrderMark && value != ' ' && value != '\t' && value != '\r' && value != '\n') {
					return (value == '{' || value == '[' || value == '<' || value == '"') ? BODY : EVENTS;
				}
			}
			return UNKNOWN;
		}

	}

	private final class EventListener implements SseDecoder.Listener {

		@Override
		public boolean onEvent(@Nullable String event, byte[] data, int offset, int length, boolean whole) {
			ReplyDecoder.this.onlyText = null;
			int start = offset;
			int end = offset + length;
			while (start < end && data[start] <= ' ' && data[start] >= 0) {
				start++;
			}
			while (end > start && data[end - 1] <= ' ' && data[end - 1] >= 0) {
				end--;
			}
			checkNames(data, start, end - start);
			if (is(DONE, data, start, end)) {
				ReplyDecoder.this.reader.readDone();
			}
			else if (start < end && (whole || WireJson.isWhole(data, start, end - start))) {
				onPayload(event, data, start, end);
			}
			ReplyDecoder.this.done = ReplyDecoder.this.reader.isDone() && ReplyDecoder.this.payloads > 0;
			return !ReplyDecoder.this.done;
		}

		private void onPayload(@Nullable String event, byte[] data, int start, int end) {
			if ("error".equals(event)) {
				throw ReplyDecoder.this.reply.failure(data, start, end - start);
			}
			boolean json = data[start] == '{' || data[start] == '[';
			boolean named = event != null && !event.equals("message");
			// Servers have signs of life of their own, and words after the answer
			boolean noise = json ? is(EMPTY, data, start, end) : named || is(NULL, data, start, end) || isFinished();
			if (!noise && (event == null || !SIGNS_OF_LIFE.contains(event))) {
				readAll(event, data, start, end);
			}
		}

		@Override
		public @Nullable OnlyText onlyText() {
			return ReplyDecoder.this.onlyText;
		}

		@Override
		public void onText(String text) {
			ReplyDecoder decoder = ReplyDecoder.this;
			decoder.progress |= decoder.reader.readText(text, decoder.sink);
		}

		private static boolean is(byte[] text, byte[] data, int start, int end) {
			return end - start == text.length && Arrays.equals(text, 0, text.length, data, start, end);
		}

		@Override
		public void onTooLarge() {
			Reply reply = ReplyDecoder.this.reply;
			throw reply.tooLarge("An event of the stream", "event", reply.limits().event());
		}

	}

	private static final class FirstEvent implements SseDecoder.Listener {

		private byte @Nullable [] data;

		@Override
		public boolean onEvent(@Nullable String event, byte[] data, int offset, int length, boolean whole) {
			this.data = Arrays.copyOfRange(data, offset, offset + length);
			return false;
		}

		@Override
		public void onTooLarge() {
			// The body has a limit of its own
		}

	}

}
