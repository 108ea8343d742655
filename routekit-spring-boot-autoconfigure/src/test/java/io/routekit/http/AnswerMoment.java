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

import io.routekit.FinishReason;
import io.routekit.wire.RateLimitListener;

/**
 * How far an answer has come when its call is cancelled.
 */
enum AnswerMoment {

	BEFORE_THE_HEAD, IN_THE_HEAD, AFTER_THE_HEAD, IN_AN_EVENT, BETWEEN_EVENTS, AFTER_THE_FINISH_REASON, IN_A_BODY;

	/**
	 * A header of which a {@link RateLimitListener} is told once the head has been read.
	 */
	static final String RATE_LIMIT = "x-ratelimit-limit-requests: 1";

	String sent(WireProvider provider) {
		String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + RATE_LIMIT
				+ "\r\nContent-Length: 100000\r\n";
		String events = provider.stream().text("a").take();
		return switch (this) {
			case BEFORE_THE_HEAD -> "";
			case IN_THE_HEAD -> head;
			case AFTER_THE_HEAD -> head + "\r\n";
			case IN_AN_EVENT -> head + "\r\n" + events.substring(0, events.length() - 10);
			case BETWEEN_EVENTS -> head + "\r\n" + events;
			case AFTER_THE_FINISH_REASON -> head + "\r\n" + beforeTheEnd(provider);
			case IN_A_BODY -> head + "\r\n{\"id\":";
		};
	}

	// Some tell the reason with what ends the answer
	private static String beforeTheEnd(WireProvider provider) {
		String events = provider.stream().text("a").finish(FinishReason.STOP).take();
		int end = events.indexOf("event: response.completed");
		return (end < 0) ? events : events.substring(0, end);
	}

	/**
	 * Return whether the whole head has been sent.
	 */
	boolean isAfterHead() {
		return this != BEFORE_THE_HEAD && this != IN_THE_HEAD;
	}

}
