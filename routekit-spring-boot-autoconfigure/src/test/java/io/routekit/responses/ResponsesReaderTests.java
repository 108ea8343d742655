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

package io.routekit.responses;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.routekit.AssistantPart;
import io.routekit.FinishReason;
import io.routekit.Limits;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.Usage;
import io.routekit.completions.CompletionsProtocol;
import io.routekit.http.Chunking;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.KeptSize;
import io.routekit.wire.RateLimitHeaders;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ResponsesReader} with what OpenAI and careless servers send.
 */
class ResponsesReaderTests {

	private static final String OSLO = "{\"city\":\"Oslo\"}";

	private static final String REASONING = "{'id':'rs_1','type':'reasoning','summary':[{'type':'summary_text','text':'Hm'}],"
			+ "'encrypted_content':'whole'}";

	private static final String MESSAGE = "{'id':'msg_1','type':'message','status':'completed','role':'assistant',"
			+ "'phase':'final_answer','content':[{'type':'output_text','text':'Hi','annotations':[],'logprobs':[]}]}";

	private static final String CALL = "{'id':'fc_1','type':'function_call','status':'completed','call_id':'call_1',"
			+ "'name':'f','arguments':'{\\'city\\':\\'Oslo\\'}'}";

	private static final String USAGE = "{'input_tokens':37,'input_tokens_details':{'cached_tokens':0,"
			+ "'cache_write_tokens':0},'output_tokens':11,'output_tokens_details':{'reasoning_tokens':0},'total_tokens':48}";

	private static final String CREATED = event("response.created",
			"'response':{'id':'resp_1','object':'response','status':'in_progress','model':'m-1','error':null,'output':[],'usage':null}");

	private static final String COMPLETED = completed("'output':[]");

	private boolean endsWithItems;

	private final List<StreamEvent> events = new ArrayList<>();

	private static String json(String text) {
		return text.replace('\'', '"');
	}

	private static String event(String type, String members) {
		return "event: " + type + "\ndata: {'type':'" + type + "','sequence_number':1" + (members.isEmpty() ? "" : ",")
				+ members + "}\n\n";
	}

	private static String completed(String members) {
		return event("response.completed",
				"'response':{'id':'resp_1','object':'response','status':'completed','model':'m-1'"
						+ (members.isEmpty() ? "" : ",") + members + "}");
	}

	private static String added(int index, String item) {
		return event("response.output_item.added", "'output_index':" + index + ",'item':" + item);
	}

	private static String done(int index, String item) {
		return event("response.output_item.done", "'output_index':" + index + ",'item':" + item);
	}

	private static String message(String id, String text) {
		return MESSAGE.replace("msg_1", id).replace("'Hi'", "'" + text + "'");
	}

	private static String openMessage(String id) {
		return "{'id':'" + id + "','type':'message','status':'in_progress','role':'assistant','content':[]}";
	}

	private static String openCall(String id, String callId, String name) {
		return "{'id':'" + id + "','type':'function_call','status':'in_progress','call_id':'" + callId + "','name':'"
				+ name + "','arguments':''}";
	}

	private static String call(String id, String callId, String name, String arguments) {
		return "{'id':'" + id + "','type':'function_call','status':'completed','call_id':'" + callId + "','name':'"
				+ name + "','arguments':'" + arguments.replace("\"", "\\'") + "'}";
	}

	private static String text(int index, String id, String delta) {
		return event("response.output_text.delta", "'item_id':'" + id + "','output_index':" + index
				+ ",'content_index':0,'delta':'" + delta + "','logprobs':[],'obfuscation':'x'");
	}

	private static String arguments(int index, String id, String delta) {
		return event("response.function_call_arguments.delta", "'item_id':'" + id + "','output_index':" + index
				+ ",'delta':'" + delta.replace("\"", "\\'") + "','obfuscation':'x'");
	}

	private ModelResponse read(String... answer) {
		String bytes = json(String.join("", answer));
		ModelResponse first = null;
		for (Chunking chunking : Chunking.values()) {
			this.events.clear();
			ModelResponse response = read(bytes, chunking);
			assertThat(response).as("in " + chunking).isEqualTo((first != null) ? first : response);
			first = response;
		}
		return first;
	}

	private ModelResponse read(String bytes, Chunking chunking) {
		Reply reply = reply();
		KeptSize kept = new KeptSize(reply);
		Deque<StreamEvent> events = new ArrayDeque<>();
		ReplyDecoder decoder = new ReplyDecoder(reply, kept, new ResponsesReader(reply, kept, "i", this.endsWithItems),
				events);
		try {
			for (byte[] piece : chunking.split(bytes.getBytes(StandardCharsets.UTF_8))) {
				decoder.decode(DefaultDataBufferFactory.sharedInstance.wrap(piece));
				if (decoder.isDone()) {
					break;
				}
			}
			decoder.end();
		}
		finally {
			this.events.addAll(events);
		}
		StreamEvent.Completed completed = (StreamEvent.Completed) this.events.remove(this.events.size() - 1);
		return completed.response();
	}

	private static Reply reply() {
		return new Reply("openai", "m", HttpStatus.OK, new HttpHeaders(), new SecretRedactor(), Limits.defaults(),
				CompletionsProtocol.ERROR_WORDS, RateLimitHeaders.COMMON);
	}

	private ModelException fail(String... answer) {
		String bytes = json(String.join("", answer));
		ModelException first = null;
		for (Chunking chunking : Chunking.values()) {
			this.events.clear();
			ModelException failure = catchThrowableOfType(ModelException.class, () -> read(bytes, chunking));
			assertThat(failure).as("in " + chunking).isNotNull();
			assertThat(failure).hasMessage((first != null) ? first.getMessage() : failure.getMessage());
			first = failure;
		}
		return first;
	}

