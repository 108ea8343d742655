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

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Finds the server-sent events in the bytes of a stream. Each byte is copied once, from
 * the network's buffer, and looked at once; events are handed over as ranges of bytes, or
 * as texts if they repeat the one before.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">Parsing
 * an event stream</a>
 */
final class SseDecoder {

	private static final int UNFRAMED_LIMIT = 1024 * 1024;

	/**
	 * How long the lines before the data of an event can be that are kept with it.
	 */
	private static final int MAX_HEAD_SIZE = 1024;

	private static final byte[] DATA = { 'd', 'a', 't', 'a' };

	private static final byte[] EVENT = { 'e', 'v', 'e', 'n', 't' };

	private static final byte[] ID = { 'i', 'd' };

	private static final byte[] RETRY = { 'r', 'e', 't', 'r', 'y' };

	private final int maxEventSize;

	private final Listener listener;

	private final Bytes bytes;

	private final RepeatedEvent repeated = new RepeatedEvent();

	private @Nullable Bytes unframed;

	private boolean atStart = true;

	private boolean afterCarriageReturn;

	private int position;

	private int lineStart;

	/**
	 * Where the first line of the event begins, or a negative number if those bytes are
	 * not there any more.
	 */
	private int eventStart;

	private int dataStart = -1;

	private int dataEnd;

	private boolean dataJoined;

	private @Nullable String event;

	private @Nullable String lastEvent;

	/**
	 * Create a new {@link SseDecoder} instance.
	 * @param bytes the bytes of the stream, which belong to the decoder once it decodes
	 * @param maxEventSize the largest size of an event in bytes
	 * @param listener takes the events
	 */
	SseDecoder(Bytes bytes, int maxEventSize, Listener listener) {
		this.bytes = bytes;
		this.maxEventSize = maxEventSize;
		this.listener = listener;
	}

	void decode(DataBuffer buffer) {
		compact();
		this.bytes.append(buffer);
		decode();
	}

	/**
	 * Take note of the end of the stream: a last block counts although no empty line
	 * follows it, but may turn out to be cut.
	 */
	void end() {
		if (this.lineStart < this.bytes.length()) {
			line(this.lineStart, this.bytes.length());
		}
		if (this.dataStart >= 0) {
			dispatch(false);
		}
	}

	/**
	 * Return the first bytes of the stream that belong to no field of an event.
	 * @return the bytes, or {@code null} if there are none
	 */
	@Nullable Bytes unframed() {
		return this.unframed;
	}

	/**
	 * Decode the bytes that are there.
	 */
	void decode() {
		if (this.atStart && !skipByteOrderMark()) {
			return;
		}
		byte[] array = this.bytes.array();
		int end = this.bytes.length();
		int index = repetitions(this.position, end);
		while (index < end) {
			byte value = array[index++];
			if (value == '\n') {
				if (this.afterCarriageReturn) {
					this.afterCarriageReturn = false;
					this.eventStart += (this.eventStart == this.lineStart) ? 1 : 0;
					this.lineStart = index;
					index = repetitions(index, end);
					continue;
				}
			}
			else if (value != '\r') {
				this.afterCarriageReturn = false;
				continue;
			}
			this.afterCarriageReturn = value == '\r';
			checkSize(index);
			int start = this.lineStart;
			this.lineStart = index;
			this.position = index;
			if (!line(start, index - 1)) {
				return;
			}
			index = repetitions(index, end);
		}
		this.position = index;
		checkSize(index);
	}

	// Skip events that are whole and equal the last one but for their text
	private int repetitions(int index, int end) {
		int start = index;
		while (start == this.eventStart && start < end) {
			int next = this.repeated.match(this.bytes.array(), start, end);
			String text = (next > 0 && next - start <= this.maxEventSize) ? this.repeated.text(this.bytes.array())
					: null;
			if (text == null) {
				break;
			}
			this.listener.onText(text);
			this.afterCarriageReturn = this.bytes.array()[next - 1] == '\r';
			this.eventStart = next;
			this.lineStart = next;
			this.position = next;
			start = next;
		}
		return start;
	}

	// At the end of each line as well, so that it makes no difference how the network
	// cuts the stream
	private void checkSize(int end) {
		if (end - blockStart() > this.maxEventSize) {
			this.listener.onTooLarge();
		}
	}

	private boolean skipByteOrderMark() {
		byte[] array = this.bytes.array();
		int length = this.bytes.length();
		if (length == 0 || array[0] != (byte) 0xEF) {
			this.atStart = length == 0;
			return !this.atStart;
		}
		if (length < 3) {
			return false;
		}
		this.atStart = false;
		if (array[1] == (byte) 0xBB && array[2] == (byte) 0xBF) {
			this.eventStart = 3;
			this.lineStart = 3;
			this.position = 3;
		}
		return true;
	}

