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

package io.routekit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import reactor.core.Scannable;
import reactor.core.Scannable.Attr;

/**
 * Gives a subscriber its last signal although it, or one behind it, has thrown. An
 * operator that threw may believe that it is done and pass nothing on; the one behind it
 * is told then.
 */
final class LastSignal {

	private static final Log logger = LogFactory.getLog(LastSignal.class);

	private LastSignal() {
	}

	/**
	 * Signal an error to a subscriber that got no last signal yet.
	 * @param subscriber the subscriber
	 * @param thrown what was thrown
	 */
	static void afterNone(Subscriber<?> subscriber, Throwable thrown) {
		signal(behindTheDone(subscriber, subscriber), thrown);
	}

	/**
	 * Signal an error to whoever did not get the last signal that a subscriber has got.
	 * @param subscriber the subscriber
	 * @param thrown what was thrown
	 */
	static void afterOne(Subscriber<?> subscriber, Throwable thrown) {
		boolean missed = Boolean.FALSE.equals(Scannable.from(subscriber).scanUnsafe(Attr.TERMINATED));
		signal(behindTheDone(subscriber, missed ? subscriber : null), thrown);
	}

	// Where nobody says that it is done, it is the subscriber
	private static @Nullable Subscriber<?> behindTheDone(Subscriber<?> first, @Nullable Subscriber<?> subscriber) {
		Subscriber<?> target = subscriber;
		Object current = first;
		while (current instanceof Scannable scannable) {
			Object next = scannable.scanUnsafe(Attr.ACTUAL);
			if (Boolean.TRUE.equals(scannable.scanUnsafe(Attr.TERMINATED))) {
				target = (next instanceof Subscriber<?> actual) ? actual : null;
			}
			current = next;
		}
		return target;
	}

	private static void signal(@Nullable Subscriber<?> target, Throwable thrown) {
		if (target == null) {
			logger.error("The subscriber of a call threw when the call ended", OneLine.of(thrown));
			return;
		}
		try {
			target.onError(thrown);
		}
		catch (Throwable ex) {
			logger.error("The subscriber of a call threw when it was told of a failure", OneLine.of(ex));
		}
	}

}