	private String texts() {
		return this.events.stream()
			.filter(StreamEvent.Text.class::isInstance)
			.map((event) -> ((StreamEvent.Text) event).text())
			.collect(Collectors.joining());
	}

	private String reasoning() {
		return this.events.stream()
			.filter(StreamEvent.Reasoning.class::isInstance)
			.map((event) -> ((StreamEvent.Reasoning) event).text())
			.collect(Collectors.joining());
	}

	private List<ToolCall> offered() {
		return this.events.stream()
			.filter(StreamEvent.ToolCallComplete.class::isInstance)
			.map((event) -> ((StreamEvent.ToolCallComplete) event).toolCall())
			.toList();
	}

	private static String whole(String members, String... items) {
		return "{'id':'resp_1','object':'response','created_at':1763474589,'status':'completed','error':null,"
				+ "'incomplete_details':null,'model':'gpt-6-sol','service_tier':'default','output':["
				+ String.join(",", items) + "],'usage':" + USAGE
				+ ",'instructions':'Be brief','tools':[{'type':'function','name':'f'}],'tool_choice':'auto',"
				+ "'text':{'format':{'type':'text'}},'reasoning':{'effort':'medium','summary':null},'metadata':{}"
				+ (members.isEmpty() ? "" : ",") + members + "}";
	}

	private static ProviderState state(String json) {
		return new ProviderState("i", json(json));
	}

	private static ToolCall toolCall(String id, String name, String arguments) {
		return ToolCall.of(id, name, arguments);
	}

	private static List<ToolCall> withoutState(List<ToolCall> calls) {
		return calls.stream()
			.map((call) -> new ToolCall(call.id(), call.name(), call.arguments(), call.complete(), null))
			.toList();
	}

	// Case 23
	@Test
	void wholeAnswerHasItsPartsInOrder() {
		ModelResponse response = read(whole("", REASONING, MESSAGE));
		assertThat(response.content()).isEqualTo("Hi");
		assertThat(response.reasoning()).isEqualTo("Hm");
		assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(response.rawFinishReason()).isEqualTo("completed");
		assertThat(response.model()).isEqualTo("gpt-6-sol");
		assertThat(response.id()).isEqualTo("resp_1");
		assertThat(response.usage())
			.extracting(Usage::promptTokens, Usage::completionTokens, Usage::totalTokens, Usage::cachedTokens,
					Usage::cacheWriteTokens, Usage::reasoningTokens)
			.containsExactly(37L, 11L, 48L, 0L, 0L, 0L);
		assertThat(response.metadata()).isEqualTo(Map.of("service_tier", "default", "reasoning_effort", "medium"));
		assertThat(response.toMessage().parts()).containsExactly(new ReasoningPart("Hm", state(REASONING)),
				new TextPart("Hi", state(MESSAGE)));
	}

	// Case 24
	@Test
	void textsOfAllMessagesAndPartsFollowEachOther() {
		String parts = "'content':[{'type':'output_text','text':'%s'},{'type':'output_text','text':'%s'}]";
		ModelResponse response = read(
				whole("", "{'type':'message','phase':'commentary'," + parts.formatted("a", " b") + "}",
						"{'type':'message','phase':'final_answer'," + parts.formatted("c", "d") + "}"));
		assertThat(response.content()).isEqualTo("a bcd");
		assertThat(response.toMessage().parts()).hasSize(2);
		assertThat(texts()).isEqualTo("a bcd");
	}

	// Case 25
	@Test
	void callBesideAMessageIsFoundByItsCallId() {
		ModelResponse response = read(whole("", MESSAGE, CALL));
		assertThat(response.content()).isEqualTo("Hi");
		assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		assertThat(response.toolCalls()).containsExactly(ToolCall.of("call_1", "f", OSLO, state(CALL)));
		assertThat(offered()).isEqualTo(response.toolCalls());
	}

	@Test
	void callWithoutACallIdHasThatOfItsItem() {
		ModelResponse response = read(whole("", CALL.replace("'call_1'", "''")));
		assertThat(response.toolCalls()).extracting(ToolCall::id).containsExactly("fc_1");
	}

	// Case 26
	@Test
	void refusalIsNoText() {
		String item = "{'id':'msg_1','type':'message','role':'assistant','content':[{'type':'refusal','refusal':'No'}]}";
		ModelResponse response = read(whole("", item));
		assertThat(response.content()).isEmpty();
		assertThat(response.refusal()).isEqualTo("No");
		assertThat(response.finishReason()).isEqualTo(FinishReason.REFUSAL);
		assertThat(response.toMessage().parts()).containsExactly(new TextPart("No", state(item)));
		assertThat(this.events).isEmpty();
	}

	// Case 27
	@ParameterizedTest
	@CsvSource({ "max_output_tokens,LENGTH", "content_filter,CONTENT_FILTERED", "steered,OTHER", "max_messages,OTHER" })
	void reasonTellsWhyTheAnswerIsIncomplete(String reason, FinishReason expected) {
		String answer = whole("", MESSAGE, CALL)
			.replace("'status':'completed','error'", "'status':'incomplete','error'")
			.replace("'incomplete_details':null", "'incomplete_details':{'reason':'" + reason + "'}");
		ModelResponse response = read(answer);
		assertThat(response.finishReason()).isEqualTo(expected);
		assertThat(response.rawFinishReason()).isEqualTo(reason);
		ModelResponse streamed = read(CREATED, event("response.incomplete",
				"'response':{'status':'incomplete','incomplete_details':{'reason':'" + reason + "'}}"));
		assertThat(streamed.finishReason()).isEqualTo(expected);
		assertThat(read(answer.replace("{'reason':'" + reason + "'}", "null")).finishReason())
			.isEqualTo(FinishReason.OTHER);
	}

