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

import io.netty.buffer.ByteBuf;
import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.ClientSettings;
import io.routekit.benchmarks.Format;
import io.routekit.benchmarks.Workload;

/**
 * Counts lines only.
 */
final class LineCounter implements AnswerReader {

	private final Call call;

	private final int linesPerEvent;

	private final int events;

	private int lines;

	LineCounter(ClientSettings settings, Call call) {
		this.call = call;
		this.linesPerEvent = (settings.format() == Format.OPENAI) ? 2 : 3;
		Workload workload = settings.workload();
		// Those before and after the texts count as well
		int others = switch (settings.format()) {
			case OPENAI -> 4;
			case ANTHROPIC -> 6;
			case RESPONSES -> 8;
		};
		this.events = workload.isStream() ? workload.events() + others : 0;
	}

	@Override
	public void read(ByteBuf bytes) {
		int before = this.lines / this.linesPerEvent;
		int end = bytes.writerIndex();
		int index = bytes.readerIndex();
		while ((index = bytes.indexOf(index, end, (byte) '\n') + 1) > 0) {
			this.lines++;
		}
		this.call.events(this.lines / this.linesPerEvent - before);
	}

	@Override
	public void end() {
		this.call.endOf(this.events);
	}

}
