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

import org.springframework.util.StringUtils;

/**
 * The text of a page in HTML that is shown in the place of an answer: what is between the
 * tags. Each character of the page is looked at a fixed number of times.
 */
final class PageText {

	private static final String WHITE_SPACE = " \t\n\r\f\u000B";

	private final String page;

	private final StringBuilder text = new StringBuilder();

	private PageText(String page) {
		this.page = page;
	}

	/**
	 * Return what there is to read.
	 * @param page the page, or any other text, which must be of bounded length
	 * @return the text without tags, each white space a single space
	 */
	static String of(String page) {
		String text = page.strip();
		String visible = text.startsWith("<") ? new PageText(text).withoutTags() : text;
		return String.join(" ", StringUtils.tokenizeToStringArray(visible, WHITE_SPACE));
	}

	private String withoutTags() {
		int position = 0;
		while (position < this.page.length()) {
			int tag = this.page.indexOf('<', position);
			int end = (tag >= 0) ? this.page.indexOf('>', tag) : -1;
			if (end < 0) {
				// From here on there are no tags
				return this.text.append(this.page, position, this.page.length()).toString();
			}
			this.text.append(this.page, position, tag).append(' ');
			position = end + 1;
			for (String code : new String[] { "script", "style" }) {
				position = isTag(tag + 1, code) ? afterCode(position, code) : position;
			}
		}
		return this.text.toString();
	}

	private boolean isTag(int start, String name) {
		int end = start + name.length();
		return end < this.page.length() && this.page.regionMatches(true, start, name, 0, name.length())
				&& !Character.isLetterOrDigit(this.page.charAt(end));
	}

	// Code that does not end is all that is left
	private int afterCode(int start, String name) {
		int tag = this.page.indexOf("</", start);
		while (tag >= 0 && !isTag(tag + 2, name)) {
			tag = this.page.indexOf("</", tag + 2);
		}
		return (tag >= 0) ? tag : this.page.length();
	}

}
