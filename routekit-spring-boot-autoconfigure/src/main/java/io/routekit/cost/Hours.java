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
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.util.Assert;

/**
 * When within the days of its period a price holds, in UTC.
 *
 * @param spans the hours of the day; empty for all
 * @param days the days of the week; empty for all
 * @param except the days that it does not hold on, such as holidays
 */
record Hours(List<Span> spans, Set<DayOfWeek> days, List<Days> except) {

	/**
	 * At any time.
	 */
	static final Hours ALL = new Hours(Collections.emptyList(), Collections.emptySet(), Collections.emptyList());

	private static final List<String> WEEKDAYS = Arrays.stream(DayOfWeek.values())
		.map((day) -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
		.toList();

	/**
	 * Parse days of the week.
	 * @param text the days, such as {@code mon-fri} or {@code sun}
	 * @return the days
	 * @throws IllegalArgumentException if the text is something else
	 */
	static Set<DayOfWeek> parseWeekdays(String text) {
		int end = text.indexOf('-');
		int first = WEEKDAYS.indexOf((end < 0) ? text : text.substring(0, end));
		int last = (end < 0) ? first : WEEKDAYS.indexOf(text.substring(end + 1));
		Assert.isTrue(first >= 0 && last >= 0, () -> "must be days such as mon-fri but was '%s'".formatted(text));
		return IntStream.rangeClosed(0, Math.floorMod(last - first, WEEKDAYS.size()))
			.mapToObj((day) -> DayOfWeek.MONDAY.plus(first + day))
			.collect(Collectors.toUnmodifiableSet());
	}

	boolean contains(ZonedDateTime utc) {
		return (this.spans.isEmpty() || this.spans.stream().anyMatch((span) -> span.contains(utc.toLocalTime())))
				&& (this.days.isEmpty() || this.days.contains(utc.getDayOfWeek()))
				&& this.except.stream().noneMatch((days) -> days.contains(utc.toLocalDate()));
	}

	/**
	 * Hours of a day.
	 *
	 * @param from the first moment
	 * @param to the moment after the last one
	 */
	record Span(LocalTime from, LocalTime to) {

		private static final String END_OF_DAY = "24:00";

		/**
		 * Parse hours.
		 * @param text the hours, such as {@code 01:00-04:00}
		 * @return the hours
		 * @throws IllegalArgumentException if the text is something else
		 */
		static Span parse(String text) {
			String[] times = text.split("-");
			try {
				Assert.isTrue(times.length == 2, "Two times are needed");
				String to = times[1].strip();
				return new Span(LocalTime.parse(times[0].strip()),
						to.equals(END_OF_DAY) ? LocalTime.MIDNIGHT : LocalTime.parse(to));
			}
			catch (DateTimeException | IllegalArgumentException ex) {
				throw new IllegalArgumentException("must be hours such as 01:00-04:00 but was '%s'".formatted(text),
						ex);
			}
		}

		boolean contains(LocalTime time) {
			boolean overMidnight = !this.to.isAfter(this.from);
			boolean started = !time.isBefore(this.from);
			boolean ended = !time.isBefore(this.to);
			return overMidnight ? started || !ended : started && !ended;
		}

	}

	/**
	 * Days one after another.
	 *
	 * @param from the first day
	 * @param to the last day
	 */
	record Days(LocalDate from, LocalDate to) {

		/**
		 * Parse days.
		 * @param text the days, such as {@code 2026-10-01..2026-10-07} or
		 * {@code 2026-12-25}
		 * @return the days
		 * @throws IllegalArgumentException if the text is something else
		 */
		static Days parse(String text) {
			int end = text.indexOf("..");
			try {
				LocalDate from = LocalDate.parse((end < 0) ? text : text.substring(0, end));
				LocalDate to = (end < 0) ? from : LocalDate.parse(text.substring(end + 2));
				Assert.isTrue(!to.isBefore(from), "The last day is before the first one");
				return new Days(from, to);
			}
			catch (DateTimeException | IllegalArgumentException ex) {
				throw new IllegalArgumentException(
						"must be days such as 2026-10-01..2026-10-07 but was '%s'".formatted(text), ex);
			}
		}

		boolean contains(LocalDate date) {
			return !date.isBefore(this.from) && !date.isAfter(this.to);
		}

	}

}
