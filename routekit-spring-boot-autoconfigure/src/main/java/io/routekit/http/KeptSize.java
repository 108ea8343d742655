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

import org.springframework.util.unit.DataSize;

/**
 * The size of what is kept of an answer, so that no server can fill the memory. A
 * character counts as a byte. Used by one thread at a time.
 *
 * @since 0.1.0
 */
public final class KeptSize {

	/**
	 * What an object of ours takes, roughly.
	 */
	private static final int OBJECT = 100;

	private final Reply reply;

	private final long limit;

	private long size;

	/**
	 * Create a new {@link KeptSize} instance.
	 * @param reply the reply whose limits count
	 */
	public KeptSize(Reply reply) {
		this.reply = reply;
		this.limit = reply.limits().response().toBytes();
	}

	/**
	 * Add an object.
	 * @param length the length of the text that it holds
	 * @throws io.routekit.ModelException if more than the limit is kept now
	 */
	public void addObject(int length) {
		add(OBJECT + length);
	}

	/**
	 * Return the size.
	 * @return the size in bytes, roughly
	 */
	public long size() {
		return this.size;
	}

	void add(int length) {
		this.size += length;
		if (this.size > this.limit) {
			throw this.reply.tooLarge("The answer", "response", this.reply.limits().response());
		}
	}

	/**
	 * Return a new text that will arrive in pieces.
	 * @return the text, which is empty
	 */
	public DeltaText text() {
		add(OBJECT);
		return new DeltaText(this, Integer.MAX_VALUE);
	}

	/**
	 * Return new arguments of a tool call, which will arrive in pieces.
	 * @return the arguments, which are empty
	 */
	public DeltaText toolArguments() {
		add(OBJECT);
		return new DeltaText(this, (int) this.reply.limits().toolArguments().toBytes());
	}

	void throwToolArgumentsTooLarge() {
		DataSize limit = this.reply.limits().toolArguments();
		throw this.reply.tooLarge("The arguments of a tool call", "tool-arguments", limit);
	}

}
