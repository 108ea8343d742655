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

package io.routekit.cost;

import java.time.DateTimeException;
import java.time.LocalTime;

import org.springframework.util.Assert;

/**
 * Hours of the day, in UTC.
 *
 * @param from the first moment
 * @param to the moment after the last one
 */
record Hours(LocalTime from, LocalTime to) {

	/**
	 * Parse hours.
	 * @param text the hours, such as {@code 01:00-04:00}
	 * @return the hours
	 * @throws IllegalArgumentException if the text is something else
	 */
	static Hours parse(String text) {
		String[] times = text.split("-");
		try {
			Assert.isTrue(times.length == 2, "Two times are needed");
			return new Hours(LocalTime.parse(times[0].strip()), LocalTime.parse(times[1].strip()));
		}
		catch (DateTimeException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("must be hours such as 01:00-04:00 but was '%s'".formatted(text), ex);
		}
	}

	boolean contains(LocalTime time) {
		boolean overMidnight = this.to.isBefore(this.from);
		boolean started = !time.isBefore(this.from);
		boolean ended = !time.isBefore(this.to);
		return overMidnight ? started || !ended : started && !ended;
	}

}
