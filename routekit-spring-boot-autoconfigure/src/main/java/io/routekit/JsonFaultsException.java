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

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Thrown when JSON does not fit a type. The faults are made to be told to a model: each
 * names the place and what must be there, and quotes 40 characters of what was there at
 * most. Names of Java classes are not among them.
 *
 * @since 0.1.0
 * @see JsonType#read(String)
 */
public final class JsonFaultsException extends RuntimeException {

	// What precedes the quote of a fault
	private static final String QUOTE = " but was ";

	private final List<String> faults;

	/**
	 * Create a new {@link JsonFaultsException} instance.
	 * @param faults what does not fit, in the order of the text. What was there comes
	 * last in each, after {@code but was}
	 */
	public JsonFaultsException(List<String> faults) {
		super("The JSON does not fit (%d faults)".formatted(required(faults).size()));
		this.faults = List.copyOf(faults);
	}

	private static List<String> required(@Nullable List<String> faults) {
		Assert.notEmpty(faults, "'faults' must not be empty");
		return faults;
	}

	/**
	 * Return what does not fit, for example
	 * {@code items[1].number must be an integer but was "x"}.
	 * @return the faults, never empty, without a full stop at their end
	 */
	public List<String> getFaults() {
		return this.faults;
	}

	/**
	 * Return the faults without what they quote, for those who must not see the text, for
	 * example {@code items[1].number must be an integer}.
	 * @return what must be, never empty
	 */
	public List<String> getExpectations() {
		return this.faults.stream().map(JsonFaultsException::withoutQuote).toList();
	}

	private static String withoutQuote(String fault) {
		int quote = fault.indexOf(QUOTE);
		return (quote > 0) ? fault.substring(0, quote) : fault;
	}

}
