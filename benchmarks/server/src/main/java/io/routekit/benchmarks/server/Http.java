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

package io.routekit.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers in HTTP, divided into what is written at a time.
 */
final class Http {

	private Http() {
	}

	static List<String> whole(String body) {
		return List.of("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-request-id: req_1\r\nContent-Length: "
				+ length(body) + "\r\n\r\n" + body);
	}

	static List<String> stream(List<String> frames, int batch) {
		List<String> writes = new ArrayList<>();
		writes.add("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
				+ "x-request-id: req_1\r\nTransfer-Encoding: chunked\r\n\r\n");
		for (int i = 0; i < frames.size(); i += batch) {
			int end = Math.min(i + batch, frames.size());
			String chunk = String.join("", frames.subList(i, end));
			String last = (end == frames.size()) ? "0\r\n\r\n" : "";
			writes.add(Integer.toHexString(length(chunk)) + "\r\n" + chunk + "\r\n" + last);
		}
		return writes;
	}

	private static int length(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
