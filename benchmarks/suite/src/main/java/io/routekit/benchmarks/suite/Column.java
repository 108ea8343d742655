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

/**
 * A column of a table.
 *
 * @param title what the numbers are
 * @param key the name of the numbers in measurements
 * @param scale what to multiply them with
 * @param digits the digits after the point
 */
record Column(String title, String key, double scale, int digits) {

	static Column of(String title, String key) {
		return new Column(title, key, 1, 0);
	}

	Column scaled(double scale) {
		return new Column(this.title, this.key, scale, this.digits);
	}

	Column precise(int digits) {
		return new Column(this.title, this.key, this.scale, digits);
	}

}
