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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.routekit.JsonFaultsException;
import io.routekit.OneLine;
import tools.jackson.databind.JsonNode;

/**
 * Collects what does not fit, in words for a model.
 */
final class Faults {

	private static final int MAX_FAULTS = 20;

	private static final int MAX_QUOTED_LENGTH = 40;

	private final List<String> faults = new ArrayList<>();

	private final Set<String> places = new HashSet<>();

	private boolean misshapen;

	/**
	 * Add that a value has not the form that its type needs.
	 * @param path where the value is
	 * @param expected what there must be
	 * @param value what is there
	 */
	void mustBe(JsonPath path, String expected, JsonNode value) {
		this.misshapen = true;
		add(path, "must be %s but was %s".formatted(expected, quote(value)));
	}

	/**
	 * Add that a value is not there.
	 * @param path where it should be
	 * @param expected what there must be
	 */
	void missing(JsonPath path, String expected) {
		this.misshapen = true;
		add(path, "is missing and must be " + expected);
	}

	/**
	 * Add that a value cannot be read.
	 * @param path where the value is
	 * @param problem what is wrong with it
	 */
	void unreadable(JsonPath path, String problem) {
		this.misshapen = true;
		add(path, problem);
	}

	/**
	 * Add that a value has the form that its type needs, but violates a constraint.
	 * @param path where the value is
	 * @param problem what is wrong with it
	 */
	void violated(JsonPath path, String problem) {
		add(path, problem);
	}

	private void add(JsonPath path, String problem) {
		String place = path.toString();
		this.places.add(place);
		if (this.faults.size() < MAX_FAULTS) {
			this.faults.add(place + " " + problem);
		}
		else if (this.faults.size() == MAX_FAULTS) {
			this.faults.add("There is more that does not fit");
		}
	}

	boolean isFull() {
		return this.faults.size() > MAX_FAULTS;
	}

	/**
	 * Return whether there is a value that its type cannot take.
	 * @return whether there is no sense in reading on
	 */
	boolean isMisshapen() {
		return this.misshapen;
	}

	boolean isKnown(JsonPath path) {
		return this.places.contains(path.toString());
	}

	void throwIfAny() {
		if (!this.faults.isEmpty()) {
			throw new JsonFaultsException(this.faults);
		}
	}

	static String quote(JsonNode value) {
		if (value.isString()) {
			return '"' + OneLine.of(value.asString(), MAX_QUOTED_LENGTH) + '"';
		}
		if (value.isObject()) {
			return "an object";
		}
		return value.isArray() ? "an array" : OneLine.of(value.asString("null"), MAX_QUOTED_LENGTH);
	}

}
