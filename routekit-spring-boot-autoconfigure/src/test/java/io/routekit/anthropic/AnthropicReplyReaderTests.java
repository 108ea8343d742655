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

package io.routekit.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.Limits;
import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ReasoningPart;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.Usage;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.KeptSize;
import io.routekit.wire.RateLimitHeaders;
import io.routekit.wire.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link AnthropicReplyReader}.
 */
class AnthropicReplyReaderTests {

	private static final String START = """
			{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],
			"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":28,"cache_creation_input_tokens":0,
			"cache_read_input_tokens":5,"output_tokens":5,"service_tier":"standard"}}}""";

	private static final String TOOL_USE = "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"x\",\"input\":{}}";

	private static final String STOP = "{\"type\":\"message_stop\"}";

	private final HttpHeaders headers = new HttpHeaders();

	private final Reply reply = new Reply("anthropic", "m", HttpStatus.OK, this.headers, new SecretRedactor(),
			Limits.defaults(), AnthropicProtocol.ERROR_WORDS, RateLimitHeaders.COMMON);

	private final AnthropicReplyReader reader = new AnthropicReplyReader(this.reply, OwnState.ANTHROPIC,
			new KeptSize(this.reply));

	private final List<StreamEvent> events = new ArrayList<>();

	@Test
	void streamOfThinkingAndACall() {
		this.headers.set("request-id", "req_1");
		ModelResponse response = read(START, start(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
				delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Let me\"}"),
				delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\" see\"}"),
				delta(0, "{\"type\":\"signature_delta\",\"signature\":\"EqQB/+==\"}"), stop(0),
				start(1, "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"now\",\"input\":{}}"),
				delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"\"}"), stop(1), """
						{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},
						"usage":{"output_tokens":89,"output_tokens_details":{"thinking_tokens":67}}}""", STOP);
		assertThat(this.reader.isDone()).isTrue();
		assertThat(response.id()).isEqualTo("msg_1");
		assertThat(response.model()).isEqualTo("m");
		assertThat(response.provider()).isEqualTo("anthropic");
		assertThat(response.requestId()).isEqualTo("req_1");
		assertThat(response.reasoning()).isEqualTo("Let me see");
		assertThat(response.content()).isEmpty();
		assertThat(response.toolCalls()).containsExactly(ToolCall.of("toolu_1", "now", "{}"));
		assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		assertThat(response.rawFinishReason()).isEqualTo("tool_use");
		assertThat(response.metadata()).containsEntry("service_tier", "standard");
		assertThat(response.usage()).satisfies((usage) -> {
			assertThat(usage.promptTokens()).isEqualTo(33);
			assertThat(usage.cachedTokens()).isEqualTo(5);
			assertThat(usage.cacheWriteTokens()).isZero();
			assertThat(usage.completionTokens()).isEqualTo(89);
			assertThat(usage.reasoningTokens()).isEqualTo(67);
			assertThat(usage.totalTokens()).isEqualTo(122);
		});
		assertThat(this.events).containsExactly(new StreamEvent.Reasoning("Let me"), new StreamEvent.Reasoning(" see"),
				new StreamEvent.ToolCallStart(0, "toolu_1", "now"),
				new StreamEvent.ToolCallComplete(0, ToolCall.of("toolu_1", "now", "{}")));
	}

	@Test
	void whatIsReadGoesBackByteForByte() {
		String thinking = "{\"type\":\"thinking\",\"thinking\":\"Hm \\u00fc\",\"signature\":\"EqQB\\/+==\"}";
		String redacted = "{\"type\":\"redacted_thinking\", \"data\":\"Em\\/w==\"}";
		String search = "{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\",\"input\":{\"query\": \"é\"}}";
		String result = "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"srvtoolu_1\",\"content\":[{\"n\":1.50}]}";
		String call = "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"now\",\"input\":{\"n\": 9007199254740993},\"caller\":{\"type\":\"direct\"}}";
		String text = "{\"type\":\"text\",\"text\":\"So: \",\"citations\":[{\"type\":\"web_search_result_location\",\"encrypted_index\":\"Eo\"}]}";
		String content = String.join(",", thinking, redacted, search, result, text, call);
		ModelResponse response = read(whole(content, "tool_use"));
		assertThat(response.content()).isEqualTo("So: ");
		ChatRequest request = ChatRequest
			.of(List.of(Message.user("Go"), response.toMessage(), Message.tool("toolu_1", "x")));
		String body = new String(
				new AnthropicProtocol(OwnState.ANTHROPIC, Generations.NAMED, null, PromptCaching.NONE, new Betas())
					.write(request, false),
				StandardCharsets.UTF_8);
		assertThat(body).contains("{\"role\":\"assistant\",\"content\":[" + content + "]}");
	}

	@Test
	void streamedBlocksGoBackToo() {
		ModelResponse response = read(START, start(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
				delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Hm \\\"é\\\"\"}"),
				delta(0, "{\"type\":\"signature_delta\",\"signature\":\"EqQB/+==\"}"), stop(0),
				start(1, "{\"type\":\"redacted_thinking\",\"data\":\"Em/w==\"}"), stop(1),
				start(2, "{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\",\"input\":{}}"),
				delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"q\\\": 1\"}"),
				delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"}\"}"), stop(2),
				start(3, "{\"type\":\"text\",\"text\":\"\",\"citations\":[]}"),
				delta(3, "{\"type\":\"text_delta\",\"text\":\"Yes\"}"),
				delta(3, "{\"type\":\"citations_delta\",\"citation\":{\"type\":\"char_location\",\"start\": 1}}"),
				stop(3), end("end_turn"), STOP);
		String body = new String(
				new AnthropicProtocol(OwnState.ANTHROPIC, Generations.NAMED, null, PromptCaching.NONE, new Betas())
					.write(ChatRequest.of(List.of(Message.user("Go"), response.toMessage())), false),
				StandardCharsets.UTF_8);
		assertThat(body).contains("""
				[{"type":"thinking","thinking":"Hm \\"é\\"","signature":"EqQB/+=="},\
				{"type":"redacted_thinking","data":"Em/w=="},\
				{"type":"server_tool_use","id":"s1","name":"web_search","input":{"q": 1}},\
				{"type":"text","text":"Yes","citations":[{"type":"char_location","start": 1}]}]""");
	}

	@Test
	void streamedBlockOfTheFutureGoesBackAsAWholeOne() {
		ModelResponse response = read(START, start(0, "{\"type\":\"compaction\",\"content\":null,\"kept\": 1.50}"),
				delta(0, "{\"type\":\"compaction_delta\",\"content\":\"So \\u00fc\",\"kept\":null}"),
				delta(0, "{\"type\":\"compaction_delta\",\"content\":\" far\",\"turns\":[ 1]}"), stop(0),
				start(1, "{\"type\":\"note\",\"text\":\"a\"}"), delta(1, "{\"type\":\"text_delta\",\"text\":\"b\"}"),
				stop(1), start(2, "{\"type\":\"text\",\"text\":\"Hi\"}"), stop(2), end("end_turn"), STOP);
		assertThat(response.toMessage().parts()).startsWith(
				new OpaquePart(OwnState.ANTHROPIC
					.state("{\"type\":\"compaction\",\"content\":\"So ü far\",\"kept\":1.50,\"turns\":[ 1]}")),
				new OpaquePart(OwnState.ANTHROPIC.state("{\"type\":\"note\",\"text\":\"ab\"}")));
		assertThat(response.content()).isEqualTo("Hi");
	}

	@Test
	void citedTextIsPlainTextToOtherProviders() {
		ModelResponse response = read(whole(
				"{\"type\":\"text\",\"text\":\"a\",\"citations\":[{\"n\":1}]},{\"type\":\"text\",\"text\":\" b\"}",
				"end_turn"));
		assertThat(response.content()).isEqualTo("a b");
		assertThat(response.toMessage().parts()).containsExactly(
				new TextPart("a",
						OwnState.ANTHROPIC.state("{\"type\":\"text\",\"text\":\"a\",\"citations\":[{\"n\":1}]}")),
				new TextPart(" b"));
	}

	@Test
	void textIsNeitherTrimmedNorSeparated() {
		ModelResponse response = read(START, start(0, "{\"type\":\"text\",\"text\":\"\"}"),
				delta(0, "{\"type\":\"text_delta\",\"text\":\"  a\"}"),
				delta(0, "{\"type\":\"text_delta\",\"text\":\" \"}"),
				delta(0, "{\"type\":\"text_delta\",\"text\":\"b\\n\"}"), stop(0),
				start(1, "{\"type\":\"text\",\"text\":\"c\"}"), stop(1), end("end_turn"), STOP);
		assertThat(response.content()).isEqualTo("  a b\nc");
		assertThat(texts()).containsExactly("  a", " ", "b\n", "c");
	}

	@Test
	void characterThatIsSplitIsHeldBack() {
		ModelResponse response = read(START, start(0, "{\"type\":\"text\",\"text\":\"\"}"),
				delta(0, "{\"type\":\"text_delta\",\"text\":\"a\\ud83d\"}"),
				delta(0, "{\"type\":\"text_delta\",\"text\":\"\\ude00\"}"), stop(0), end("end_turn"), STOP);
		assertThat(response.content()).isEqualTo("a\ud83d\ude00");
		assertThat(texts()).containsExactly("a", "\ud83d\ude00");
	}

	@Test
	void blocksMayInterleave() {
		ModelResponse response = read(START,
				start(0, "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"x\",\"input\":{}}"),
				start(1, "{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"y\",\"input\":{}}"),
				delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"n\\\":2\"}"),
				delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"n\\\":1\"}"),
				delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"}\"}"),
				delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"}\"}"), stop(1), stop(0), end("tool_use"),
				STOP);
		assertThat(response.toolCalls()).containsExactly(ToolCall.of("a", "x", "{\"n\":1}"),
				ToolCall.of("b", "y", "{\"n\":2}"));
		assertThat(this.events).endsWith(new StreamEvent.ToolCallComplete(0, response.toolCalls().get(0)),
				new StreamEvent.ToolCallComplete(1, response.toolCalls().get(1)));
	}

	@Test
	void indexMayBeAbsent() {
		ModelResponse response = read(START,
				"{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
				"{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}",
				"{\"type\":\"content_block_stop\"}",
				"{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"x\",\"input\":{}}}",
				"{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}}",
				"{\"type\":\"content_block_stop\"}", end("tool_use"), STOP);
		assertThat(response.content()).isEqualTo("a");
		assertThat(response.toolCalls()).containsExactly(ToolCall.of("1", "x", "{}"));
	}

	@Test
	void membersMayComeInAnyOrder() {
		ModelResponse response = read(
				"{\"content_block\":{\"text\":\"a\",\"type\":\"text\"},\"type\":\"content_block_start\"}",
				"{\"delta\":{\"text\":\"b\",\"type\":\"text_delta\"},\"index\":0,\"type\":\"content_block_delta\"}",
				"{\"usage\":{\"output_tokens\":1},\"delta\":{\"stop_reason\":\"end_turn\"},\"type\":\"message_delta\"}");
		assertThat(response.content()).isEqualTo("ab");
		assertThat(response.usage()).isNotNull();
	}

	@Test
	void textWithoutStartOfItsBlockIsNotLost() {
		assertThat(read(START, delta(0, "{\"type\":\"text_delta\",\"text\":\"a\"}"),
				delta(0, "{\"type\":\"text_delta\",\"text\":\"b\"}"), end("end_turn"), STOP)
			.toMessage()
			.parts()).containsExactly(new TextPart("ab"));
	}

	@Test
	void contentMayBeWholeInTheStartOfABlock() {
		ModelResponse response = read(START, start(0, "{\"type\":\"text\",\"text\":\"Hi\"}"), stop(0),
				start(1, "{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"x\",\"input\":{\"n\": 1.50}}"), stop(1),
				end("tool_use"), STOP);
		ToolCall call = ToolCall.of("1", "x", "{\"n\": 1.50}");
		assertThat(response.content()).isEqualTo("Hi");
		assertThat(response.toolCalls()).containsExactly(call);
		assertThat(this.events).containsExactly(new StreamEvent.Text("Hi"), new StreamEvent.ToolCallStart(0, "1", "x"),
				new StreamEvent.ToolCallArguments(0, "{\"n\": 1.50}"), new StreamEvent.ToolCallComplete(0, call));
	}

	@Test
	void callThatIsCompleteGrowsNoMore() {
		ModelResponse response = read(START, start(0, TOOL_USE.formatted("toolu_1")), arguments(0, "{\"n\":1}"),
				stop(0), arguments(0, "{\"n\":2}"), end("tool_use"), STOP);
		ToolCall call = ToolCall.of("toolu_1", "x", "{\"n\":1}");
		assertThat(response.toolCalls()).containsExactly(call);
		assertThat(this.events).containsExactly(new StreamEvent.ToolCallStart(0, "toolu_1", "x"),
				new StreamEvent.ToolCallArguments(0, "{\"n\":1}"), new StreamEvent.ToolCallComplete(0, call));
	}

	@Test
	void whatBringsNothingIsAMereSignOfLife() {
		assertThat(readOne(null, "{\"type\":\"ping\"}")).isFalse();
		assertThat(readOne(null, START)).isTrue();
		assertThat(readOne(null, "{\"type\":\"news\",\"detail\":\"x\"}")).isFalse();
		assertThat(readOne(null, start(0, "{\"type\":\"text\",\"text\":\"\"}"))).isTrue();
		assertThat(readOne(null, delta(0, "{\"type\":\"text_delta\",\"text\":\"\"}"))).isFalse();
		assertThat(readOne(null, delta(0, "{\"type\":\"text_delta\",\"text\":\"a\"}"))).isTrue();
	}

	@Test
	void whatIsUnknownIsIgnored() {
		ModelResponse response = read("{\"type\":\"ping\"}", START,
				"{\"type\":\"news\",\"content\":[1],\"error\":null}",
				start(0, "{\"type\":\"text\",\"text\":\"a\",\"new\":{\"x\":[1]}}"),
				delta(0, "{\"type\":\"new_delta\",\"text\":\"x\"}"), delta(0, "{\"type\":\"newer_delta\",\"y\":{}}"),
				"{\"type\":\"ping\"}", delta(0, "{\"type\":\"text_delta\",\"text\":\"b\",\"more\":1}"), stop(0),
				start(1, "{\"type\":\"hologram\",\"x\":1}"), delta(1, "{\"type\":\"hologram_delta\"}"), stop(1),
				stop(7), delta(7, "{\"type\":\"signature_delta\",\"signature\":\"s\"}"), end("end_turn"), STOP);
		assertThat(response.content()).isEqualTo("ab");
		assertThat(response.toMessage().parts()).element(1)
			.isEqualTo(new OpaquePart(OwnState.ANTHROPIC.state("{\"type\":\"hologram\",\"x\":1}")));
	}

	@Test
	void nameOfTheEventStandsInForTheType() {
		readOne("content_block_start", "{\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"a\"}}");
		readOne("message_delta", "{\"delta\":{\"stop_reason\":\"end_turn\"}}");
		readOne("message_stop", "{}");
		assertThat(this.reader.isDone()).isTrue();
		assertThat(complete().content()).isEqualTo("a");
	}

	@Test
	void answerMayEndOnceThereIsAStopReason() {
		read(START);
		assertThat(this.reader.isFinished()).isFalse();
		readOne(null, end("end_turn"));
		assertThat(this.reader.isFinished()).isTrue();
		assertThat(this.reader.isDone()).isFalse();
	}

	@Test
	void wholeMessageIsReadLikeAStream() {
		ModelResponse response = read(
				"""
						{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"Hm",
						"signature":"s"},{"type":"text","text":"Hello"},{"type":"tool_use","id":"1","name":"now","input":{}}],
						"stop_reason":"tool_use","stop_sequence":null,"container":{"id":"c1"},"new":{"a":1},
						"usage":{"input_tokens":10,"cache_read_input_tokens":90,"cache_creation_input_tokens":20,"output_tokens":5,
						"cache_creation":{"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":0},"inference_geo":"us",
						"server_tool_use":{"web_search_requests":1},"service_tier":"priority"}}""");
		assertThat(response.id()).isEqualTo("msg_1");
		assertThat(response.reasoning()).isEqualTo("Hm");
		assertThat(response.content()).isEqualTo("Hello");
		assertThat(response.toolCalls()).containsExactly(ToolCall.of("1", "now", "{}"));
		assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		assertThat(response.metadata()).containsEntry("service_tier", "priority")
			.containsEntry("inference_geo", "us")
			.containsEntry("container", Map.of("id", "c1"));
		Usage usage = response.usage();
		assertThat(usage).isNotNull();
		assertThat(usage.promptTokens()).isEqualTo(120);
		assertThat(usage.cachedTokens()).isEqualTo(90);
		assertThat(usage.cacheWriteTokens()).isEqualTo(20);
		assertThat(usage.completionTokens()).isEqualTo(5);
		assertThat(usage.totalTokens()).isEqualTo(125);
		assertThat(usage.reasoningTokens()).isNull();
		assertThat(usage.raw()).containsEntry("server_tool_use", Map.of("web_search_requests", 1))
			.containsKeys("cache_creation", "inference_geo", "service_tier");
	}

	@Test
	void emptyAnswerIsValid() {
		ModelResponse response = read(whole("", "end_turn"));
		assertThat(response.content()).isEmpty();
		assertThat(response.toMessage().parts()).isEmpty();
		assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
	}

	@ParameterizedTest
	@CsvSource({ "end_turn,STOP", "END_TURN,STOP", "stop_sequence,STOP", "max_tokens,LENGTH",
			"model_context_window_exceeded,LENGTH", "refusal,REFUSAL", "pause_turn,OTHER", "foo,OTHER",
			"tool_use,OTHER" })
	void stopReasonsAreMappedAndKept(String raw, FinishReason expected) {
		ModelResponse response = read(whole("{\"type\":\"text\",\"text\":\"a\"}", raw));
		assertThat(response.finishReason()).isEqualTo(expected);
		assertThat(response.rawFinishReason()).isEqualTo(raw);
	}

	@Test
	void stopSequenceIsInTheMetadata() {
		ModelResponse response = read(START,
				"{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"}}",
				STOP);
		assertThat(response.metadata()).containsEntry("stop_sequence", "END");
	}

	@Test
	void messageStopWithoutReasonIsAnEnd() {
		ModelResponse response = read(START, start(0, "{\"type\":\"text\",\"text\":\"a\"}"), stop(0), STOP);
		assertThat(response.finishReason()).isEqualTo(FinishReason.OTHER);
		assertThat(response.rawFinishReason()).isNull();
	}

	@Test
	void refusalTellsWhy() {
		ModelResponse response = read(START, start(0, "{\"type\":\"text\",\"text\":\"I\"}"), """
				{"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"type":"refusal",
				"category":"cyber","explanation":"Not allowed"}},"usage":{"output_tokens":1}}""", STOP);
		assertThat(response.finishReason()).isEqualTo(FinishReason.REFUSAL);
		assertThat(response.refusal()).isEqualTo("Not allowed");
		assertThat(response.content()).isEqualTo("I");
		assertThat(response.metadata()).extractingByKey("stop_details")
			.isEqualTo(Map.of("type", "refusal", "category", "cyber", "explanation", "Not allowed"));
	}

	@Test
	void refusalWithoutExplanationIsNoEmptySuccess() {
		assertThat(read(whole("", "refusal")).refusal()).isNotBlank();
	}

	@Test
	void refusalWithoutExplanationHasTheTextOfTheModel() {
		assertThat(read(whole("{\"type\":\"text\",\"text\":\"I can't\"}", "refusal")).refusal()).isEqualTo("I can't");
	}

	@Test
	void pausedTurnCanBeReplayed() {
		String search = "{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\",\"input\":{\"q\":1}}";
		ModelResponse response = read(whole(search, "pause_turn"));
		assertThat(response.finishReason()).isEqualTo(FinishReason.OTHER);
		assertThat(response.toMessage().parts()).containsExactly(new OpaquePart(OwnState.ANTHROPIC.state(search)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "end_turn", "tool_use" })
	void callOfAModelThatDeclinedIsNotOffered(String stopReason) {
		String fallback = "{\"type\":\"fallback\",\"from\":{\"model\":\"m\"},\"to\":{\"model\":\"m-2\"}}";
		String call = "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"x\",\"input\":{\"n\":1}}";
		String text = "{\"type\":\"text\",\"text\":\"So\"}";
		ModelResponse streamed = read(START, start(0, TOOL_USE.formatted("a")), arguments(0, "{\"n\":1}"), stop(0),
				start(1, fallback), stop(1), start(2, text), stop(2), end(stopReason), STOP);
		AnthropicReplyReader reader = new AnthropicReplyReader(this.reply, OwnState.ANTHROPIC,
				new KeptSize(this.reply));
		byte[] json = whole(String.join(",", call, fallback, text), stopReason)
			.replace("\"m\",\"content", "\"m-2\",\"content")
			.getBytes(StandardCharsets.UTF_8);
		reader.read(null, json, 0, json.length, this.events::add);
		ModelResponse whole = reader.complete(this.events::add);
		assertThat(List.of(streamed, whole)).allSatisfy((response) -> {
			assertThat(response.model()).isEqualTo("m-2");
			assertThat(response.content()).isEqualTo("So");
			assertThat(response.toolCalls()).containsExactly(new ToolCall("a", "x", "{\"n\":1}", false, null));
			assertThat(response.finishReason())
				.isEqualTo(stopReason.equals("end_turn") ? FinishReason.STOP : FinishReason.OTHER);
			assertThat(response.toMessage().parts()).contains(new OpaquePart(OwnState.ANTHROPIC.state(fallback)));
		});
		assertThat(this.events).noneMatch(StreamEvent.ToolCallComplete.class::isInstance);
	}

	@Test
	void callOfTheModelThatTookOverIsOffered() {
		ModelResponse response = read(START, start(0, TOOL_USE.formatted("a")), stop(0),
				start(1, "{\"type\":\"fallback\",\"to\":{\"model\":\"m-2\"}}"), stop(1),
				start(2, TOOL_USE.formatted("b")), stop(2), end("tool_use"), STOP);
		assertThat(response.toolCalls()).extracting(ToolCall::id, ToolCall::complete)
			.containsExactly(tuple("a", false), tuple("b", true));
		assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		assertThat(this.events).filteredOn(StreamEvent.ToolCallComplete.class::isInstance)
			.containsExactly(new StreamEvent.ToolCallComplete(1, ToolCall.of("b", "x", "{}")));
	}

	@Test
	void callThatIsCutIsNotOffered() {
		ModelResponse response = read(START,
				start(0, "{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"x\",\"input\":{}}"),
				delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"city\\\":\\\"Os\"}"), stop(0),
				end("max_tokens"), STOP);
		assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
		assertThat(response.toolCalls()).containsExactly(new ToolCall("1", "x", "{\"city\":\"Os", false, null));
		assertThat(this.events).noneMatch(StreamEvent.ToolCallComplete.class::isInstance);
	}

	@Test
	void callThatIsCutBeforeItsArgumentsIsNotOffered() {
		ModelResponse response = read(START,
				start(0, "{\"type\":\"tool_use\",\"id\":\"0\",\"name\":\"now\",\"input\":{}}"), stop(0),
				start(1, "{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"x\",\"input\":{}}"), stop(1),
				end("max_tokens"), STOP);
		assertThat(response.toolCalls()).extracting(ToolCall::complete).containsExactly(true, false);
		assertThat(this.events).filteredOn(StreamEvent.ToolCallComplete.class::isInstance).hasSize(1);
	}

	@Test
	void wholeCallBeforeTheCutIsOffered() {
		ModelResponse response = read(START,
				start(0, "{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"x\",\"input\":{}}"),
				delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"n\\\":1}\"}"), stop(0),
				start(1, "{\"type\":\"text\",\"text\":\"And\"}"), end("max_tokens"), STOP);
		assertThat(response.toolCalls()).extracting(ToolCall::complete).containsExactly(true);
		assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
	}

	@Test
	void callWithoutIdGetsOne() {
		ModelResponse response = read(whole("{\"type\":\"tool_use\",\"name\":\"x\",\"input\":{}}", "tool_use"));
		assertThat(response.toolCalls().get(0).id()).isNotBlank();
	}

	@Test
	void callWithoutNameIsInvalid() {
		assertThat(failure(START, start(0, "{\"type\":\"tool_use\",\"id\":\"1\",\"input\":{}}")).getKind())
			.isEqualTo(Kind.INVALID_RESPONSE);
	}

	@Test
	void thinkingThatIsCutIsNotReplayed() {
		ModelResponse response = read(START, start(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
				delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Let\"}"), end("max_tokens"), STOP);
		assertThat(response.toMessage().parts()).containsExactly(new ReasoningPart("Let", null));
	}

	@Test
	void thinkingThatIsWithheldKeepsItsSignature() {
		String thinking = "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"s\"}";
		ModelResponse response = read(whole(thinking, "end_turn"));
		assertThat(response.toMessage().parts())
			.containsExactly(new ReasoningPart("", OwnState.ANTHROPIC.state(thinking)));
		assertThat(this.events).isEmpty();
	}

	@Test
	void unknownCountersDoNotEraseKnownOnes() {
		Usage usage = usage("{\"input_tokens\":10,\"cache_read_input_tokens\":5,\"output_tokens\":1}",
				"{\"input_tokens\":null,\"cache_read_input_tokens\":0,\"output_tokens\":7}");
		assertThat(usage.promptTokens()).isEqualTo(15);
		assertThat(usage.completionTokens()).isEqualTo(7);
	}

	@Test
	void laterCountersWin() {
		Usage usage = usage("{\"input_tokens\":0,\"output_tokens\":0}",
				"{\"input_tokens\":28,\"cache_read_input_tokens\":0,\"output_tokens\":3}", "{\"output_tokens\":9}");
		assertThat(usage.promptTokens()).isEqualTo(28);
		assertThat(usage.cachedTokens()).isZero();
		assertThat(usage.completionTokens()).isEqualTo(9);
	}

	@Test
	void rawUsageKeepsWhatOnlyTheStartTold() {
		Usage usage = usage("""
				{"input_tokens":10,"cache_creation_input_tokens":3,"cache_creation":{"ephemeral_1h_input_tokens":3},
				"inference_geo":"us","server_tool_use":{"web_search_requests":0,"web_fetch_requests":0}}""", """
				{"output_tokens":7,"server_tool_use":{"web_search_requests":2},"iterations":[{"type":"message"}]}""");
		assertThat(usage.raw()).containsEntry("cache_creation", Map.of("ephemeral_1h_input_tokens", 3))
			.containsEntry("inference_geo", "us")
			.containsEntry("server_tool_use", Map.of("web_search_requests", 2, "web_fetch_requests", 0))
			.containsEntry("iterations", List.of(Map.of("type", "message")));
	}

	@Test
	void cacheWritesAreAddedUpIfOnlyTheirSplitIsKnown() {
		Usage usage = usage("""
				{"input_tokens":1,"cache_creation":{"ephemeral_1h_input_tokens":3,"ephemeral_5m_input_tokens":4}}""",
				"{\"output_tokens\":\"2\"}");
		assertThat(usage.cacheWriteTokens()).isEqualTo(7);
		assertThat(usage.promptTokens()).isEqualTo(8);
		assertThat(usage.completionTokens()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "{}", "{\"service_tier\":\"standard\"}", "[]", "{\"output_tokens\":null}" })
	void unknownUsageIsAbsent(String usage) {
		assertThat(read("{\"type\":\"message_start\",\"message\":{\"usage\":" + usage + "}}",
				"{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":" + usage + "}", STOP)
			.usage()).isNull();
	}

	private Usage usage(String start, String... deltas) {
		readOne(null, "{\"type\":\"message_start\",\"message\":{\"usage\":" + start + "}}");
		for (String delta : deltas) {
			readOne(null,
					"{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":" + delta + "}");
		}
		Usage usage = complete().usage();
		assertThat(usage).isNotNull();
		return usage;
	}

	@Test
	void errorInTheStreamHasItsOwnKind() {
		ModelException failure = failure(START, start(0, "{\"type\":\"text\",\"text\":\"Hel\"}"), """
				{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_9"}""");
		assertThat(failure.getKind()).isEqualTo(Kind.OVERLOADED);
		assertThat(failure.getRequestId()).isEqualTo("req_9");
		assertThat(texts()).containsExactly("Hel");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\":{\"type\":\"api_error\",\"message\":\"Boom\"}}", "{\"error\":\"Boom\"}",
			"{\"type\":\"message\",\"error\":{\"message\":\"Boom\"},\"content\":[]}",
			"[{\"error\":{\"message\":\"Boom\",\"code\":500}}]" })
	void errorOfAnyShapeIsAFailure(String payload) {
		ModelException failure = failure(payload);
		assertThat(failure.getKind()).isEqualTo(Kind.SERVER);
		assertThat(failure).hasMessageContaining("Boom");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "\"text\"", "{\"type\":\"ping\"}", "{\"type\":\"message_stop\"}" })
	void payloadThatAmountsToNothingIsInvalid(String payload) {
		assertThat(failure(payload).getKind()).isEqualTo(Kind.INVALID_RESPONSE);
	}

	@Test
	void payloadThatIsCutIsNotJson() {
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> readOne(null, START.substring(0, START.length() - 1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"{\\\"city\\\":\\\"Oslo\\\"}\"", "{\"city\":\"Oslo\"}" })
	void argumentsMayBeATextOrAnObject(String input) {
		ModelResponse whole = read(
				whole("{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"x\",\"input\":" + input + "}", "tool_use"));
		assertThat(whole.toolCalls()).containsExactly(ToolCall.of("t", "x", "{\"city\":\"Oslo\"}"));
	}

	@Test
	void argumentsThatAreATextAndCutAreFlagged() {
		ModelResponse response = read(
				whole("{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"x\",\"input\":\"{\\\"city\"}", "tool_use"));
		assertThat(response.toolCalls()).singleElement().satisfies((call) -> {
			assertThat(call.complete()).isFalse();
			assertThat(call.arguments()).isEqualTo("{\"city");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"0\",\"1\"", "0.0,1.0", "0,1" })
	void indexMayBeWrittenInAnyWay(String indexes) {
		String[] index = indexes.split(",");
		ModelResponse response = read(START, start(0, TOOL_USE.formatted("a")).replace(":0,", ":" + index[0] + ","),
				start(1, TOOL_USE.formatted("b")).replace(":1,", ":" + index[1] + ","),
				arguments(0, "{\"n\":").replace(":0,", ":" + index[0] + ","),
				arguments(1, "{\"n\":2}").replace(":1,", ":" + index[1] + ","),
				arguments(0, "1}").replace(":0,", ":" + index[0] + ","), end("tool_use"), STOP);
		assertThat(response.toolCalls()).containsExactly(ToolCall.of("a", "x", "{\"n\":1}"),
				ToolCall.of("b", "x", "{\"n\":2}"));
	}

	@Test
	void argumentsThatArriveAfterTheEndOfTheirBlockAreNotLost() {
		ModelResponse response = read(START, start(0, TOOL_USE.formatted("a")), stop(0), arguments(0, "{\"n\":1}"),
				end("tool_use"), STOP);
		assertThat(response.toolCalls()).containsExactly(ToolCall.of("a", "x", "{\"n\":1}"));
	}

	@Test
	void argumentsWithAWrongIndexAreNotLost() {
		ModelResponse response = read(START, start(1, TOOL_USE.formatted("a")), arguments(0, "{\"n\":1}"),
				end("tool_use"), STOP);
		assertThat(response.toolCalls()).containsExactly(ToolCall.of("a", "x", "{\"n\":1}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"text_delta\",\"text\":\"Hi\",\"thinking\":\"\"}",
			"{\"type\":\"text_delta\",\"partial_json\":\"\",\"text\":\"Hi\",\"citation\":null}",
			"{\"thinking\":\"\",\"text\":\"Hi\",\"signature\":\"\",\"type\":\"text_delta\"}" })
	void emptyMembersOfOtherDeltasDoNoHarm(String delta) {
		assertThat(read(START, start(0, "{\"type\":\"text\",\"text\":\"\"}"), delta(0, delta), end("end_turn"), STOP)
			.content()).isEqualTo("Hi");
	}

	@ParameterizedTest
	@ValueSource(strings = { "refusal", "pause_turn", "max_tokens", "model_context_window_exceeded" })
	void callWithoutArgumentsIsIncompleteWhenTheModelWasStopped(String stopReason) {
		ModelResponse response = read(START, start(0, TOOL_USE.formatted("a")), end(stopReason), STOP);
		assertThat(response.toolCalls()).singleElement().extracting(ToolCall::complete).isEqualTo(false);
		assertThat(this.events).noneMatch(StreamEvent.ToolCallComplete.class::isInstance);
	}

	@Test
	void callsAreCompletedInTheirOrder() {
		read(START, start(0, TOOL_USE.formatted("a")), stop(0), start(1, TOOL_USE.formatted("b")),
				arguments(1, "{\"n\":1}"), stop(1), end("tool_use"), STOP);
		assertThat(this.events).filteredOn(StreamEvent.ToolCallComplete.class::isInstance)
			.containsExactly(new StreamEvent.ToolCallComplete(0, ToolCall.of("a", "x", "{}")),
					new StreamEvent.ToolCallComplete(1, ToolCall.of("b", "x", "{\"n\":1}")));
	}

	@Test
	void wholeCallIsCompleteAlthoughTheModelRanOutOfTokensAfterIt() {
		String call = "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"x\",\"input\":{\"n\":1}}";
		assertThat(read(whole(call, "max_tokens")).toolCalls()).containsExactly(ToolCall.of("t", "x", "{\"n\":1}"));
	}

	@Test
	void blocksMayBeginWithoutAStartOrAType() {
		ModelResponse response = read(START, delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Hm\"}"),
				start(1, "{\"type\":null}"), delta(1, "{\"type\":\"text_delta\",\"text\":\"Hi\"}"), stop(1),
				end("end_turn"), STOP);
		assertThat(response.reasoning()).isEqualTo("Hm");
		assertThat(response.content()).isEqualTo("Hi");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"Hi\"", "[\"Hi\"]", "[{\"text\":\"Hi\"}]", "[{\"type\":\"text\",\"text\":\"Hi\"}]" })
	void contentMayHaveSimplerForms(String content) {
		String message = whole("", "end_turn").replace("[]", content);
		assertThat(read(message).content()).isEqualTo("Hi");
		AnthropicReplyReader streamed = new AnthropicReplyReader(this.reply, OwnState.ANTHROPIC,
				new KeptSize(this.reply));
		byte[] start = ("{\"type\":\"message_start\",\"message\":" + message + "}").getBytes(StandardCharsets.UTF_8);
		streamed.read(null, start, 0, start.length, this.events::add);
		assertThat(streamed.complete(this.events::add).content()).isEqualTo("Hi");
	}

	@Test
	void zeroThatIsATextDoesNotEraseACounter() {
		ModelResponse response = read(START.replace(":28", ":\"28\""),
				end("end_turn").replace("\"output_tokens\":2", "\"output_tokens\":2,\"input_tokens\":\"0\""), STOP);
		assertThat(response.usage().promptTokens()).isEqualTo(33);
	}

	private ModelResponse read(String... payloads) {
		for (String payload : payloads) {
			readOne(null, payload);
		}
		return complete();
	}

	private boolean readOne(String event, String payload) {
		byte[] json = ("data: " + payload + " \n").getBytes(StandardCharsets.UTF_8);
		return this.reader.read(event, json, 6, json.length - 8, this.events::add);
	}

	private ModelResponse complete() {
		return this.reader.complete(this.events::add);
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

	private List<String> texts() {
		return this.events.stream()
			.filter(StreamEvent.Text.class::isInstance)
			.map((event) -> ((StreamEvent.Text) event).text())
			.toList();
	}

	private static String whole(String content, String stopReason) {
		return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[" + content
				+ "],\"stop_reason\":\"" + stopReason + "\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";
	}

	private static String start(int index, String block) {
		return "{\"type\":\"content_block_start\",\"index\":" + index + ",\"content_block\":" + block + "}";
	}

	private static String delta(int index, String delta) {
		return "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}";
	}

	private static String arguments(int index, String json) {
		return delta(index,
				"{\"type\":\"input_json_delta\",\"partial_json\":" + new JsonMapper().writeValueAsString(json) + "}");
	}

	private static String stop(int index) {
		return "{\"type\":\"content_block_stop\",\"index\":" + index + "}";
	}

	private static String end(String stopReason) {
		return "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + stopReason
				+ "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":2}}";
	}

}
