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

package io.routekit.sample;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ChatBody} as the application reads it, and for {@link InvalidBody}.
 */
class ChatBodyTests {

	/**
	 * A value of each kind that JSON knows.
	 */
	private static final List<String> VALUES = List.of("null", "true", "5", "1.5", "'x'", "' '", "[]", "[null]", "{}");

	private static final int HUGE = 7_800_000;

	private static ConfigurableApplicationContext context;

	private static JsonMapper mapper;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(JsonConfiguration.class).web(WebApplicationType.NONE).run();
		mapper = context.getBean(JsonMapper.class);
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					model | null, 'x' | {'message':'a','model':?}
					message | 'x' | {'message':?}
					messages | - | {'messages':?}
					messages[0] | - | {'messages':[?]}
					messages[0].role | - | {'messages':[{'content':'a','role':?}]}
					messages[0].content | 'x', ' ' | {'messages':[{'role':'user','content':?}]}
					messages[0].content | 'x', ' ' | {'messages':[{'role':'system','content':?}]}
					messages[0].content | 'x', ' ' | {'messages':[{'role':'assistant','content':?}]}
					messages[0].content | null, 'x', ' ' | {'messages':[{'role':'assistant','toolCalls':[],'content':?}]}
					messages[0].content[0] | - | {'messages':[{'role':'user','content':[?]}]}
					messages[0].content[0].type | - | {'messages':[{'role':'user','content':[{'type':?}]}]}
					messages[0].content[0].text | 'x', ' ' | {'messages':[{'role':'user','content':[{'type':'text','text':?}]}]}
					messages[0].content[0].url | - | {'messages':[{'role':'user','content':[{'type':'image','url':?}]}]}
					messages[0].content[0].detail | null, 'x', ' ' | {'messages':[{'role':'user','content':[{'type':'image','url':'data:a','detail':?}]}]}
					messages[0].toolCalls | null, [] | {'messages':[{'role':'assistant','content':'a','toolCalls':?}]}
					messages[0].toolCalls[0] | - | {'messages':[{'role':'assistant','toolCalls':[?]}]}
					messages[0].toolCalls[0].id | 'x' | {'messages':[{'role':'assistant','toolCalls':[{'id':?,'name':'a'}]}]}
					messages[0].toolCalls[0].name | 'x' | {'messages':[{'role':'assistant','toolCalls':[{'id':'a','name':?}]}]}
					messages[0].toolCalls[0].arguments | null, {} | {'messages':[{'role':'assistant','toolCalls':[{'id':'a','name':'a','arguments':?}]}]}
					messages[0].toolCalls[0].rawArguments | null, 'x', ' ' | {'messages':[{'role':'assistant','toolCalls':[{'id':'a','name':'a','rawArguments':?}]}]}
					messages[0].toolCalls[0].signature | null | {'messages':[{'role':'assistant','toolCalls':[{'id':'a','name':'a','signature':?}]}]}
					messages[0].state | null, 'x', ' ' | {'messages':[{'role':'assistant','content':'a','state':?}]}
					messages[1].toolCallId | 'x' | {'messages':[{'role':'assistant','toolCalls':[{'id':'x','name':'a'}]},{'role':'tool','content':'a','toolCallId':?}]}
					messages[1].error | null, true | {'messages':[{'role':'assistant','toolCalls':[{'id':'x','name':'a'}]},{'role':'tool','content':'a','toolCallId':'x','error':?}]}
					tools | null, [] | {'message':'a','tools':?}
					tools[0] | - | {'message':'a','tools':[?]}
					tools[0].name | 'x' | {'message':'a','tools':[{'name':?}]}
					tools[0].description | null, 'x', ' ' | {'message':'a','tools':[{'name':'a','description':?}]}
					tools[0].strict | null, true | {'message':'a','tools':[{'name':'a','strict':?}]}
					tools[0].parameters | null, {} | {'message':'a','tools':[{'name':'a','parameters':?}]}
					tools[0].parameters.type | null | {'message':'a','tools':[{'name':'a','parameters':{'type':?}}]}
					tools[0].parameters.properties | null, {} | {'message':'a','tools':[{'name':'a','parameters':{'properties':?}}]}
					tools[0].parameters.required | null, [] | {'message':'a','tools':[{'name':'a','parameters':{'required':?}}]}
					options | null, {} | {'message':'a','options':?}
					options.model | null, 'x' | {'message':'a','options':{'model':?}}
					options.temperature | null, 5, 1.5 | {'message':'a','options':{'temperature':?}}
					options.topP | null, 5, 1.5 | {'message':'a','options':{'topP':?}}
					options.maxTokens | null, 5 | {'message':'a','options':{'maxTokens':?}}
					options.stop | null, 'x', ' ', [] | {'message':'a','options':{'stop':?}}
					options.seed | null, 5 | {'message':'a','options':{'seed':?}}
					options.toolChoice | null, 'x' | {'message':'a','tools':[{'name':'x'}],'options':{'toolChoice':?}}
					options.parallelToolCalls | null, true | {'message':'a','options':{'parallelToolCalls':?}}
					options.responseFormat | null | {'message':'a','options':{'responseFormat':?}}
					options.responseFormat.type | - | {'message':'a','options':{'responseFormat':{'type':?}}}
					options.responseFormat.name | 'x' | {'message':'a','options':{'responseFormat':{'type':'json_schema','schema':{},'name':?}}}
					options.responseFormat.schema | {} | {'message':'a','options':{'responseFormat':{'type':'json_schema','name':'a','schema':?}}}
					options.responseFormat.strict | null, true | {'message':'a','options':{'responseFormat':{'type':'text','strict':?}}}
					options.reasoning | null, 'x' | {'message':'a','options':{'reasoning':?}}
					options.reasoning | 'x' | {'message':'a','options':{'reasoning':{'effort':?}}}
					options.reasoning | 5 | {'message':'a','options':{'reasoning':{'budgetTokens':?}}}
					options.serviceTier | null, 'x' | {'message':'a','options':{'serviceTier':?}}
					options.user | null, 'x' | {'message':'a','options':{'user':?}}
					options.extra | null, {} | {'message':'a','options':{'extra':?}}
					""")
	void refusesEveryOtherKindOfValueByTheNameOfTheField(String field, String accepted, String body) {
		for (String value : VALUES) {
			String json = body.replace("?", value);
			if (List.of(accepted.split(", ")).contains(value)) {
				assertThat(read(json)).as(json).isNotNull();
			}
			else if (!(field.equals("message") || field.equals("messages")) || !value.equals("null")) {
				assertThat(complaint(json)).as(json).startsWith(field).contains(" must ");
			}
		}
	}

	@Test
	void refusesWhatCannotBeRepresented() {
		assertThat(complaint("{'message':'a','options':{'maxTokens':99999999999}}"))
			.isEqualTo("options.maxTokens must be a whole number that can be represented");
		assertThat(complaint("{'message':'a','options':{'seed':1e999999999}}"))
			.isEqualTo("options.seed must be a whole number but was Infinity");
		assertThat(complaint("{'message':'a','options':{'maxTokens':-1}}"))
			.isEqualTo("options.maxTokens must be a whole number that is not negative but was -1");
	}

	@Test
	void quotesNoMoreThanTheBeginning() {
		String name = "n".repeat(900);
		assertThat(complaint("{'message':'a','options':{'" + name + "':1}}"))
			.startsWith("options." + "n".repeat(40) + "… is unknown")
			.hasSizeLessThan(300);
		assertThat(complaint("{'message':'a','options':{'toolChoice':'" + name + "'}}")).hasSizeLessThan(200);
		assertThat(complaint("{'messages':[{'role':'" + name + "'}]}")).hasSizeLessThan(200);
	}

	@Test
	void refusesAnImageThatIsNoAddress() {
		for (String url : new String[] { "file:///etc/passwd", "ftp://a", "javascript:alert(1)", "//a", "x" }) {
			assertThat(
					complaint("{'messages':[{'role':'user','content':[{'type':'image','url':'%s'}]}]}".formatted(url)))
				.isEqualTo("messages[0].content[0].url must be an address that begins with https://, http:// or data: "
						+ "but was '%s'".formatted(url));
		}
	}

	static Stream<Arguments> hugeBodies() {
		return Stream.of(huge("list of numbers", "[", "0,", "0]"),
				huge("list in an unknown field", "{'message':'a','x':[", "0,", "0]}"),
				huge("objects in an unknown field", "{'message':'a','x':[", "{},", "0]}"),
				huge("depth in an unknown field", "{'message':'a','x':", "[", ""),
				huge("unknown fields", "{'message':'a'", ",'x':1", "}"),
				huge("the same field", "{'message':'a'", ",'model':'a'", "}"),
				huge("numbers for messages", "{'messages':[", "0,", "0]}"),
				huge("messages", "{'messages':[", "{'role':'user','content':''},", "0]}"),
				huge("parts", "{'messages':[{'role':'user','content':[", "{'type':'text','text':''},", "0]}]}"),
				huge("tool calls", "{'messages':[{'role':'assistant','toolCalls':[", "{'id':'a','name':'b'},", "0]}]}"),
				huge("tools", "{'message':'a','tools':[", "{'name':'a'},", "0]}"),
				huge("schema", "{'message':'a','tools':[{'name':'a','parameters':{'x':[", "{},", "0]}}]}"),
				huge("arguments", "{'messages':[{'role':'assistant','toolCalls':[{'arguments':{'x':[", "[],",
						"0]}}]}]}"),
				huge("stop", "{'message':'a','options':{'stop':[", "'a',", "'a']}}"),
				huge("extra", "{'message':'a','options':{'extra':{'x':[", "{},", "0]}}}"),
				huge("unknown options", "{'message':'a','options':{", "'x':1,", "'x':1}}"),
				huge("name", "{'message':'a','", "abcd", "':1}"), huge("number", "{'message':'a','x':", "1", "}"),
				huge("text instead of a list", "{'messages':'", "abcd", "'}"));
	}

	private static Arguments huge(String what, String start, String unit, String end) {
		return Arguments.of(what, start, unit, end);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("hugeBodies")
	void refusesAHugeBodyWithoutBuildingIt(String what, String start, String unit, String end) {
		byte[] body = (start + unit.repeat(HUGE / unit.length()) + end).replace('\'', '"')
			.getBytes(StandardCharsets.UTF_8);
		long before = allocatedBytes();

		JacksonException failure = catchThrowableOfType(JacksonException.class,
				() -> mapper.readValue(body, ChatBody.class));
		String complaint = InvalidBody.describe(failure);

		long allocated = allocatedBytes() - before;
		assertThat(complaint).hasSizeLessThan(300);
		assertThat(allocated).isLessThan(5L * HUGE);
	}

	@Test
	void readsAHugeTextInAFewTimesItsSize() {
		byte[] body = "{\"message\":\"%s\"}".formatted("x".repeat(HUGE)).getBytes(StandardCharsets.UTF_8);
		long before = allocatedBytes();

		ChatBody read = mapper.readValue(body, ChatBody.class);

		assertThat(allocatedBytes() - before).isLessThan(5L * HUGE);
		assertThat(read.message()).hasSize(HUGE);
	}

	private static long allocatedBytes() {
		return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

	private static ChatBody read(String body) {
		return mapper.readValue(body.replace('\'', '"'), ChatBody.class);
	}

	private static String complaint(String body) {
		JacksonException failure = catchThrowableOfType(JacksonException.class, () -> read(body));
		// Spring takes a type that cannot be built for a fault of the server
		assertThat(failure).as(body).isNotNull().isNotInstanceOf(InvalidDefinitionException.class);
		return InvalidBody.describe(failure);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(JacksonAutoConfiguration.class)
	@Import(StrictJson.class)
	static class JsonConfiguration {

	}

}
