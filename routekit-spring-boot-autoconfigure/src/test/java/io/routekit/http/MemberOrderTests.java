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

package io.routekit.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.routekit.AssistantPart;
import io.routekit.FinishReason;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.http.RawServer.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of the members of an object means nothing: an answer is the same in any of
 * them.
 */
@ParameterizedClass
@EnumSource
class MemberOrderTests {

	private static final int ORDERS = 12;

	private static final JsonMapper mapper = new JsonMapper();

	private final RawServer server = new RawServer();

	private final WireProvider provider;

	private final Model model;

	MemberOrderTests(WireProvider provider) {
		this.provider = provider;
		this.model = provider.model(this.server);
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private static List<String> completions() {
		return List.of("""
				{"choices":[{"index":0,"delta":{"role":"assistant","content":"Oslo"},\
				"message":{"role":"assistant","content":"Oslo"},"finish_reason":null}],"id":"c","model":"m"}
				{"choices":[{"index":0,"delta":{"content":" is cold."},"message":{"content":"Oslo is cold."},\
				"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}""",
				"""
						{"choices":[{"index":0,"delta":{"reasoning_content":"Hm","content":"So"}}]}
						{"choices":[{"index":0,"delta":{"content":" be it"}},{"index":1,"delta":{"content":"No"}}]}
						{"choices":[{"index":1,"delta":{},"finish_reason":"length"},{"index":0,"delta":{},"finish_reason":"stop"}]}
						""",
				"""
						{"choices":[{"index":0,"delta":{"content":null,"tool_calls":[{"index":0,"id":"a","type":"function",\
						"function":{"name":"f","arguments":"{\\"x\\":"}},{"index":1,"id":"b","type":"function",\
						"function":{"name":"g","arguments":"{}"}}]},"finish_reason":null}]}
						{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]},\
						"finish_reason":"tool_calls"}]}""",
				"""
						{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Paris.",\
						"refusal":null,"reasoning_content":"Hm","tool_calls":[{"id":"a","type":"function",\
						"function":{"name":"f","arguments":"{\\"x\\":1}"}}]},"delta":{"role":"assistant","content":""},\
						"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":149,"total_tokens":156}}""",
				"""
						{"choices":[{"index":0,"delta":{"content":"par"}}]}
						{"error":{"message":"Slow down","type":"rate_limit_error","code":"429"},\
						"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}""");
	}

	private static List<String> messages() {
		return List.of(
				"""
						{"type":"message_start","message":{"id":"c","type":"message","role":"assistant","model":"m",\
						"content":[],"stop_reason":null,"usage":{"input_tokens":9,"output_tokens":1}}}
						{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
						{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}
						{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s"}}
						{"type":"content_block_stop","index":0}
						{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}
						{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi","thinking":""}}
						{"type":"content_block_stop","index":1}
						{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}}
						{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"x\\":1}"}}
						{"type":"content_block_stop","index":2}
						{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":2}}
						{"type":"message_stop"}""",
				"""
						{"id":"c","type":"message","role":"assistant","model":"m","content":[\
						{"type":"thinking","thinking":"Hm","signature":"s"},{"type":"text","text":"Hi","citations":[\
						{"type":"char_location","start":1}]},{"type":"tool_use","id":"a","name":"f","input":{"x":1}}],\
						"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":2}}""",
				"""
						{"type":"message_start","message":{"role":"assistant","model":"m","content":[]}}
						{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"par"}}
						{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_9"}""");
	}

	private static List<String> responses() {
		return List.of(
				"""
						{"type":"response.created","sequence_number":0,"response":{"id":"c","object":"response","model":"m",\
						"status":"in_progress","output":[],"usage":null}}
						{"type":"response.output_item.added","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}}
						{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"Hm"}
						{"type":"response.output_item.done","output_index":0,"item":{"id":"rs_1","type":"reasoning",\
						"summary":[{"type":"summary_text","text":"Hm"}],"encrypted_content":"e"}}
						{"type":"response.output_item.added","output_index":1,"item":{"id":"msg_1","type":"message","content":[]}}
						{"type":"response.content_part.added","item_id":"msg_1","output_index":1,"content_index":0,\
						"part":{"type":"output_text","text":""}}
						{"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"Hi"}
						{"type":"response.output_text.done","item_id":"msg_1","output_index":1,"content_index":0,"text":"Hi!"}
						{"type":"response.output_item.done","output_index":1,"item":{"id":"msg_1","type":"message",\
						"role":"assistant","content":[{"type":"output_text","text":"Hi!","annotations":[]}]}}
						{"type":"response.output_item.added","output_index":2,"item":{"id":"fc_1","type":"function_call",\
						"call_id":"a","name":"f","arguments":""}}
						{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":2,"delta":"{\\"x\\":1}"}
						{"type":"response.completed","response":{"id":"c","object":"response","model":"m","status":"completed",\
						"output":[{"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}]},\
						{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Hi!"}]},\
						{"id":"fc_1","type":"function_call","call_id":"a","name":"f","arguments":"{\\"x\\":1}"}],\
						"usage":{"input_tokens":9,"output_tokens":2,"total_tokens":11}}}""",
				"""
						{"id":"c","object":"response","model":"m","status":"completed","error":null,"service_tier":"default",\
						"output":[{"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}],\
						"content":[{"type":"reasoning_text","text":"Hmm"}]},{"id":"msg_1","type":"message","status":"completed",\
						"content":[{"type":"output_text","text":"Hi","annotations":[{"type":"url_citation","url":"u"}]}]},\
						{"id":"ws_1","type":"web_search_call","action":{"type":"search","query":"q"}},\
						{"id":"fc_1","type":"function_call","status":"completed","call_id":"a","name":"f",\
						"arguments":"{\\"x\\":1}"}],"usage":{"input_tokens":9,"output_tokens":2,"total_tokens":11}}""",
				"""
						{"type":"response.created","response":{"id":"c","model":"m","status":"in_progress"}}
						{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"par"}
						{"type":"response.failed","response":{"id":"c","status":"failed","error":{"code":"rate_limit_exceeded",\
						"message":"Slow down. Please try again in 2s."},"usage":{"input_tokens":9}}}""");
	}

	@Test
	void answerIsTheSameInAnyOrder() {
		List<String> answers = switch (this.provider) {
			case RESPONSES -> responses();
			case ANTHROPIC -> messages();
			default -> completions();
		};
		answers.forEach(this::verifyOrders);
	}

	private void verifyOrders(String answer) {
		List<String> payloads = answer.strip().lines().toList();
		Object expected = outcome(payloads);
		Random random = new Random(20261201);
		for (int i = 0; i < ORDERS; i++) {
			List<String> permuted = payloads.stream().map((payload) -> permute(payload, random)).toList();
			assertThat(outcome(permuted)).as(permuted::toString).isEqualTo(expected);
		}
	}

	private static String permute(String payload, Random random) {
		return permute(mapper.readTree(payload), random).toString();
	}

	private static JsonNode permute(JsonNode node, Random random) {
		if (node instanceof ArrayNode array) {
			ArrayNode permuted = mapper.createArrayNode();
			array.forEach((element) -> permuted.add(permute(element, random)));
			return permuted;
		}
		if (node instanceof ObjectNode object) {
			List<String> names = new ArrayList<>(object.propertyNames());
			Collections.shuffle(names, random);
			ObjectNode permuted = mapper.createObjectNode();
			names.forEach((name) -> permuted.set(name, permute(object.get(name), random)));
			return permuted;
		}
		return node;
	}

	private Object outcome(List<String> payloads) {
		boolean whole = payloads.size() == 1;
		this.server.reply(whole ? Script.json(200, payloads.get(0)) : Script
			.events(payloads.stream().map("data: %s\n\n"::formatted).collect(Collectors.joining()), Chunking.RANDOM));
		try {
			ModelResponse streamed = TestCalls.responseOf(TestCalls.eventsOf(this.model.stream("Hi")));
			ModelResponse response = this.model.chat("Hi").block(LIMIT);
			assertThat(content(response)).isEqualTo(content(streamed));
			assertThat(response.finishReason()).isNotEqualTo(FinishReason.OTHER);
			return content(response);
		}
		catch (ModelException ex) {
			return ex.getKind() + ex.getMessage();
		}
	}

	private static Object content(ModelResponse response) {
		List<Object> content = new ArrayList<>();
		for (AssistantPart part : response.toMessage().parts()) {
			if (part instanceof ToolCall call) {
				content
					.add(List.of(call.id(), call.name(), call.argumentsAsMap(), call.complete(), state(call.state())));
			}
			else if (part instanceof TextPart text) {
				content.add(text.text());
				content.add(state(text.state()));
			}
			else if (part instanceof ReasoningPart reasoning) {
				content.add(reasoning.text());
				content.add(state(reasoning.state()));
			}
			else if (part instanceof OpaquePart opaque) {
				content.add(state(opaque.state()));
			}
		}
		return List.of(content, String.valueOf(response.usage()), response.finishReason(),
				String.valueOf(response.rawFinishReason()), String.valueOf(response.model()),
				new TreeMap<>(response.metadata()));
	}

	private static Object state(ProviderState state) {
		return (state != null) ? mapper.readValue(state.json(), Map.class) : "";
	}

}
