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

package io.routekit.completions;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.routekit.FinishReason;
import io.routekit.Limits;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Reply;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link CompletionReader} with what careless servers send.
 */
class CompletionReaderTests {

	private static final ToolCall F = ToolCall.of("a", "f", "{\"x\":1}");

	private static final ToolCall G = ToolCall.of("b", "g", "{\"x\":2}");

	private final Reply reply = new Reply("openai", "m", HttpStatus.OK, new HttpHeaders(), new SecretRedactor(),
			Limits.defaults());

	private final CompletionReader reader = new CompletionReader(this.reply, new KeptSize(this.reply),
			CompletionsDialect.of(URI.create("http://localhost"), "openai", null, new CompletionsProperties()));

	private final List<StreamEvent> events = new ArrayList<>();

	@ParameterizedTest
	@CsvSource({ "'\"0\"','\"1\"'", "0.0,1.0", "0,1" })
	void indexMayBeWrittenInAnyWay(String first, String second) {
		assertThat(read(calls("{'index':%s,'id':'a','function':{'name':'f','arguments':'{'}}".formatted(first)),
				calls("{'index':%s,'id':'b','function':{'name':'g','arguments':'{'}}".formatted(second)),
				calls("{'index':%s,'function':{'arguments':'\\'x\\':1}'}}".formatted(first)),
				calls("{'index':%s,'function':{'arguments':'\\'x\\':2}'}}".formatted(second)), finish("stop"))
			.toolCalls()).containsExactly(F, G);
	}

	@ParameterizedTest
	@ValueSource(strings = { "'index':0,", "'id':'same',", "" })
	void eachElementOfAWholeMessageIsACall(String members) {
		String calls = "{%s'function':{'name':'f','arguments':'{\\'x\\':1}'}},{%s'function':{'name':'g','arguments':'{\\'x\\':2}'}}"
			.formatted(members, members);
		assertThat(read("{'choices':[{'message':{'tool_calls':[" + calls + "]},'finish_reason':'tool_calls'}]}")
			.toolCalls()).extracting(ToolCall::name, ToolCall::arguments)
			.containsExactly(tuple("f", "{\"x\":1}"), tuple("g", "{\"x\":2}"));
	}

	@Test
	void textComesFromOneChoice() {
		ModelResponse response = read("{'choices':[{'index':0,'delta':{'role':'assistant','content':''}}]}",
				"{'choices':[{'index':0,'delta':{'content':'fir'}}]}",
				"{'choices':[{'index':1,'delta':{'reasoning':'Hm','content':'SECOND'},'finish_reason':'length'}]}",
				"{'choices':[{'delta':{'content':'s'},'index':0},{'delta':{'content':'!'},'index':1}]}",
				"{'choices':[{'delta':{'content':'t'},'finish_reason':'stop','index':0}]}");
		assertThat(response.content()).isEqualTo("first");
		assertThat(response.reasoning()).isNull();
		assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(this.events).containsExactly(new StreamEvent.Text("fir"), new StreamEvent.Text("s"),
				new StreamEvent.Text("t"));
	}

