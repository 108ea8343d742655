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

package io.routekit.schema;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The types of the JDK that Jackson writes as one text, number or boolean.
 */
final class ScalarTypes {

	private static final Map<Class<?>, Scalar> TYPES = types();

	private ScalarTypes() {
	}

	/**
	 * Return the schema of a type.
	 * @param type the type
	 * @return a new schema, or {@code null} if the type is not one of these
	 */
	static @Nullable ObjectNode schema(Class<?> type) {
		Scalar scalar = TYPES.get(type);
		if (scalar == null) {
			return null;
		}
		ObjectNode schema = SchemaNodes.ofType(scalar.type());
		return (scalar.format() != null) ? schema.put(SchemaNodes.FORMAT, scalar.format()) : schema;
	}

	/**
	 * Return what a text of a type must be.
	 * @param type the type
	 * @return the words, or {@code null} if there are none for it
	 */
	static @Nullable String words(Class<?> type) {
		Scalar scalar = TYPES.get(type);
		return (scalar != null) ? scalar.words() : null;
	}

	private static Map<Class<?>, Scalar> types() {
		Map<Class<?>, Scalar> types = new HashMap<>();
		put(types, new Scalar("string", null, "a text"), String.class, CharSequence.class, char[].class);
		put(types, new Scalar("string", null, "a single character"), char.class, Character.class);
		put(types, new Scalar("string", null, "a text in Base64"), byte[].class);
		put(types, new Scalar("boolean", null, "true or false"), boolean.class, Boolean.class, AtomicBoolean.class);
		put(types, new Scalar("integer", null, integer(Byte.MIN_VALUE, Byte.MAX_VALUE)), byte.class, Byte.class);
		put(types, new Scalar("integer", null, integer(Short.MIN_VALUE, Short.MAX_VALUE)), short.class, Short.class);
		put(types, new Scalar("integer", null, integer(Integer.MIN_VALUE, Integer.MAX_VALUE)), int.class, Integer.class,
				AtomicInteger.class, OptionalInt.class);
		put(types, new Scalar("integer", null, integer(Long.MIN_VALUE, Long.MAX_VALUE)), long.class, Long.class,
				AtomicLong.class, OptionalLong.class);
		put(types, new Scalar("integer", null, "an integer"), BigInteger.class);
		put(types, new Scalar("integer", null, "a year"), Year.class);
		put(types, new Scalar("number", null, "a number"), float.class, Float.class, double.class, Double.class,
				BigDecimal.class, Number.class, OptionalDouble.class);
		put(types, new Scalar("string", "date", "a date (yyyy-MM-dd)"), LocalDate.class);
		put(types, new Scalar("string", null, "a date with time (yyyy-MM-ddTHH:mm:ss)"), LocalDateTime.class);
		put(types, new Scalar("string", null, "a time (HH:mm:ss)"), LocalTime.class);
		put(types, new Scalar("string", "time", "a time with offset (HH:mm:ss+01:00)"), OffsetTime.class);
		put(types, new Scalar("string", "date-time", "a date with time and offset (yyyy-MM-ddTHH:mm:ssZ)"),
				Instant.class, OffsetDateTime.class, ZonedDateTime.class, Date.class, Calendar.class);
		put(types, new Scalar("string", "duration", "a duration by ISO 8601 (PT1H30M)"), Duration.class);
		put(types, new Scalar("string", "duration", "a period by ISO 8601 (P1Y2M3D)"), Period.class);
		put(types, new Scalar("string", null, "a month of a year (yyyy-MM)"), YearMonth.class);
		put(types, new Scalar("string", null, "a day of a month (--MM-dd)"), MonthDay.class);
		put(types, new Scalar("string", null, "a time zone (Europe/Berlin)"), ZoneId.class, TimeZone.class);
		put(types, new Scalar("string", null, "an offset (+01:00)"), ZoneOffset.class);
		put(types, new Scalar("string", "uuid", "a UUID"), UUID.class);
		put(types, new Scalar("string", "uri", "a URI"), URI.class);
		put(types, new Scalar("string", null, "a URL"), URL.class);
		put(types, new Scalar("string", null, "a currency by ISO 4217 (EUR)"), Currency.class);
		put(types, new Scalar("string", null, "a language tag (en-GB)"), Locale.class);
		put(types, new Scalar("string", null, "the name of a charset"), Charset.class);
		put(types, new Scalar("string", null, "a path"), Path.class, File.class);
		put(types, new Scalar("string", null, "a regular expression"), Pattern.class);
		return types;
	}

	private static void put(Map<Class<?>, Scalar> scalars, Scalar scalar, Class<?>... types) {
		for (Class<?> type : types) {
			scalars.put(type, scalar);
		}
	}

	private static String integer(long minimum, long maximum) {
		return "an integer from %d to %d".formatted(minimum, maximum);
	}

	/**
	 * How a type is told.
	 *
	 * @param type the type in JSON
	 * @param format the format of a text, or {@code null}
	 * @param words what there must be
	 */
	private record Scalar(String type, @Nullable String format, String words) {

	}

}
