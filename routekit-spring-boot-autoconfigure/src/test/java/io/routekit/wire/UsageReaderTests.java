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

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.routekit.TokenClass;
import io.routekit.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UsageReader}.
 */
class UsageReaderTests {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private static Map<String, Object> raw(String json) {
		return mapper.readValue(json.replace('\'', '"'), new TypeReference<>() {
		});
	}

	private static Usage read(String json) {
		return UsageReader.read(raw(json));
	}

	private static String tokens(Usage usage) {
		Map<String, Long> tokens = new TreeMap<>();
		usage.tokens().forEach((name, number) -> tokens.put(name.name().toLowerCase(Locale.ROOT), number));
		return tokens.toString();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					{'prompt_tokens':9,'completion_tokens':2}                                                    | 9   | 2   | {input=9, output=2}
					{'prompt_tokens':'9','completion_tokens':2.0,'total_tokens':11}                              | 9   | 2   | {input=9, output=2}
					{'prompt_tokens':9,'completion_tokens':2,'prompt_tokens_details':{'cached_tokens':4}}        | 9   | 2   | {cache_read=4, input=5, output=2}
					{'prompt_tokens':9,'completion_tokens':2,'prompt_tokens_details':{'cached_tokens':40}}       | 9   | 2   | {cache_read=9, input=0, output=2}
					{'prompt_tokens':9,'completion_tokens':2,'prompt_cache_hit_tokens':4}                        | 9   | 2   | {cache_read=4, input=5, output=2}
					{'prompt_tokens':9,'completion_tokens':2,'prompt_tokens_details':{'cached_tokens':0},'cached_tokens':4} | 9 | 2 | {cache_read=4, input=5, output=2}
					{'prompt_tokens':9,'completion_tokens':2,'cache_read_input_tokens':4,'cache_creation_input_tokens':3} | 9 | 2 | {cache_read=4, cache_write=3, input=2, output=2}
					{'prompt_tokens':9,'completion_tokens':2,'cache_creation_input_tokens':3,'cache_creation':{'ephemeral_1h_input_tokens':1}} | 9 | 2 | {cache_write=2, cache_write_1h=1, input=6, output=2}
					{'prompt_tokens':9,'completion_tokens':2,'prompt_tokens_details':{'cached_tokens':4,'cache_write_tokens':8,'audio_tokens':1}} | 9 | 2 | {audio_input=0, cache_read=4, cache_write=5, input=0, output=2}
					{'prompt_tokens':9,'completion_tokens':5,'completion_tokens_details':{'reasoning_tokens':3,'audio_tokens':1}} | 9 | 5 | {audio_output=1, input=9, output=1, reasoning=3}
					{'prompt_tokens':9,'completion_tokens':2,'total_tokens':18,'completion_tokens_details':{'reasoning_tokens':7}} | 9 | 9 | {input=9, output=2, reasoning=7}
					{'prompt_tokens':9,'completion_tokens':2,'total_tokens':18}                                  | 9   | 9   | {input=9, output=9}
					{'prompt_tokens':9,'completion_tokens':2,'total_tokens':3}                                   | 9   | 2   | {input=9, output=2}
					{'prompt_tokens':9,'total_tokens':11}                                                        | 9   | 2   | {input=9, output=2}
					{'completion_tokens':2,'total_tokens':11}                                                    | 9   | 2   | {input=9, output=2}
					{'prompt_tokens':9,'total_tokens':9}                                                         | 9   | 0   | {input=9, output=0}
					{'prompt_tokens':9}                                                                          | 9   | -   | {input=9}
					{'completion_tokens':2,'total_tokens':1}                                                     | -   | 2   | {output=2}
					{'total_tokens':640}                                                                         | -   | -   | {}
					{'input_tokens':9,'output_tokens':2,'total_tokens':11,'input_tokens_details':{'cached_tokens':4,'cache_write_tokens':3,'cache_write_tokens_details':{'ttl_30m_tokens':1,'ttl_12h_tokens':2}},'output_tokens_details':{'reasoning_tokens':1}} | 9 | 2 | {cache_read=4, cache_write_12h=2, cache_write_30m=1, input=2, output=1, reasoning=1}
					{'input_tokens':9,'output_tokens':2}                                                         | 9   | 2   | {input=9, output=2}
					{'input_tokens':9,'output_tokens':2,'cache_read_input_tokens':90,'cache_creation_input_tokens':20} | 119 | 2 | {cache_read=90, cache_write_5m=20, input=9, output=2}
					{'input_tokens':9,'output_tokens':2,'cache_creation_input_tokens':20,'cache_creation':{'ephemeral_5m_input_tokens':5,'ephemeral_1h_input_tokens':8}} | 29 | 2 | {cache_write_1h=8, cache_write_5m=12, input=9, output=2}
					{'input_tokens':9,'output_tokens':5,'output_tokens_details':{'thinking_tokens':3}}           | 9   | 5   | {input=9, output=2, reasoning=3}
					{'input_tokens':1,'output_tokens':1,'iterations':[{'input_tokens':9,'output_tokens':2},{'model':'other','input_tokens':3,'output_tokens':4}]} | 12 | 6 | {input=12, output=6}
					{'input_tokens':1,'output_tokens':1,'iterations':[{'input_tokens':9,'output_tokens':2},{'output_tokens':4}]} | - | 6 | {output=6}
					{'iterations':[{'type':'message','input_tokens':9,'output_tokens':0},{'type':'fallback_message','input_tokens':8,'output_tokens':4}]} | 8 | 4 | {input=8, output=4}
					{'iterations':[{'type':'message','input_tokens':9,'output_tokens':0},{'type':'fallback_message','input_tokens':8,'output_tokens':0}]} | 0 | 0 | {input=0, output=0}
					{'iterations':[{'type':'compaction','input_tokens':9,'output_tokens':0},{'type':'message','input_tokens':8,'output_tokens':4}]} | 17 | 4 | {input=17, output=4}
					""")
	void sortsTheTokensOfEachFormIntoClasses(String json, Long prompt, Long completion, String tokens) {
		Usage usage = read(json);
		assertThat(usage.promptTokens()).isEqualTo(prompt);
		assertThat(usage.completionTokens()).isEqualTo(completion);
		assertThat(tokens(usage)).isEqualTo(tokens);
		assertThat(usage.unreadable()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "0.5", "'n/a'", "''", "true", "[1]", "{'a':1}", "1000000001", "9007199254740993",
			"1000000000000000000", "1e30", "'12.5'" })
	void tellsWhatIsNoNumberOfTokens(String counter) {
		assertThat(read("{'prompt_tokens':9,'completion_tokens':%s,'total_tokens':11}".formatted(counter)))
			.satisfies((usage) -> {
				assertThat(usage.unreadable()).isEqualTo("completion_tokens");
				assertThat(usage.promptTokens()).isEqualTo(9);
				assertThat(usage.completionTokens()).isNull();
			});
		assertThat(read("{'input_tokens':9,'output_tokens':2,'cache_read_input_tokens':%s}".formatted(counter)))
			.extracting(Usage::unreadable)
			.isEqualTo("cache_read_input_tokens");
		assertThat(read("{'prompt_tokens':9,'completion_tokens':2,'prompt_tokens_details':{'cached_tokens':%s}}"
			.formatted(counter))).extracting(Usage::unreadable).isEqualTo("cached_tokens");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "0.5", "'n/a'", "true", "1000000001" })
	void takesATotalThatIsUnreadableForMissing(String total) {
		Usage usage = read("{'prompt_tokens':9,'completion_tokens':2,'total_tokens':%s}".formatted(total));
		assertThat(usage.unreadable()).isNull();
		assertThat(usage.totalTokens()).isEqualTo(11);
		assertThat(read("{'prompt_tokens':9,'total_tokens':%s}".formatted(total)).completionTokens()).isNull();
	}

	@Test
	void believesTheLargestNumber() {
		Usage usage = read("{'prompt_tokens':1000000000,'completion_tokens':1000000000}");
		assertThat(usage.totalTokens()).isEqualTo(2_000_000_000L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{'service_tier':'standard'}", "{'prompt_tokens':null}", "{'queue_time':0.1}" })
	void readsNothingWhereNothingIsTold(String json) {
		assertThat(read(json)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'iterations':[1,2]}", "{'iterations':'none','input_tokens':1,'output_tokens':1}" })
	void tellsIterationsThatAreNone(String json) {
		assertThat(read(json).unreadable()).isEqualTo("iterations");
	}

	@Test
	void tellsTheTokensOfEachModel() {
		Map<String, Object> raw = raw("""
				{'input_tokens':1,'output_tokens':1,'iterations':[{'input_tokens':9,'output_tokens':2},
				{'type':'advisor_message','model':'other','input_tokens':3,'output_tokens':4}]}""");
		assertThat(UsageReader.readByModel(UsageReader.read(raw))).containsExactly(
				new ModelTokens(null, Map.of(TokenClass.INPUT, 9L, TokenClass.OUTPUT, 2L)),
				new ModelTokens("other", Map.of(TokenClass.INPUT, 3L, TokenClass.OUTPUT, 4L)));
	}

	@Test
	void addsUpWhateverIsSent() {
		Random random = new Random(20);
		for (int i = 0; i < 20_000; i++) {
			Map<String, Object> raw = randomObject(random, 0);
			Usage usage = UsageReader.read(raw);
			if (usage == null) {
				continue;
			}
			assertThat(usage.tokens().values()).as(raw.toString()).allMatch((number) -> number >= 0);
			Long prompt = usage.promptTokens();
			Long completion = usage.completionTokens();
			if (prompt != null && completion != null) {
				assertThat(usage.tokens().values().stream().mapToLong(Long::longValue).sum()).as(raw.toString())
					.isEqualTo(prompt + completion);
			}
			if (usage.unreadable() == null && !raw.containsKey("iterations") && raw.get("total_tokens") == null) {
				assertThat(prompt == null).as(raw.toString())
					.isEqualTo(raw.get("prompt_tokens") == null && raw.get("input_tokens") == null);
			}
		}
	}

	private static Map<String, Object> randomObject(Random random, int depth) {
		List<String> names = List.of("prompt_tokens", "completion_tokens", "total_tokens", "input_tokens",
				"output_tokens", "cached_tokens", "cache_read_input_tokens", "cache_creation_input_tokens",
				"cache_creation", "ephemeral_1h_input_tokens", "prompt_tokens_details", "input_tokens_details",
				"completion_tokens_details", "output_tokens_details", "reasoning_tokens", "audio_tokens",
				"cache_write_tokens", "cache_write_tokens_details", "ttl_12h_tokens", "server_tool_use",
				"web_search_requests", "iterations", "cost", "type", "model");
		Map<String, Object> object = new HashMap<>();
		int size = random.nextInt(8);
		for (int i = 0; i < size; i++) {
			object.put(names.get(random.nextInt(names.size())), randomValue(random, depth));
		}
		return object;
	}

	private static Object randomValue(Random random, int depth) {
		return switch (random.nextInt(16)) {
			case 0 -> null;
			case 1 -> -random.nextInt(100);
			case 2 -> random.nextDouble();
			case 3 -> Long.MAX_VALUE;
			case 4 -> new BigDecimal("1e999999999");
			case 5 -> "fallback_message";
			case 6 -> (depth < 3) ? randomObject(random, depth + 1) : 1;
			case 7 -> (depth < 3) ? new ArrayList<>(List.of(randomObject(random, depth + 1), 1)) : 1;
			case 8 -> Double.NaN;
			default -> random.nextInt(1000);
		};
	}

}
