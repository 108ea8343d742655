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

package io.routekit.benchmarks.suite;

import java.util.List;
import java.util.Locale;

/**
 * A column of a table, and those of its ratios.
 *
 * @param title what the numbers are
 * @param key the name of the numbers in measurements
 * @param scale what to multiply them with
 * @param digits the digits after the point
 * @param baselines the clients that others are compared with
 */
record Column(String title, String key, double scale, int digits, List<Adapter> baselines) {

	static Column of(String title, String key, Adapter... baselines) {
		return new Column(title, key, 1, 0, List.of(baselines));
	}

	Column scaled(double scale, int digits) {
		return new Column(this.title, this.key, scale, digits, this.baselines);
	}

	String text(double value) {
		return String.format(Locale.ROOT, "%,." + this.digits + "f", value * this.scale);
	}

}