	// Case 28
	@Test
	void callThatIsIncompleteIsFlaggedAlthoughItsArgumentsParse() {
		String item = CALL.replace("'completed'", "'incomplete'");
		ModelResponse response = read(
				whole("", item).replace("'status':'completed','error'", "'status':'incomplete','error'")
					.replace("'incomplete_details':null", "'incomplete_details':{'reason':'max_output_tokens'}"));
		assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
		assertThat(response.toolCalls()).containsExactly(new ToolCall("call_1", "f", OSLO, false, state(item)));
		assertThat(offered()).isEmpty();
	}

	// Case 29
	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '|',
			value = { "{'code':'server_error','message':'Oops'}|SERVER|true",
					"{'code':'invalid_prompt','message':'Oops'}|INVALID_REQUEST|false", "null|SERVER|true",
					"{'code':'a_new_code','message':'Oops'}|SERVER|false" })
	void failureMayHaveAStatusOfSuccess(String error, Kind kind, boolean retryable) {
		String response = "{'id':'resp_1','object':'response','status':'failed','error':" + error
				+ ",'output':[],'usage':null}";
		for (String answer : List.of(response, CREATED + event("response.failed", "'response':" + response))) {
			ModelException failure = fail(answer);
			assertThat(failure.getKind()).isEqualTo(kind);
			assertThat(failure.isRetryable()).isEqualTo(retryable);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "{'code':'invalid_prompt','message':'Oops'}" })
	void failureIsOfTheModelThatItsUsageIsOf(String error) {
		Reply reply = reply();
		ResponsesReader reader = new ResponsesReader(reply, new KeptSize(reply), "i", false);
		byte[] answer = json("{'id':'resp_1','object':'response','status':'failed','error':" + error
				+ ",'model':'m-1','output':[],'usage':" + USAGE + "}")
			.getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> reader.read(null, answer, 0, answer.length, this.events::add));
		assertThat(reader.progress()).isNotNull().satisfies((progress) -> {
			assertThat(progress.model()).isEqualTo("m-1");
			assertThat(progress.usage().promptTokens()).isEqualTo(37);
		});
	}

	// Case 30
	@Test
	void unknownItemsPartsAndStatusesAreKept() {
		String item = "{'type':'news_call','id':'n_1','data':{'x':9007199254740993}}";
		String message = "{'type':'message','status':'a_new_one','content':[{'type':'output_video','text':'no'},"
				+ "{'type':'output_text','text':'Hi'},7,null]}";
		ModelResponse response = read(whole("", item, message, "null", "7"));
		assertThat(response.content()).isEqualTo("Hi");
		assertThat(response.toMessage().parts()).containsExactly(new OpaquePart(state(item)),
				new TextPart("Hi", state(message)));
	}

	// Case 31
	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '|', nullValues = "-",
			value = { "null|-|-", "7|-|-", "{'input_tokens':'5','output_tokens':2.0,'total_tokens':null}|5|7",
					"{'input_tokens':5,'output_tokens':2,'input_tokens_details':null,'news':{'x':1}}|5|7" })
	void usageMayBeAnything(String usage, Long prompt, Long total) {
		Usage read = read(whole("", MESSAGE).replace(USAGE, usage)).usage();
		if (prompt == null) {
			assertThat(read).isNull();
		}
		else {
			assertThat(read)
				.extracting(Usage::promptTokens, Usage::totalTokens, Usage::cachedTokens, Usage::reasoningTokens)
				.containsExactly(prompt, total, null, null);
		}
		assertThat(read(whole("", MESSAGE).replace(",'usage':" + USAGE, "")).usage()).isNull();
	}

	// Case 32
	@Test
	void answerWithoutOutputIsNone() {
		for (String output : List.of("'status':'completed'", "'status':'completed','output':null",
				"'status':'completed','output':{}")) {
			assertThat(fail("{'object':'response'," + output + "}").getKind()).isEqualTo(Kind.INVALID_RESPONSE);
		}
		assertThat(fail("{}").getKind()).isEqualTo(Kind.INVALID_RESPONSE);
		assertThat(read(whole("")).content()).isEmpty();
		assertThat(read(whole("")).finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(read("{'output':[" + MESSAGE + "]}").content()).isEqualTo("Hi");
	}

	// Case 33
	@ParameterizedTest
	@ValueSource(strings = { "queued", "in_progress", "cancelled" })
	void answerThatIsNotFinishedIsInvalid(String status) {
		ModelException failure = fail(
				whole("", MESSAGE).replace("'status':'completed','error'", "'status':'" + status + "','error'"));
		assertThat(failure.getKind()).isEqualTo(Kind.INVALID_RESPONSE);
		assertThat(failure.isRetryable()).isFalse();
		assertThat(failure).hasMessageContaining(status);
	}

	// Case 34
	@ParameterizedTest
	@ValueSource(strings = { "'summary':[{'type':'summary_text','text':'H'},{'type':'summary_text','text':'m'}]",
			"'summary':[],'content':[{'type':'reasoning_text','text':'Hm'}]",
			"'content':[{'type':'reasoning_text','text':'Hm'}]",
			"'content':[{'type':'reasoning_text','text':'Other'}],'summary':[{'type':'summary_text','text':'Hm'}]" })
	void reasoningIsReportedOnce(String members) {
		String item = "{'id':'rs_1','type':'reasoning'," + members + "}";
		ModelResponse response = read(whole("", item, MESSAGE));
		assertThat(response.reasoning()).isEqualTo("Hm");
		assertThat(reasoning()).isEqualTo("Hm");
		assertThat(response.toMessage().parts()).startsWith(new ReasoningPart("Hm", state(item)));
	}

	@Test
	void reasoningThatIsOnlyEncryptedHasNoText() {
		String item = "{'id':'rs_1','type':'reasoning','summary':[],'content':null,'encrypted_content':'e'}";
		ModelResponse response = read(whole("", item, MESSAGE));
		assertThat(response.toMessage().parts()).startsWith(new ReasoningPart("", state(item)));
		assertThat(reasoning()).isEmpty();
		assertThat(response.reasoning()).isNull();
	}

	// Case 35
	@Test
	void searchesAndAnnotationsGoBack() {
		String search = "{'id':'ws_1','type':'web_search_call','status':'completed','action':{'type':'search','query':'x'}}";
		String message = MESSAGE.replace("'annotations':[]",
				"'annotations':[{'type':'url_citation','url':'https://example.com','start_index':0}]");
		ModelResponse response = read(whole("'tool_usage':{'web_search':{'num_requests':1}}", search, message));
		assertThat(response.content()).isEqualTo("Hi");
		assertThat(response.toMessage().parts()).containsExactly(new OpaquePart(state(search)),
				new TextPart("Hi", state(message)));
		assertThat(response.metadata()).containsKey("tool_usage").containsEntry("web_search_calls", 1);
	}

	// Case 36
	@ParameterizedTest
	@CsvSource(quoteCharacter = '#', delimiter = '|',
			value = { "''|{}", "null|{}", "'{\\'x\\':9007199254740993}'|{\"x\":9007199254740993}",
					"'{\\'a\\':1,\\'a\\':2}'|{\"a\":1,\"a\":2}", "{'x':9007199254740993}|{\"x\":9007199254740993}" })
	void argumentsAreKeptAsTheyCame(String arguments, String expected) {
		String item = "{'type':'function_call','call_id':'call_1','name':'f','arguments':" + arguments + "}";
		ModelResponse response = read(whole("", item));
		assertThat(response.toolCalls()).containsExactly(ToolCall.of("call_1", "f", expected, state(item)));
	}

	private static final String SAMPLE = CREATED
			+ event("response.in_progress", "'response':{'id':'resp_1','status':'in_progress','model':'m-1'}")
			+ added(0, "{'id':'rs_1','type':'reasoning','encrypted_content':'partial','summary':[]}")
			+ event("response.reasoning_summary_part.added",
					"'item_id':'rs_1','output_index':0,'summary_index':0,'part':{'type':'summary_text','text':''}")
			+ event("response.reasoning_summary_text.delta",
					"'item_id':'rs_1','output_index':0,'summary_index':0,'delta':'H','obfuscation':'2aj'")
			+ event("response.reasoning_summary_text.delta",
					"'item_id':'rs_1','output_index':0,'summary_index':0,'delta':'m','obfuscation':'2ajS'")
			+ event("response.reasoning_summary_text.done",
					"'item_id':'rs_1','output_index':0,'summary_index':0,'text':'Hm'")
			+ event("response.reasoning_summary_part.done",
					"'item_id':'rs_1','output_index':0,'summary_index':0,'part':{'type':'summary_text','text':'Hm'}")
			+ done(0, REASONING) + added(1, openMessage("msg_1"))
			+ event("response.content_part.added",
					"'item_id':'msg_1','output_index':1,'content_index':0,'part':{'type':'output_text','text':'','annotations':[]}")
			+ text(1, "msg_1", "H") + text(1, "msg_1", "i")
			+ event("response.output_text.done", "'item_id':'msg_1','output_index':1,'content_index':0,'text':'Hi'")
			+ event("response.content_part.done",
					"'item_id':'msg_1','output_index':1,'content_index':0,'part':{'type':'output_text','text':'Hi','annotations':[]}")
			+ done(1, MESSAGE) + added(2, openCall("fc_1", "call_1", "f")) + arguments(2, "fc_1", "{\"city\":")
			+ arguments(2, "fc_1", "\"Oslo\"}")
			+ event("response.function_call_arguments.done",
					"'item_id':'fc_1','output_index':2,'name':'f','arguments':'{\\'city\\':\\'Oslo\\'}'")
			+ done(2, CALL) + completed(
					"'service_tier':'flex','output':[" + REASONING + "," + MESSAGE + "," + CALL + "],'usage':" + USAGE);

	private void assertSample(ModelResponse response) {
		assertThat(this.events).containsExactly(new StreamEvent.Reasoning("H"), new StreamEvent.Reasoning("m"),
				new StreamEvent.Text("H"), new StreamEvent.Text("i"), new StreamEvent.ToolCallStart(0, "call_1", "f"),
				new StreamEvent.ToolCallArguments(0, "{\"city\":"), new StreamEvent.ToolCallArguments(0, "\"Oslo\"}"),
				new StreamEvent.ToolCallComplete(0, ToolCall.of("call_1", "f", OSLO, state(CALL))));
		assertThat(response.toMessage().parts()).containsExactly(new ReasoningPart("Hm", state(REASONING)),
				new TextPart("Hi", state(MESSAGE)), ToolCall.of("call_1", "f", OSLO, state(CALL)));
		assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		assertThat(response.usage()).extracting(Usage::totalTokens).isEqualTo(48L);
		assertThat(response.metadata()).containsEntry("service_tier", "flex");
		assertThat(response.model()).isEqualTo("m-1");
	}

	// Cases 37 and 46
	@Test
	void streamHasItsPartsInOrder() {
		assertSample(read(SAMPLE));
	}

	// Case 38
	@Test
	void typeMayBeInEitherPlaceAndNoiseMeansNothing() {
		assertSample(read(SAMPLE.replaceAll("(?m)^event: .*\n", "")));
		assertSample(read(SAMPLE.replaceAll("\\{'type':'response[^']*',", "{")));
		assertSample(read(SAMPLE.replace("event: ",
				": keep-alive\n\nevent: keepalive\ndata: {'type':'keepalive',"
						+ "'sequence_number':3}\n\ndata: {'type':'keepalive','sequence_number':4}\n\n"
						+ "data: {'type':'response.news.delta','delta':'x','message':'m'}\n\nevent: ")));
	}

	// Case 39
	@Test
	void interleavedMessagesAreApart() {
		ModelResponse response = read(CREATED, added(0, openMessage("msg_1")), added(1, openMessage("msg_2")),
				text(1, "msg_2", "c"), text(0, "msg_1", "a"), text(1, "msg_2", "d"), text(0, "msg_1", "b"),
				done(1, message("msg_2", "cd")), done(0, message("msg_1", "ab")), COMPLETED);
		assertThat(response.content()).isEqualTo("abcd");
		assertThat(texts()).isEqualTo("cadb");
		assertThat(response.toMessage().parts()).containsExactly(new TextPart("ab", state(message("msg_1", "ab"))),
				new TextPart("cd", state(message("msg_2", "cd"))));
		assertThat(read(CREATED, added(1, openMessage("msg_2")), text(1, "msg_2", "b"), added(0, openMessage("msg_1")),
				text(0, "msg_1", "a"), COMPLETED)
			.content()).isEqualTo("ab");
	}

	// Case 40
	@Test
	void callsAreTheSameHoweverTheyAreTold() {
		String added = CREATED + added(0, openCall("fc_1", "call_1", "f")) + added(1, openCall("fc_2", "call_2", "g"));
		String done = done(0, call("fc_1", "call_1", "f", OSLO)) + done(1, call("fc_2", "call_2", "g", "{}"));
		String settled = event("response.function_call_arguments.done",
				"'item_id':'fc_1','output_index':0,'arguments':'{\\'city\\':\\'Oslo\\'}'")
				+ event("response.function_call_arguments.done", "'item_id':'fc_2','output_index':1,'arguments':'{}'");
		String deltas = arguments(0, "fc_1", "{\"city\":") + arguments(1, "fc_2", "{")
				+ arguments(0, "fc_1", "\"Oslo\"}") + arguments(1, "fc_2", "}");
		String whole = arguments(0, "fc_1", OSLO) + arguments(1, "fc_2", "{}");
		String terminal = completed(
				"'output':[" + call("fc_1", "call_1", "f", OSLO) + "," + call("fc_2", "call_2", "g", "{}") + "]");
		for (String stream : List.of(added + deltas + settled + done + COMPLETED, added + whole + done + COMPLETED,
				added + whole + COMPLETED, added + settled + COMPLETED, added + settled + done + COMPLETED,
				added + done + COMPLETED, CREATED + done + COMPLETED, added + done.repeat(2) + COMPLETED,
				added + terminal, CREATED + terminal, added + deltas + terminal, deltas + added + done + terminal,
				added + whole + settled + done + terminal, settled + done + terminal)) {
			ModelResponse response = read(stream);
			List<ToolCall> calls = withoutState(response.toolCalls());
			assertThat(calls).as(stream).containsExactly(toolCall("call_1", "f", OSLO), toolCall("call_2", "g", "{}"));
			assertThat(offered()).isEqualTo(response.toolCalls());
			assertThat(this.events.stream()
				.filter(StreamEvent.ToolCallArguments.class::isInstance)
				.map((event) -> ((StreamEvent.ToolCallArguments) event).arguments())
				.collect(Collectors.joining())
				.length()).isBetween(OSLO.length(), OSLO.length() + 2);
			assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		}
	}

	@Test
	void lastCallIdCounts() {
		ModelResponse response = read(CREATED, added(0, openCall("fc_1", "early", "f")),
				done(0, call("fc_1", "call_1", "f", OSLO)), COMPLETED);
		assertThat(response.toolCalls()).extracting(ToolCall::id).containsExactly("call_1");
	}

	@Test
	void argumentsAsAWholeWinOverPieces() {
		ModelResponse response = read(CREATED, added(0, openCall("fc_1", "call_1", "f")),
				arguments(0, "fc_1", "{\"x\":1"), done(0, call("fc_1", "call_1", "f", OSLO)), COMPLETED);
		assertThat(withoutState(response.toolCalls())).containsExactly(toolCall("call_1", "f", OSLO));
		response = read(CREATED, added(0, openCall("fc_1", "call_1", "f")), arguments(0, "fc_1", OSLO),
				done(0, call("fc_1", "call_1", "f", "")), COMPLETED);
		assertThat(withoutState(response.toolCalls())).containsExactly(toolCall("call_1", "f", OSLO));
	}

	// Case 41
	@Test
	void idsMayChangeInEveryEvent() {
		String[] events = SAMPLE.split("(?<=\n\n)");
		for (int i = 0; i < events.length; i++) {
			events[i] = events[i].replaceAll("'(item_id|id)':'(rs|msg|fc)_1'", "'$1':'id_" + i + "'");
		}
		ModelResponse response = read(events);
		assertThat(response.content()).isEqualTo("Hi");
		assertThat(response.reasoning()).isEqualTo("Hm");
		assertThat(withoutState(response.toolCalls())).containsExactly(toolCall("call_1", "f", OSLO));
		assertThat(response.toMessage().parts()).hasSize(3);
		assertThat(texts()).isEqualTo("Hi");
	}

	// Case 42
	@Test
	void itemsAreFoundByWhatThereIs() {
		assertSample(read(SAMPLE.replaceAll("'output_index':\\d,", "")));
		assertSample(read(SAMPLE.replaceAll("'item_id':'[^']*',", "")));
		assertSample(read(SAMPLE.replaceAll("'output_index':\\d,", "").replaceAll("'item_id':'[^']*',", "")));
	}

	@Test
	void indexesMayAllBeTheSame() {
		assertSample(read(SAMPLE.replaceAll("'output_index':\\d,", "'output_index':0,")));
	}

	@Test
	void indexesMayHaveHoles() {
		assertSample(read(SAMPLE.replaceAll("'output_index':1,", "'output_index':5,")
			.replaceAll("'output_index':2,", "'output_index':9,")));
	}

	@Test
	void indexesMayStartAgain() {
		ModelResponse response = read(CREATED, added(0, openMessage("a")), text(0, "a", "1"),
				done(0, message("a", "1")), added(1, openMessage("b")), text(1, "b", "2"), done(1, message("b", "2")),
				added(0, openMessage("c")), text(0, "c", "3"), done(0, message("c", "3")), added(1, openMessage("d")),
				text(1, "d", "4"), done(1, message("d", "4")), COMPLETED);
		assertThat(response.content()).isEqualTo("1234");
		assertThat(texts()).isEqualTo("1234");
	}

	// Case 43
	@Test
	void whatAWholeTextHasBeyondItsPiecesIsEmittedOnce() {
		String settled = event("response.output_text.done",
				"'item_id':'msg_1','output_index':0,'content_index':0,'text':'Hello'")
				+ event("response.content_part.done",
						"'item_id':'msg_1','output_index':0,'content_index':0,'part':{'type':'output_text','text':'Hello'}");
		for (String delta : List.of("", text(0, "msg_1", "Hel"), text(0, "msg_1", "Hello"))) {
			ModelResponse response = read(CREATED, added(0, openMessage("msg_1")), delta, settled,
					done(0, message("msg_1", "Hello")), COMPLETED);
			assertThat(response.content()).isEqualTo("Hello");
			assertThat(texts()).isEqualTo("Hello");
			assertThat(response.toMessage().parts())
				.containsExactly(new TextPart("Hello", state(message("msg_1", "Hello"))));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Hel", "Jello" })
	void whatWasEmittedStandsAndOtherWordsDoNotGoBack(String other) {
		ModelResponse response = read(CREATED, added(0, openMessage("msg_1")), text(0, "msg_1", "Hello"),
				event("response.output_text.done", "'output_index':0,'content_index':0,'text':'" + other + "'"),
				done(0, message("msg_1", other)), COMPLETED);
		assertThat(response.content()).isEqualTo("Hello");
		assertThat(response.toMessage().parts()).containsExactly(new TextPart("Hello"));
	}

	// Case 44
	@Test
	void piecesMayFollowTheWholeText() {
		ModelResponse response = read(CREATED, added(0, openMessage("msg_1")), text(0, "msg_1", "He"),
				event("response.output_text.done", "'output_index':0,'content_index':0,'text':'He'"),
				text(0, "msg_1", "llo"), done(0, message("msg_1", "Hello")), COMPLETED);
		assertThat(response.content()).isEqualTo("Hello");
		assertThat(texts()).isEqualTo("Hello");
	}

	// Case 45
	@ParameterizedTest
	@ValueSource(strings = { "'output':[]", "'output':null", "", "'output':[null]" })
	void itemsOfTheStreamStand(String output) {
		String stream = SAMPLE.substring(0, SAMPLE.indexOf("event: response.completed"));
		ModelResponse response = read(stream, completed(output));
		assertThat(response.toMessage().parts()).hasSize(3);
		assertThat(response.content()).isEqualTo("Hi");
	}

	@Test
	void itemsOfTheEndStandWhereThereWereNone() {
		ModelResponse response = read(CREATED, SAMPLE.substring(SAMPLE.indexOf("event: response.completed")));
		assertThat(response.toMessage().parts()).containsExactly(new ReasoningPart("Hm", state(REASONING)),
				new TextPart("Hi", state(MESSAGE)), ToolCall.of("call_1", "f", OSLO, state(CALL)));
		assertThat(texts()).isEqualTo("Hi");
		assertThat(reasoning()).isEqualTo("Hm");
		assertThat(offered()).hasSize(1);
	}

	@Test
	void itemsOfTheEndComeOnTopOfThoseThatAreKnown() {
		ModelResponse response = read(CREATED, added(0, openMessage("msg_1")), text(0, "msg_1", "Hi"),
				completed("'output':[" + message("other", "Hi") + "," + CALL + "]"));
		assertThat(response.content()).isEqualTo("Hi");
		assertThat(texts()).isEqualTo("Hi");
		assertThat(withoutState(response.toolCalls())).containsExactly(toolCall("call_1", "f", OSLO));
	}

	// Case 47
	@ParameterizedTest
	@ValueSource(strings = { "'delta':null", "'delta':''", "'delta':7", "'delta':{'x':1}", "'text':'x'" })
	void pieceMayBeNothing(String delta) {
		ModelResponse response = read(CREATED, added(0, openMessage("msg_1")), text(0, "msg_1", "Hi"),
				event("response.output_text.delta", "'item_id':'msg_1','output_index':0,'content_index':0," + delta),
				done(0, MESSAGE), COMPLETED);
		assertThat(response.content()).isEqualTo("Hi");
		assertThat(texts()).isEqualTo("Hi");
	}

	@Test
	void pieceOfAnItemThatWasNotAnnouncedOpensIt() {
		ModelResponse response = read(CREATED, text(3, "msg_3", "Hi"), COMPLETED);
		assertThat(response.content()).isEqualTo("Hi");
		assertThat(response.toMessage().parts()).containsExactly(new TextPart("Hi"));
	}

	// Case 48
	@ParameterizedTest
	@ValueSource(strings = { "", "'sequence_number':0,", "'sequence_number':null,", "'sequence_number':'x'," })
	void numbersOfEventsMeanNothing(String number) {
		assertSample(read(SAMPLE.replace("'sequence_number':1,", number)));
	}

	// Case 49
	@Test
	void refusalArrivesInPieces() {
		String item = "{'id':'msg_1','type':'message','role':'assistant','content':[{'type':'refusal','refusal':'No way'}]}";
		ModelResponse response = read(CREATED, added(0, openMessage("msg_1")),
				event("response.refusal.delta", "'item_id':'msg_1','output_index':0,'content_index':0,'delta':'No '"),
				event("response.refusal.delta", "'item_id':'msg_1','output_index':0,'content_index':0,'delta':'way'"),
				event("response.refusal.done",
						"'item_id':'msg_1','output_index':0,'content_index':0,'refusal':'No way'"),
				done(0, item), COMPLETED);
		assertThat(this.events).isEmpty();
		assertThat(response.refusal()).isEqualTo("No way");
		assertThat(response.finishReason()).isEqualTo(FinishReason.REFUSAL);
		assertThat(response.content()).isEmpty();
	}

	// Case 50
	@Test
	void callThatIsCutIsFlagged() {
		String end = event("response.incomplete", "'response':{'status':'incomplete',"
				+ "'incomplete_details':{'reason':'max_output_tokens'},'output':[],'usage':" + USAGE + "}");
		for (String stream : List.of(arguments(0, "fc_1", "{\"city\":"), arguments(0, "fc_1", OSLO),
				arguments(0, "fc_1", OSLO) + done(0, CALL.replace("completed", "incomplete")))) {
			ModelResponse response = read(CREATED, added(0, openCall("fc_1", "call_1", "f")), stream, end);
			assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
			assertThat(response.toolCalls()).singleElement().extracting(ToolCall::complete).isEqualTo(false);
			assertThat(offered()).isEmpty();
			assertThat(response.usage().totalTokens()).isEqualTo(48);
		}
	}

	@Test
	void reasoningThatIsCutDoesNotGoBack() {
		ModelResponse response = read(CREATED,
				added(0, "{'id':'rs_1','type':'reasoning','encrypted_content':'partial'}"),
				event("response.reasoning_text.delta",
						"'item_id':'rs_1','output_index':0,'content_index':0,'delta':'Hm'"),
				event("response.incomplete",
						"'response':{'status':'incomplete','incomplete_details':{'reason':'max_output_tokens'}}"));
		assertThat(response.toMessage().parts()).containsExactly(new ReasoningPart("Hm", null));
	}

	// Cases 51 and 52
	@ParameterizedTest
	@ValueSource(strings = {
			"event: error\ndata: {'type':'error','sequence_number':3,'error':{'type':'tokens','code':'rate_limit_exceeded',"
					+ "'message':'Slow. Please try again in 1.5s.','param':null}}",
			"event: error\ndata: {'type':'error','code':'rate_limit_exceeded','message':'Slow. Please try again in 1.5s.',"
					+ "'param':null,'sequence_number':3}",
			"data: {'type':'error','code':429,'message':'Slow. Please try again in 1.5s.'}",
			"data: {'type':'response.failed','response':{'id':'resp_1','status':'failed','error':{'code':'rate_limit_exceeded',"
					+ "'message':'Slow. Please try again in 1.5s.'},'usage':null}}" })
	void errorEndsTheStreamOnce(String error) {
		String failed = event("response.failed",
				"'response':{'status':'failed','error':{'code':'server_error','message':'Other'}}");
		for (String before : List.of("", CREATED, CREATED + text(0, "msg_1", "Hi"))) {
			for (String after : List.of("", failed, COMPLETED)) {
				ModelException failure = fail(before, error, "\n\n", after);
				assertThat(failure.getKind()).isEqualTo(Kind.RATE_LIMIT);
				assertThat(failure).hasMessageStartingWith("Slow.");
				assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofMillis(1500));
				assertThat(texts()).isEqualTo(before.contains("Hi") ? "Hi" : "");
			}
		}
	}

	// Case 54
	@Test
	void streamIsNotCompleteWithoutItsEnd() {
		String stream = SAMPLE.substring(0, SAMPLE.indexOf("event: response.completed"));
		for (String end : List.of("", "data: [DONE]\n\n")) {
			ModelException failure = fail(stream, end);
			assertThat(failure.getKind()).isEqualTo(Kind.NETWORK);
			assertThat(texts()).isEqualTo("Hi");
		}
	}

	@Test
	void someServersEndWithTheirItems() {
		this.endsWithItems = true;
		String stream = SAMPLE.substring(0, SAMPLE.indexOf("event: response.completed"));
		for (String end : List.of("", "data: [DONE]\n\n")) {
			ModelResponse response = read(stream, end);
			assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
			assertThat(response.usage()).isNull();
			assertThat(response.toMessage().parts()).hasSize(3);
		}
		assertSample(read(SAMPLE));
		String open = stream.substring(0, stream.lastIndexOf("event: response.output_item.done"));
		assertThat(fail(open).getKind()).isEqualTo(Kind.NETWORK);
		assertThat(fail(CREATED, done(0, REASONING)).getKind()).isEqualTo(Kind.NETWORK);
	}

	// Cases 55 and 56
	@Test
	void whatFollowsTheEndMeansNothing() {
		assertSample(read(SAMPLE, "data: [DONE]\n\n"));
		assertSample(read(SAMPLE, text(1, "msg_1", "late"), COMPLETED, event("error", "'code':'server_error'")));
		assertThat(fail("data: [DONE]\n\n").getKind()).isEqualTo(Kind.INVALID_RESPONSE);
	}

	// Case 57
	@Test
	void largeEventsAndEchoesAreRead() {
		String tools = "'instructions':'" + "x".repeat(100_000) + "','tools':["
				+ "{'type':'function','name':'f','parameters':{'type':'object'}},".repeat(2000) + "{}]";
		String echo = "'response':{'id':'resp_1','model':'m-1','status':'in_progress'," + tools + "}";
		String large = "y".repeat(2 * 1024 * 1024);
		StringBuilder deltas = new StringBuilder();
		for (int i = 0; i < 20_000; i++) {
			deltas.append(text(0, "msg_1", "z"));
		}
		String stream = json(event("response.created", echo) + event("response.in_progress", echo)
				+ text(0, "msg_1", large) + deltas + completed("'output':[]," + tools));
		ModelResponse response = read(stream, Chunking.WHOLE);
		assertThat(response.content()).hasSize(large.length() + 20_000);
		assertThat(texts()).isEqualTo(response.content());
	}

	// Case 58
	@Test
	void emojiMayBeSplit() {
		ModelResponse response = read(CREATED, added(0, openMessage("msg_1")), text(0, "msg_1", "\\ud83d"),
				text(0, "msg_1", "\\ude00"), done(0, message("msg_1", "\\ud83d\\ude00")), COMPLETED);
		assertThat(this.events).containsExactly(new StreamEvent.Text("\ud83d\ude00"));
		assertThat(response.content()).isEqualTo("\ud83d\ude00");
		assertThat(response.toMessage().parts()).singleElement()
			.extracting((part) -> ((TextPart) part).state())
			.isNotNull();
	}

	// Case 59
	@Test
	void answerMayBeWholeInThePlaceOfAStream() {
		read(whole("", REASONING, MESSAGE, CALL));
		assertThat(this.events).containsExactly(new StreamEvent.Reasoning("Hm"), new StreamEvent.Text("Hi"),
				new StreamEvent.ToolCallStart(0, "call_1", "f"), new StreamEvent.ToolCallArguments(0, OSLO),
				new StreamEvent.ToolCallComplete(0, ToolCall.of("call_1", "f", OSLO, state(CALL))));
		assertThat(fail("{'error':{'message':'Storm','code':'rate_limit_exceeded'}}").getKind())
			.isEqualTo(Kind.RATE_LIMIT);
	}

	@Test
	void reasoningThatArrivesTwiceIsReportedOnce() {
		String item = "{'id':'rs_1','type':'reasoning','summary':[{'type':'summary_text','text':'Short'}],"
				+ "'content':[{'type':'reasoning_text','text':'Long thoughts'}]}";
		ModelResponse response = read(CREATED, added(0, "{'id':'rs_1','type':'reasoning'}"),
				event("response.reasoning_text.delta", "'output_index':0,'content_index':0,'delta':'Long '"),
				event("response.reasoning_summary_text.delta", "'output_index':0,'summary_index':0,'delta':'Short'"),
				event("response.reasoning_text.delta", "'output_index':0,'content_index':0,'delta':'thoughts'"),
				event("response.reasoning_summary_text.done", "'output_index':0,'summary_index':0,'text':'Short'"),
				done(0, item), COMPLETED);
		assertThat(response.reasoning()).isEqualTo("Long thoughts");
		assertThat(reasoning()).isEqualTo("Long thoughts");
	}

	@Test
	void summaryOfSeveralPartsHasNoSeparator() {
		String summary = "'output_index':0,'summary_index':%s,'delta':'%s'";
		ModelResponse response = read(CREATED, added(0, "{'id':'rs_1','type':'reasoning'}"),
				event("response.reasoning_summary_text.delta", summary.formatted(0, "**A**")),
				event("response.reasoning_summary_text.delta", summary.formatted(1, "**B**")),
				done(0, "{'id':'rs_1','type':'reasoning','summary':[{'text':'**A**'},{'text':'**B**'}]}"), COMPLETED);
		assertThat(response.reasoning()).isEqualTo("**A****B**");
		assertThat(reasoning()).isEqualTo("**A****B**");
	}

	@Test
	void itemsThatMeanNothingAreKeptOnceTheyAreDone() {
		String item = "{'id':'ig_1','type':'image_generation_call','status':'completed','result':'AAAA'}";
		ModelResponse response = read(CREATED,
				added(0, "{'id':'ig_1','type':'image_generation_call','status':'in_progress'}"),
				event("response.image_generation_call.partial_image", "'output_index':0,'partial_image_b64':'AA'"),
				done(0, item), added(1, "{'id':'ws_1','type':'web_search_call'}"), added(2, openMessage("msg_1")),
				text(2, "msg_1", "Hi"), done(2, MESSAGE), COMPLETED);
		List<AssistantPart> parts = response.toMessage().parts();
		assertThat(parts).containsExactly(new OpaquePart(state(item)), new TextPart("Hi", state(MESSAGE)));
	}

	@Test
	void responseMayStandForTheEventThatEndsTheStream() {
		String response = json(whole("", MESSAGE));
		assertThat(read(CREATED, "event: response.completed\ndata: " + response + "\n\n").content()).isEqualTo("Hi");
	}

}