	@Test
	void otherChoicesAddTheCallsThatTheFirstHasNot() {
		String call = "{'index':0,'delta':{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}}]}}";
		String same = "{'index':1,'delta':{'content':'No','tool_calls':[{'index':0,'id':'z','function':{'name':'f','arguments':'{ \\'x\\': 1}'}},"
				+ "{'index':1,'id':'b','function':{'name':'g','arguments':'{\\'x\\':2}'}}]}}";
		ModelResponse response = read("{'choices':[{'index':0,'delta':{'content':'Yes'}}]}",
				"{'choices':[" + same + "]}", "{'choices':[" + call + "]}", finish("stop"));
		assertThat(response.content()).isEqualTo("Yes");
		assertThat(response.toolCalls()).containsExactly(F, G);
		assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		assertThat(this.events).endsWith(new StreamEvent.ToolCallStart(1, "b", "g"),
				new StreamEvent.ToolCallArguments(1, "{\"x\":2}"), new StreamEvent.ToolCallComplete(1, G));
		assertThat(this.events).filteredOn(StreamEvent.ToolCallStart.class::isInstance).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "message", "delta" })
	void answerMayBeSpreadOverChoices(String member) {
		ModelResponse response = read(("{'choices':[{'index':0,'%1$s':{'reasoning':'Hm'},'finish_reason':'stop'},"
				+ "{'index':1,'%1$s':{'content':'Hi'}},{'index':2,'%1$s':{'tool_calls':["
				+ "{'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}}]},'finish_reason':'tool_calls'}]}")
			.formatted(member));
		assertThat(response.reasoning()).isEqualTo("Hm");
		assertThat(response.content()).isEqualTo("Hi");
		assertThat(response.toolCalls()).containsExactly(F);
		assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
	}

	@Test
	void messageBeforeItsDeltaIsReadAfterIt() {
		ModelResponse response = read(
				"{'choices':[{'index':0,'message':{'content':'Oslo'},'delta':{'content':'Oslo'}}]}",
				"{'choices':[{'message':{'content':'Oslo is cold.'},'delta':{'content':' is'},'index':0,'finish_reason':'stop'}]}");
		assertThat(response.content()).isEqualTo("Oslo is cold.");
		assertThat(this.events).containsExactly(new StreamEvent.Text("Oslo"), new StreamEvent.Text(" is"),
				new StreamEvent.Text(" cold."));
	}

	@Test
	void choicesDoNotShareTheirCalls() {
		assertThat(read(
				"{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'name':'f','arguments':'{'}}]}},"
						+ "{'index':1,'delta':{'tool_calls':[{'index':0,'function':{'name':'g','arguments':'{'}}]}}]}",
				"{'choices':[{'index':1,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'}'}}]}}]}",
				"{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'}'}}]}}]}",
				finish("tool_calls"))
			.toolCalls()).extracting(ToolCall::name, ToolCall::arguments)
			.containsExactly(tuple("f", "{}"), tuple("g", "{}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'index':1,'id':'','function':{'arguments':null},'extra_content':null}",
			"{'index':1,'function':{'arguments':' '}}", "{'index':1,'function':{'arguments':'{}'}}",
			"{'index':1,'extra_content':{}}", "{'index':1}" })
	void deltaThatCallsNothingIsNoCall(String ghost) {
		assertThat(read(calls("{'index':0,'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}}"), calls(ghost),
				finish("stop"))
			.toolCalls()).containsExactly(F);
	}

	@Test
	void callThatWasCutBeforeItsNameIsNone() {
		ModelResponse response = read(text("Hello"), calls("{'index':0,'id':'a','type':'function'}"), finish("length"));
		assertThat(response.content()).isEqualTo("Hello");
		assertThat(response.toolCalls()).isEmpty();
		assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
	}

	@Test
	void callThatNeverGetsANameIsInvalid() {
		assertThat(failure(calls("{'index':0,'id':'a','function':{'arguments':'{}'}}"), finish("stop")).getKind())
			.isEqualTo(Kind.INVALID_RESPONSE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "length", "content_filter", "" })
	void callWithoutArgumentsIsIncompleteUnlessTheModelWasDone(String reason) {
		ModelResponse response = read(calls("{'index':0,'id':'a','function':{'name':'f','arguments':''}}"),
				reason.isEmpty() ? "{'choices':[]}" : finish(reason));
		assertThat(response.toolCalls()).singleElement().extracting(ToolCall::complete).isEqualTo(false);
		assertThat(this.events).noneMatch(StreamEvent.ToolCallComplete.class::isInstance);
	}

	@ParameterizedTest
	@CsvSource({ "length,stop,LENGTH", "content_filter,stop,CONTENT_FILTERED", "stop,length,LENGTH", "stop,'',STOP" })
	void laterFinishReasonDoesNotHideThatTheModelWasStopped(String first, String second, FinishReason expected) {
		assertThat(read(text("x"), finish(first), finish(second)).finishReason()).isEqualTo(expected);
	}

	@Test
	void errorIsNotHiddenByAnEarlierFinishReason() {
		assertThat(failure(text("x"), finish("length"), finish("error")).getKind()).isEqualTo(Kind.SERVER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1,2]", "true", "5", "'oops'" })
	void argumentsThatAreNoObjectAreKeptAndFlagged(String arguments) {
		assertThat(read(calls("{'index':0,'id':'a','function':{'name':'f','arguments':" + arguments + "}}"),
				finish("tool_calls"))
			.toolCalls()).singleElement().satisfies((call) -> {
				assertThat(call.complete()).isFalse();
				assertThat(call.arguments()).isEqualTo(arguments.replace("'", ""));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "'extra_content':null", "'extra_content':{}", "'type':'function'" })
	void stateMayComeAfterItsCall(String first) {
		ModelResponse response = read(
				calls("{'index':0,'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}," + first + "}"),
				calls("{'index':0,'extra_content':{'s':1}}"), finish("stop"));
		assertThat(state(response)).isEqualTo("{\"extra_content\":{\"s\":1}}");
	}

	@Test
	void stateMayComeInSeveralDeltas() {
		ModelResponse response = read(
				calls("{'index':0,'id':'a','x':1.50,'function':{'name':'f','arguments':'','y':{'z':[]}}}"),
				calls("{'index':0,'x':1.50,'function':{'arguments':'{}'}}"),
				calls("{'index':0,'x':2,'extra_content':{'s':1}}"), finish("stop"));
		assertThat(state(response))
			.isEqualTo("{\"x\":1.50,\"function\":{\"y\":{\"z\":[]}},\"extra_content\":{\"s\":1}}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			'new_text':'a'               | 'new_text':'b'               | {"new_text":"ab"}
			'new_text':'a'               | 'new_text':'a'               | {"new_text":"aa"}
			'o':{'new_text':'a'}         | 'o':{'new_text':'b'}         | {"o":{"new_text":"ab"}}
			'o':{'content':'a'}          | 'o':{'content':''}           | {"o":{"content":"a"}}
			'status':'open'              | 'status':'closed'            | {"status":"closed"}
			'status':'open'              | 'status':'open'              | {"status":"open"}
			'status':'open'              | 'status':''                  | {"status":"open"}
			'o':{'status':'open'}        | 'o':{'status':'closed'}      | {"o":{"status":"closed"}}
			'o':[{'status':'open'}]      | 'o':[{'status':'closed'}]    | {"o":[{"status":"open"},{"status":"closed"}]}
			'o':[{'new_text':'a'}]       | 'o':[{'new_text':'b'}]       | {"o":[{"new_text":"ab"}]}
			""")
	void piecesAreJoinedByOneRuleHoweverDeepTheyAre(String first, String second, String expected) {
		ModelResponse response = read(calls("{'index':0,'id':'a','function':{'name':'f','arguments':'{}'}}"),
				"{'choices':[{'delta':{" + first + "}}]}", "{'choices':[{'delta':{" + second + "}}]}", finish("stop"));
		assertThat(response.toMessage().parts()).filteredOn(OpaquePart.class::isInstance)
			.singleElement(InstanceOfAssertFactories.type(OpaquePart.class))
			.satisfies((part) -> assertThat(part.state().json()).isEqualTo(expected));
	}

	@Test
	void stateMayComeBeforeItsCallOrWithoutOne() {
		assertThat(state(read(calls("{'index':0,'extra_content':{'s':1}}"),
				calls("{'index':0,'id':'a','function':{'name':'f','arguments':'{}'}}"), finish("stop"))))
			.isEqualTo("{\"extra_content\":{\"s\":1}}");
	}

	@Test
	void stateOfTheMessageBelongsToItsFirstCall() {
		assertThat(state(read(calls("{'index':0,'id':'a','function':{'name':'f','arguments':'{}'}}"),
				"{'choices':[{'delta':{'extra_content':{'s':1}}}]}", finish("stop"))))
			.isEqualTo("{\"extra_content\":{\"s\":1}}");
	}

	private static String state(ModelResponse response) {
		return response.toolCalls().get(0).state().json();
	}

	@Test
	void messageAfterItsDeltasIsNotReadAgain() {
		assertThat(read(text("Hel"), text("lo"),
				"{'choices':[{'delta':{},'message':{'content':'Hello'},'finish_reason':'stop'}]}")
			.content()).isEqualTo("Hello");
	}

	@Test
	void messageAfterItsDeltasMayTellMore() {
		ModelResponse response = read(text("Hel"),
				"{'choices':[{'message':{'content':'Hello','tool_calls':[{'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}}]},'finish_reason':'tool_calls'}]}");
		assertThat(response.content()).isEqualTo("Hello");
		assertThat(response.toolCalls()).containsExactly(F);
		assertThat(this.events).contains(new StreamEvent.Text("lo"), new StreamEvent.ToolCallComplete(0, F));
	}

	@Test
	void messageAfterItsDeltasRepeatsTheirCalls() {
		assertThat(read(calls("{'index':0,'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}}"),
				"{'choices':[{'message':{'content':null,'tool_calls':[{'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}}]},'finish_reason':'tool_calls'}]}")
			.toolCalls()).containsExactly(F);
	}

	@Test
	void callMayBeRepeatedInTheFormOfOld() {
		String function = "'function_call':{'name':'f','arguments':'{\\'x\\':1}'}";
		String call = "'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}}]";
		assertThat(read("{'choices':[{'delta':{" + function + "," + call + "}}]}", "{'choices':[{'delta':{"
				+ call.replace("'name':'f','arguments':'{\\'x\\':1}'", "'arguments':''") + "," + function + "}}]}",
				finish("tool_calls"))
			.toolCalls()).containsExactly(F);
	}

	@Test
	void callMayBeOutsideOfAList() {
		assertThat(read(
				"{'choices':[{'message':{'tool_calls':{'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}}},'finish_reason':'tool_calls'}]}")
			.toolCalls()).containsExactly(F);
	}

	@Test
	void reasoningMayChangeItsField() {
		assertThat(
				read("{'choices':[{'delta':{'reasoning':'a'}}]}", "{'choices':[{'delta':{'reasoning_content':'b'}}]}",
						"{'choices':[{'delta':{'reasoning_content':'c','reasoning':'c'}}]}", finish("stop"))
					.reasoning())
			.isEqualTo("abc");
	}

	@Test
	void halfACharacterKeepsItsPlace() {
		ModelResponse response = read(text("a\\ud83d"), "{'choices':[{'delta':{'reasoning':'Hm'}}]}", text("b"),
				finish("stop"));
		assertThat(this.events).containsExactly(new StreamEvent.Text("a"), new StreamEvent.Text("\uD83D"),
				new StreamEvent.Reasoning("Hm"), new StreamEvent.Text("b"));
		assertThat(response.content()).isEqualTo("a\uD83Db");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{'type':'text','text':'a'} | a
			['a',{'text':'b'}]         | ab
			42                         | 42
			""")
	void contentMayHaveOtherForms(String content, String expected) {
		assertThat(read("{'choices':[{'message':{'content':" + content + "},'finish_reason':'stop'}]}").content())
			.isEqualTo(expected);
	}

	@Test
	void refusalMayBeAPartOfTheContent() {
		ModelResponse response = read(
				"{'choices':[{'message':{'content':[{'type':'refusal','refusal':'No'}]},'finish_reason':'stop'}]}");
		assertThat(response.refusal()).isEqualTo("No");
		assertThat(response.finishReason()).isEqualTo(FinishReason.REFUSAL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'choices':[{}]}", "{'choices':[{'message':null}]}",
			"{'choices':[{'message':{'content':null}}]}", "{'choices':[{'delta':{'role':'assistant','content':''}}]}" })
	void answerWithoutContentAndFinishReasonIsInvalid(String payload) {
		assertThat(failure(payload).getKind()).isEqualTo(Kind.INVALID_RESPONSE);
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"{'choices':[{'message':{'content':''},'finish_reason':'error','error':{'code':429,'message':'Slow'}}]}",
			"{'choices':[],'x_groq':{'error':{'code':429,'message':'Slow'}}}",
			"{'object':'error','message':'Slow','code':429,'choices':[]}",
			"{'message':'Slow','code':429,'choices':null}" })
	void errorIsFoundWhereverItIs(String payload) {
		ModelException failure = failure(payload);
		assertThat(failure.getKind()).isEqualTo(Kind.RATE_LIMIT);
		assertThat(failure).hasMessageStartingWith("Slow");
	}

	@Test
	void usageIsNotErasedByWhatIsNone() {
		ModelResponse response = read(text("x"),
				"{'choices':[],'usage':{'prompt_tokens':9,'completion_tokens':2,'prompt_tokens_details':{'cached_tokens':4}}}",
				"{'choices':[],'usage':{'prompt_tokens':'','completion_tokens':-1,'prompt_tokens_details':[]}}",
				finish("stop"));
		assertThat(response.usage().promptTokens()).isEqualTo(9);
		assertThat(response.usage().completionTokens()).isEqualTo(2);
		assertThat(response.usage().cachedTokens()).isEqualTo(4);
		assertThat(response.usage().unreadable()).isEqualTo("completion_tokens");
	}

	@Test
	void totalThatCannotBeIsUnknown() {
		assertThat(read(text("x"), finish("stop"),
				"{'choices':[],'usage':{'prompt_tokens':9223372036854775807,'completion_tokens':1}}")
			.usage()
			.totalTokens()).isNull();
	}

	@Test
	void logProbabilitiesOfAStreamAreCollected() {
		ModelResponse response = read("{'choices':[{'delta':{'content':'a'},'logprobs':{'content':[{'token':'a'}]}}]}",
				"{'choices':[{'delta':{'content':'b'},'logprobs':{'content':[{'token':'b'}]}}]}", finish("stop"));
		assertThat(response.metadata().get("logprobs"))
			.isEqualTo(Map.of("content", List.of(Map.of("token", "a"), Map.of("token", "b"))));
	}

	@ParameterizedTest
	@CsvSource({ "21000,true", "18000,false" })
	void logProbabilitiesCountOnceAndAsTheyCame(int limit, boolean fits) {
		Reply reply = new Reply("openai", "m", HttpStatus.OK, new HttpHeaders(), new SecretRedactor(),
				Limits.builder().response(DataSize.ofBytes(limit)).build());
		CompletionReader reader = new CompletionReader(reply, new KeptSize(reply),
				CompletionsDialect.of(URI.create("http://localhost"), "openai", null, new CompletionsProperties()));
		String list = "[{'token':'a','logprob':-0.12}]";
		String chunk = "{'choices':[{'delta':{'content':'a'},'logprobs':{'content':%s}}]}".formatted(list);
		byte[] json = chunk.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
		ThrowingCallable read = () -> {
			for (int i = 0; i < 600; i++) {
				reader.read(null, json, 0, json.length, this.events::add);
			}
		};
		// The text, and what was sent of each token
		assertThat(600 * (1 + list.length())).isBetween(18_001, 20_000);
		if (fits) {
			assertThatNoException().isThrownBy(read);
		}
		else {
			assertThatExceptionOfType(ModelException.class).isThrownBy(read).withMessageContaining("limit.response");
		}
	}

	@Test
	void whatBringsNothingIsAMereSignOfLife() {
		assertThat(readOne("{'choices':[]}")).isFalse();
		assertThat(readOne("{'choices':[{'delta':{'role':'assistant','content':''}}]}")).isFalse();
		assertThat(readOne(text("a"))).isTrue();
		assertThat(readOne(finish("stop"))).isTrue();
	}

	private static String calls(String calls) {
		return "{'choices':[{'delta':{'tool_calls':[" + calls + "]}}]}";
	}

	private static String text(String text) {
		return "{'choices':[{'delta':{'content':'" + text + "'}}]}";
	}

	private static String finish(String reason) {
		return "{'choices':[{'delta':{},'finish_reason':'" + reason + "'}]}";
	}

	private ModelResponse read(String... payloads) {
		for (String payload : payloads) {
			readOne(payload);
		}
		return this.reader.complete(this.events::add);
	}

	private boolean readOne(String payload) {
		byte[] json = payload.replace("\\'", "\\\"").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
		return this.reader.read(null, json, 0, json.length, this.events::add);
	}

	private ModelException failure(String... payloads) {
		try {
			read(payloads);
		}
		catch (ModelException ex) {
			return ex;
		}
		throw new AssertionError("The answer is no failure");
	}

}
