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

package io.routekit.steps;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the steps of code that a {@link StepCountingClassLoader} has loaded: its jumps
 * and calls, the characters that patterns and searches look at, and what copies copy. So
 * it takes a number rather than a time to tell that work grows with the square of its
 * input. Only one test at a time may count.
 */
public final class StepCounter {

	private static volatile long limit = Long.MAX_VALUE;

	private static long steps;

	private StepCounter() {
	}

	/**
	 * Count the steps of some work, which ends early if it takes too many.
	 */
	public static long count(long limit, Runnable work) {
		steps = 0;
		StepCounter.limit = limit;
		try {
			work.run();
		}
		catch (TooManySteps ex) {
			// The number tells
		}
		finally {
			StepCounter.limit = Long.MAX_VALUE;
		}
		return steps;
	}

	public static void step() {
		addSteps(1);
	}

	private static void addSteps(long count) {
		steps += count;
		if (steps > limit) {
			throw new TooManySteps();
		}
	}

	public static void made(String text) {
		addSteps((text != null) ? text.length() : 0);
	}

	public static void read(Object values) {
		if (values instanceof Collection<?> collection) {
			addSteps(collection.size());
		}
		else if (values instanceof Map<?, ?> map) {
			addSteps(map.size());
		}
	}

	/**
	 * Takes the place of methods of the JDK whose first parameter is here the object that
	 * they are called on.
	 */
	public static final class Instance {

		private Instance() {
		}

		private static int searched(int found, int start, int length) {
			addSteps(Math.max(1, ((found < 0) ? length : found + 1) - Math.max(0, start)));
			return found;
		}

		private static int searchedBackwards(int found, int start) {
			addSteps(Math.max(1, start - found));
			return found;
		}

		public static int indexOf(String text, int character) {
			return searched(text.indexOf(character), 0, text.length());
		}

		public static int indexOf(String text, int character, int start) {
			return searched(text.indexOf(character, start), start, text.length());
		}

		public static int indexOf(String text, String other) {
			return searched(text.indexOf(other), 0, text.length());
		}

		public static int indexOf(String text, String other, int start) {
			return searched(text.indexOf(other, start), start, text.length());
		}

		public static int lastIndexOf(String text, int character) {
			return searchedBackwards(text.lastIndexOf(character), text.length());
		}

		public static int lastIndexOf(String text, int character, int start) {
			return searchedBackwards(text.lastIndexOf(character, start), start);
		}

		public static int lastIndexOf(String text, String other) {
			return searchedBackwards(text.lastIndexOf(other), text.length());
		}

		public static boolean contains(String text, CharSequence other) {
			searched(text.indexOf(other.toString()), 0, text.length());
			return text.contains(other);
		}

		public static boolean equals(String text, Object other) {
			addSteps((other instanceof String otherText && otherText.length() == text.length()) ? text.length() : 1);
			return text.equals(other);
		}

		public static boolean regionMatches(String text, boolean ignoreCase, int start, String other, int otherStart,
				int length) {
			int same = 0;
			while (same < length && text.regionMatches(ignoreCase, start + same, other, otherStart + same, 1)) {
				same++;
			}
			addSteps(same + 1L);
			return same == length;
		}

		public static boolean isBlank(String text) {
			boolean blank = text.isBlank();
			addSteps(blank ? text.length() : 1);
			return blank;
		}

		public static int codePointCount(String text, int start, int end) {
			addSteps(end - start);
			return text.codePointCount(start, end);
		}

		public static int offsetByCodePoints(String text, int start, int count) {
			addSteps(Math.abs(count));
			return text.offsetByCodePoints(start, count);
		}

		public static byte[] getBytes(String text, Charset charset) {
			made(text);
			return text.getBytes(charset);
		}

		public static String[] split(String text, String pattern) {
			return Pattern.compile(pattern).split(new CountedText(text));
		}

		public static boolean matches(String text, String pattern) {
			return Pattern.compile(pattern).matcher(new CountedText(text)).matches();
		}

		public static String replaceAll(String text, String pattern, String replacement) {
			return Pattern.compile(pattern).matcher(new CountedText(text)).replaceAll(replacement);
		}

		public static String replaceFirst(String text, String pattern, String replacement) {
			return Pattern.compile(pattern).matcher(new CountedText(text)).replaceFirst(replacement);
		}

		public static Matcher matcher(Pattern pattern, CharSequence text) {
			return pattern.matcher(new CountedText(text));
		}

		public static StringBuilder append(StringBuilder builder, String text) {
			made(text);
			return builder.append(text);
		}

		public static StringBuilder append(StringBuilder builder, CharSequence text, int start, int end) {
			addSteps(end - start);
			return builder.append(text, start, end);
		}

		public static StringBuilder insert(StringBuilder builder, int offset, String text) {
			addSteps(builder.length() - offset + text.length());
			return builder.insert(offset, text);
		}

		public static StringBuilder deleteCharAt(StringBuilder builder, int index) {
			addSteps(builder.length() - index);
			return builder.deleteCharAt(index);
		}

		public static boolean contains(Collection<?> values, Object value) {
			addSteps((values instanceof Set) ? 1 : values.size());
			return values.contains(value);
		}

		public static int indexOf(List<?> values, Object value) {
			addSteps(values.size());
			return values.indexOf(value);
		}

		public static boolean remove(Collection<?> values, Object value) {
			addSteps((values instanceof Set) ? 1 : values.size());
			return values.remove(value);
		}

		public static Object remove(List<?> values, int index) {
			addSteps(values.size() - index);
			return values.remove(index);
		}

		public static <T> void add(List<T> values, int index, T value) {
			addSteps(values.size() - index + 1L);
			values.add(index, value);
		}

	}

	/**
	 * Takes the place of static methods of the JDK.
	 */
	public static final class Static {

		private Static() {
		}

		public static void arraycopy(Object source, int sourceStart, Object target, int targetStart, int length) {
			addSteps(length);
			System.arraycopy(source, sourceStart, target, targetStart, length);
		}

		public static byte[] copyOf(byte[] bytes, int length) {
			addSteps(length);
			return Arrays.copyOf(bytes, length);
		}

		public static byte[] copyOfRange(byte[] bytes, int start, int end) {
			addSteps(end - start);
			return Arrays.copyOfRange(bytes, start, end);
		}

	}

	/**
	 * A text whose characters are counted as they are read.
	 */
	private record CountedText(CharSequence text) implements CharSequence {

		@Override
		public int length() {
			return this.text.length();
		}

		@Override
		public char charAt(int index) {
			step();
			return this.text.charAt(index);
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			addSteps(end - start);
			return this.text.subSequence(start, end);
		}

		@Override
		public String toString() {
			return this.text.toString();
		}

	}

	/**
	 * Ends work that takes too many steps.
	 */
	private static final class TooManySteps extends AssertionError {

		TooManySteps() {
			super("More than %s steps".formatted(limit));
		}

		@Override
		public synchronized Throwable fillInStackTrace() {
			return this;
		}

	}

}
