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

package io.routekit.http;

import java.util.function.Consumer;

import io.routekit.ModelException;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.util.unit.DataSize;

/**
 * Turns the bytes of an answer into events, whatever the answer turns out to be: a
 * stream, a whole JSON body, or an error. The bytes decide, since servers stream without
 * being asked, answer a stream with a body, and label both wrongly. Used by one thread at
 * a time.
 */
final class ReplyDecoder {

	private static final int MAX_ERROR_SIZE = 64 * 1024;

	private final Reply reply;

	private final ReplyReader reader;

	private final Consumer<StreamEvent> events;

	private final SseDecoder sse;

	private final Bytes body = new Bytes();

	private Form form;

	private int payloads;

	private boolean progress;

	private boolean done;

	ReplyDecoder(Reply reply, ReplyReader reader, Consumer<StreamEvent> events) {
		this.reply = reply;
		this.reader = reader;
		this.events = events;
		this.sse = new SseDecoder((int) reply.limits().event().toBytes(), new EventListener());
		this.form = reply.status().is2xxSuccessful() ? Form.UNKNOWN : Form.ERROR;
	}

	/**
	 * Decode some bytes.
	 * @param buffer the bytes, which are copied
	 * @return whether they were more than a sign of life
	 * @throws ModelException if the answer is a failure
	 */
	boolean decode(DataBuffer buffer) {
		this.progress = false;
		switch (this.form) {
			case EVENTS -> this.sse.decode(buffer);
			case ERROR -> this.done = appendToBody(buffer, MAX_ERROR_SIZE);
			case BODY -> decodeBody(buffer);
			case UNKNOWN -> decodeStart(buffer);
		}
		return this.progress;
	}

	/**
	 * Return whether the answer is done, although more bytes may follow.
	 * @return whether to {@link #end()} it
	 */
	boolean isDone() {
		return this.done;
	}

	/**
	 * Return whether the answer may end with the bytes that were decoded so far. That of
	 * an error always may: its status tells what happened.
	 * @return whether a broken connection or a deadline does no harm
	 */
	boolean isFinished() {
		return this.done || this.form == Form.ERROR || this.form == Form.EVENTS && this.reader.isFinished();
	}

	/**
	 * End the answer, which leads to {@link StreamEvent.Completed}.
	 * @throws ModelException if the answer is not complete or a failure
	 */
	void end() {
		switch (this.form) {
			case EVENTS -> endEvents();
			case BODY -> endBody();
			case ERROR -> throw this.reply.failure(this.body.array(), 0, this.body.length());
			case UNKNOWN -> throw this.reply.invalid("The server answered with an empty body");
		}
		this.done = true;
		this.events.accept(new StreamEvent.Completed(this.reader.complete(this.events)));
	}

	private void decodeStart(DataBuffer buffer) {
		this.body.append(buffer);
		Form form = Form.of(this.body);
		if (form == Form.EVENTS) {
			this.form = form;
			this.sse.decode(this.body.array(), 0, this.body.length());
		}
		else if (form == Form.BODY || this.body.length() > MAX_ERROR_SIZE) {
			this.form = Form.BODY;
		}
	}

	private void decodeBody(DataBuffer buffer) {
		DataSize limit = this.reply.limits().response();
		if (appendToBody(buffer, (int) limit.toBytes())) {
			throw this.reply.tooLarge("The answer", "response", limit);
		}
	}

	private boolean appendToBody(DataBuffer buffer, int limit) {
		this.body.append(buffer);
		return this.body.length() > limit;
	}

	private void endBody() {
		int length = this.body.length();
		if (!WireJson.isWhole(this.body.array(), 0, length)) {
			throw notJson(this.body, "The answer is not JSON: ");
		}
		read(null, this.body.array(), 0, length);
	}

	private void endEvents() {
		if (this.done) {
			return;
		}
		this.sse.end();
		Bytes unframed = this.sse.unframed();
		if (this.payloads == 0) {
			throw (unframed != null) ? notJson(unframed, "The stream has no events: ")
					: this.reply.invalid("The stream ended without any event");
		}
		if (!this.done && !this.reader.isFinished()) {
			throw this.reply.exception(ModelException.Kind.NETWORK, "The stream ended before the answer was complete")
				.build();
		}
	}

	private ModelException notJson(Bytes bytes, String message) {
		ModelException failure = this.reply.failure(bytes.array(), jsonStart(bytes), bytes.length() - jsonStart(bytes));
		boolean unexplained = failure.getKind() == ModelException.Kind.SERVER
				&& !failure.getDetails().containsKey("type") && !failure.getDetails().containsKey("code");
		return unexplained ? this.reply.invalid(message + failure.getMessage()) : failure;
	}

	private static int jsonStart(Bytes bytes) {
		for (int i = 0; i < bytes.length(); i++) {
			if (bytes.array()[i] == '{') {
				return i;
			}
		}
		return 0;
	}

	private void read(@Nullable String event, byte[] json, int offset, int length) {
		try {
			this.progress |= this.reader.read(event, json, offset, length, this.events);
		}
		catch (JacksonException | NumberFormatException ex) {
			// The cause is left out: its message may quote the answer
			throw this.reply.invalid("The answer contains a payload that is not the JSON that was expected");
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
			if (isDoneMarker(data, offset, length)) {
				ReplyDecoder.this.reader.readDone();
			}
			else if (whole || WireJson.isWhole(data, offset, length)) {
				ReplyDecoder.this.payloads++;
				if ("error".equals(event)) {
					throw ReplyDecoder.this.reply.failure(data, offset, length);
				}
				read(event, data, offset, length);
			}
			ReplyDecoder.this.done = ReplyDecoder.this.reader.isDone() && ReplyDecoder.this.payloads > 0;
			return !ReplyDecoder.this.done;
		}

		@Override
		public void onTooLarge() {
			Reply reply = ReplyDecoder.this.reply;
			throw reply.tooLarge("An event of the stream", "event", reply.limits().event());
		}

		private boolean isDoneMarker(byte[] data, int offset, int length) {
			int start = offset;
			int end = offset + length;
			while (start < end && data[start] <= ' ' && data[start] >= 0) {
				start++;
			}
			if (start == end || data[start] != '[') {
				return false;
			}
			while (end > start && data[end - 1] <= ' ' && data[end - 1] >= 0) {
				end--;
			}
			return end - start == 6 && data[start + 1] == 'D' && data[start + 2] == 'O' && data[start + 3] == 'N'
					&& data[start + 4] == 'E' && data[start + 5] == ']';
		}

	}

}