	private boolean line(int start, int end) {
		if (start == end) {
			boolean goOn = (this.dataStart >= 0) ? dispatch(true) : reset();
			this.eventStart = this.lineStart;
			return goOn;
		}
		byte[] array = this.bytes.array();
		if (array[start] == ':') {
			return true;
		}
		int colon = start;
		while (colon < end && array[colon] != ':') {
			colon++;
		}
		int value = Math.min(colon + 1, end);
		if (value < end && array[value] == ' ') {
			value++;
		}
		if (is(DATA, start, colon)) {
			data(value, end);
		}
		else if (is(EVENT, start, colon)) {
			this.event = text(value, end);
		}
		else if (!is(ID, start, colon) && !is(RETRY, start, colon)) {
			keepUnframed(start, end);
		}
		return true;
	}

	private boolean is(byte[] name, int start, int end) {
		if (end - start != name.length) {
			return false;
		}
		byte[] array = this.bytes.array();
		for (int i = 0; i < name.length; i++) {
			if (array[start + i] != name[i]) {
				return false;
			}
		}
		return true;
	}

	private void data(int start, int end) {
		if (this.dataStart < 0) {
			this.dataStart = start;
			this.dataEnd = end;
			return;
		}
		// Lines are joined in place: what lies between them has been read already
		this.dataJoined = true;
		byte[] array = this.bytes.array();
		array[this.dataEnd++] = '\n';
		System.arraycopy(array, start, array, this.dataEnd, end - start);
		this.dataEnd += end - start;
	}

	private String text(int start, int end) {
		byte[] array = this.bytes.array();
		String last = this.lastEvent;
		if (last != null && last.length() == end - start) {
			int index = 0;
			while (index < last.length() && last.charAt(index) == array[start + index]) {
				index++;
			}
			if (index == last.length()) {
				return last;
			}
		}
		String text = new String(array, start, end - start, StandardCharsets.UTF_8);
		this.lastEvent = text;
		return text;
	}

	private boolean dispatch(boolean whole) {
		int start = this.dataStart;
		int length = this.dataEnd - start;
		String name = (this.event == null || this.event.isEmpty()) ? null : this.event;
		boolean repeatable = whole && !this.dataJoined && this.eventStart >= 0;
		reset();
		this.repeated.forget();
		if (length == 0) {
			return true;
		}
		boolean goOn = this.listener.onEvent(name, this.bytes.array(), start, length, whole);
		OnlyText onlyText = repeatable ? this.listener.onlyText() : null;
		if (onlyText != null) {
			this.repeated.remember(this.bytes.array(), this.eventStart, this.lineStart, onlyText);
		}
		return goOn;
	}

	private boolean reset() {
		this.dataStart = -1;
		this.dataJoined = false;
		this.event = null;
		return true;
	}

	private void keepUnframed(int start, int end) {
		if (this.unframed == null) {
			this.unframed = new Bytes();
		}
		int count = Math.min(end - start, UNFRAMED_LIMIT - this.unframed.length());
		this.unframed.append(this.bytes.array(), start, count);
	}

	private int blockStart() {
		return (this.dataStart >= 0) ? this.dataStart : this.lineStart;
	}

	// The lines before the data are needed to find the same event once more
	private int firstNeeded() {
		int start = blockStart();
		return (this.eventStart >= 0 && start - this.eventStart <= MAX_HEAD_SIZE) ? this.eventStart : start;
	}

	private void compact() {
		int unused = firstNeeded();
		if (unused == 0) {
			return;
		}
		this.bytes.removeFirst(unused);
		this.position -= unused;
		this.eventStart -= unused;
		this.lineStart -= unused;
		if (this.dataStart >= 0) {
			this.dataStart -= unused;
			this.dataEnd -= unused;
		}
	}

	/**
	 * Takes the events of a stream.
	 */
	interface Listener {

		/**
		 * Take an event.
		 * @param event the name of the event, or {@code null} if it has none
		 * @param data the array that holds the data
		 * @param offset the position of the data
		 * @param length the length of the data, never 0
		 * @param whole whether an empty line has ended the event
		 * @return whether to go on with the bytes at hand
		 */
		boolean onEvent(@Nullable String event, byte[] data, int offset, int length, boolean whole);

		/**
		 * Return whether the last event brought nothing but a text, so that an event
		 * which equals it but for the text need not be parsed.
		 * @return where the text is in the array, or {@code null} if it brought more
		 */
		default @Nullable OnlyText onlyText() {
			return null;
		}

		/**
		 * Take an event that equals the last one but for its {@link #onlyText() text}.
		 * @param text the text
		 */
		default void onText(String text) {
		}

		/**
		 * Refuse an event that is too large.
		 */
		void onTooLarge();

	}

}
