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

package io.routekit.benchmarks.suite;

import java.util.Collections;
import java.util.List;

/**
 * A text in Markdown.
 */
final class Markdown {

	private final StringBuilder text = new StringBuilder();

	void heading(String title) {
		this.text.append("## ").append(title).append("\n\n");
	}

	void paragraph(String paragraph) {
		this.text.append(paragraph).append('\n');
	}

	void table(List<String> titles, List<List<String>> rows) {
		row(titles);
		row(Collections.nCopies(titles.size(), "---"));
		rows.forEach(this::row);
		this.text.append('\n');
	}

	private void row(List<String> cells) {
		this.text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
