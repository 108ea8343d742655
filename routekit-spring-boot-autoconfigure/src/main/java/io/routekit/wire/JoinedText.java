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

import java.util.ArrayList;
import java.util.List;

/**
 * A text that is joined from pieces, which takes hardly more memory than its characters
 * while it grows.
 */
final class JoinedText {

	/**
	 * What is joined at a time. An array that is doubled again and again would be a third
	 * empty on the average.
	 */
	private static final int BLOCK = 1024;

	private final List<String> blocks = new ArrayList<>(0);

	private final StringBuilder last = new StringBuilder();

	private int length;

	void append(String piece) {
		this.length += piece.length();
		if (piece.length() >= BLOCK) {
			endBlock();
			this.blocks.add(piece);
			return;
		}
		this.last.append(piece);
		if (this.last.length() >= BLOCK) {
			endBlock();
		}
	}

	private void endBlock() {
		if (!this.last.isEmpty()) {
			this.blocks.add(this.last.toString());
			this.last.setLength(0);
		}
	}

	int length() {
		return this.length;
	}

	String join() {
		endBlock();
		if (this.blocks.size() > 1) {
			String joined = String.join("", this.blocks);
			this.blocks.clear();
			this.blocks.add(joined);
		}
		return this.blocks.isEmpty() ? "" : this.blocks.get(0);
	}

}
