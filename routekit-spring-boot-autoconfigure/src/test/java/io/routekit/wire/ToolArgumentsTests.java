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

package io.routekit.wire;

import java.util.List;

import io.routekit.Limits;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ToolArguments}.
 */
class ToolArgumentsTests {

	private final ToolArguments arguments = new KeptSize(
			new Reply("openai", "m", HttpStatus.OK, HttpHeaders.EMPTY, new SecretRedactor(), Limits.defaults()))
		.toolArguments();

	private final StringBuilder passedOn = new StringBuilder();

	private String join(String... pieces) {
		List.of(pieces).forEach((piece) -> this.passedOn.append(this.arguments.append(piece)));
		this.passedOn.append(this.arguments.rest());
		return this.arguments.join();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}~{"a":1}                       | {"a":1}
			{~}~{"a"~:1}                     | {"a":1}
			{ }~null~{"a":1}~{}              | {"a":1}
			null~{"a":1}                     | {"a":1}
			{"a":1}~{"a":1}                  | {"a":1}
			{"a"~:1}~{"a":1}                 | {"a":1}
			{"a":1}~{ "a": 1 }               | {"a":1}
			{"a":1,"b":2}~{"b":2,"a":1}      | {"a":1,"b":2}
			{"a":1}~{"a"~:1}                 | {"a":1}
			{"a":1}{"a":1}                   | {"a":1}
			{"a":1}~{}                       | {"a":1}
			{"a":"b~{"a":"bc~{"a":"bcd"}     | {"a":"bcd"}
			{}~{"a":"b~{"a":"bc~{"a":"bcd"}  | {"a":"bcd"}
			{"a":"b~{"a":"bc"}~{"a":"bc"}    | {"a":"bc"}
			{"a":~"b~{"a":"bc"}              | {"a":"bc"}
			{"a":"}{"}~{"a":"}{"}            | {"a":"}{"}
			{}~{}                            | {}
			{}                               | {}
			null                             | {}
			""")
	void whatIsRestatedCountsOnce(String pieces, String expected) {
		assertThat(join(pieces.split("~"))).isEqualTo(expected);
		assertThat(this.passedOn).hasToString(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"a":~{"a":1}}                   | {"a":{"a":1}}
			{"a":~{"a":~{"a":1}}}            | {"a":{"a":{"a":1}}}
			{"a":[{}~,{}]}                   | {"a":[{},{}]}
			{"a":"{}~{}"}                    | {"a":"{}{}"}
			{"a":"\\\"}~{"}                   | {"a":"\\\"}{"}
			""")
	void whatOnlyLooksRestatedIsKept(String pieces, String expected) {
		assertThat(join(pieces.split("~"))).isEqualTo(expected);
		assertThat(this.passedOn).hasToString(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"a":1}~{"a":2}                  | {"a":1}{"a":2}
			{"a":1}~oops                     | {"a":1}oops
			{"a":1~{"b":1}                   | {"a":1{"b":1}
			[1]~[1]                          | [1][1]
			oops~oops                        | oopsoops
			""")
	void whatCanMeanSeveralThingsIsNoObject(String pieces, String expected) {
		assertThat(join(pieces.split("~"))).isEqualTo(expected);
		assertThat(this.passedOn).hasToString(expected);
	}

	@Test
	void pieceIsPassedOnAtOnce() {
		assertThat(this.arguments.append("{\"a\":\"\ud83d")).isEqualTo("{\"a\":\"");
		assertThat(this.arguments.emitted()).isEqualTo("{\"a\":\"");
		assertThat(this.arguments.append("\ude00\"}")).isEqualTo("\ud83d\ude00\"}");
		assertThat(this.arguments.append("{\"a\":\"\ud83d\ude00\"}")).isEmpty();
		assertThat(this.arguments.rest()).isEmpty();
	}

	@Test
	void emptyObjectSaysNothing() {
		assertThat(this.arguments.isEmpty()).isTrue();
		this.arguments.append("{}");
		assertThat(this.arguments.isEmpty()).isTrue();
		this.arguments.append("{\"a\":1}");
		assertThat(this.arguments.isEmpty()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"a":~1}  | {"a":1}  | {"a":1} | {"a":1}
			{"a":     | {"a":1}  | {"a":1} | {"a":1}
			{"a":1    | {"a":2}  | {"a":2} | {"a":1
			''        | {"a":1}  | {"a":1} | {"a":1}
			{"a":1}   | ' '      | {"a":1} | {"a":1}
			{"a":1}   | oops     | {"a":1} | {"a":1}
			{"a"      | {"a":oo  | {"a":oo | {"a":oo
			""")
	void whatIsToldAsAWholeCountsMoreThanPieces(String pieces, String whole, String expected, String passedOn) {
		List.of(pieces.split("~")).forEach((piece) -> this.passedOn.append(this.arguments.append(piece)));
		this.arguments.settle(whole);
		this.passedOn.append(this.arguments.rest());
		assertThat(this.arguments.join()).isEqualTo(expected);
		assertThat(this.passedOn).hasToString(passedOn);
	}

}
