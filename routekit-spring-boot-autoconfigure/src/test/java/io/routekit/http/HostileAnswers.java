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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import io.routekit.Limits;
import io.routekit.Model;
import io.routekit.ModelException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Answers that are small on the wire and large in memory: whatever stands wherever. Run
 * in a JVM with little memory, which ends if one of them takes too much of it.
 */
public final class HostileAnswers {

	private static final int SIZE = 512 * 1024;

	private static final int SMALL_SIZE = 2000;

	private static final int PIECE = 16 * 1024;

	private static final String COMPLETION = "{'id':'1','model':'m','choices':[{'index':0,'message':{'role':'assistant',"
			+ "'content':'Hi'},'finish_reason':'stop'}],'usage':{'prompt_tokens':1,'completion_tokens':1}}";

	static final List<String> COMPLETIONS = List.of(COMPLETION.replace("'1'", "#"), COMPLETION.replace("'m'", "#"),
			COMPLETION.replace("'stop'", "#"), COMPLETION.replace("'Hi'", "#"), COMPLETION.replace("'Hi'", "[#,#]"),
			COMPLETION.replace("{'prompt_tokens':1,'completion_tokens':1}", "#"),
			COMPLETION.replace("'prompt_tokens':1", "'prompt_tokens':#"),
			COMPLETION.replace("'prompt_tokens':1", "'new':#"),
			COMPLETION.replace("'prompt_tokens':1", "'new':{'new':#}"), COMPLETION.replace("'id':'1'", "'citations':#"),
			COMPLETION.replace("'id':'1'", "'service_tier':#"),
			COMPLETION.replace("'id':'1'", "'prompt_filter_results':#"), COMPLETION.replace("'id':'1'", "'new':#"),
			COMPLETION.replace("'id':'1'", "'error':#"), COMPLETION.replace("'id':'1'", "'x_groq':#"),
			COMPLETION.replace("'id':'1'", "'x_groq':{'usage':#}"),
			COMPLETION.replace("'id':'1'", "'x_groq':{'error':#}"),
			COMPLETION.replace("'index':0", "'content_filter_results':#"),
			COMPLETION.replace("'index':0", "'native_finish_reason':#"),
			COMPLETION.replace("'index':0", "'logprobs':#"),
			COMPLETION.replace("'index':0", "'logprobs':{'content':#}"), COMPLETION.replace("'index':0", "'index':#"),
			COMPLETION.replace("'index':0", "'new':#"), COMPLETION.replace("'index':0", "'error':#"),
			COMPLETION.replace("'role'", "'annotations':#,'role'"), COMPLETION.replace("'role'", "'audio':#,'role'"),
			COMPLETION.replace("'role'", "'new':#,'role'"), COMPLETION.replace("'role'", "'refusal':#,'role'"),
			COMPLETION.replace("'role'", "'reasoning':#,'role'"),
			COMPLETION.replace("'role'", "'extra_content':#,'role'"),
			COMPLETION.replace("'role'", "'reasoning_details':#,'role'"),
			COMPLETION.replace("'role'", "'reasoning_details':[{'type':'reasoning.text','text':'a','new':#}],'role'"),
			COMPLETION.replace("'role'", "'tool_calls':#,'role'"),
			COMPLETION.replace("'role'", "'function_call':{'name':'f','arguments':#},'role'"),
			COMPLETION.replace("'role'", "'tool_calls':[{'id':#,'function':{'name':'f'}}],'role'"),
			COMPLETION.replace("'role'", "'tool_calls':[{'function':{'name':'f','arguments':#}}],'role'"),
			COMPLETION.replace("'role'", "'tool_calls':[{'function':{'name':'f'},'extra_content':#}],'role'"),
			COMPLETION.replace("'role'", "'tool_calls':[{'function':{'name':'f'},'extra_content':{'new':#}}],'role'"),
			"{'choices':#}", "{'new':#}", "{'error':#}", "{'error':{'message':#}}", "{'error':{'details':#}}",
			"{'error':{'metadata':{'raw':#}}}",
			"{'error':{'message':'Slow','innererror':{'content_filter_result':{'new':#}}}}", "{'message':#}",
			"{'detail':#}", "{'detail':[{'msg':'Wrong','input':#}]}", "[{'error':#}]", "#");

	private static final String MESSAGE = "{'type':'message','id':'1','model':'m','content':[{'type':'text','text':'Hi'}],"
			+ "'stop_reason':'end_turn','usage':{'input_tokens':1,'output_tokens':1}}";

	static final List<String> MESSAGES = Stream
		.concat(messages("{'type':'message_start','message':", "}"), messages("", ""))
		.toList();

	private static final List<String> EVENTS = List.of("{'type':'content_block_start','index':0,'content_block':#}",
			"{'type':'content_block_start','index':#}", "{'type':'content_block_start','new':#}",
			"{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','name':'f','input':#}}",
			"{'type':'content_block_start','index':0,'content_block':{'type':'thinking','signature':'s','new':#}}",
			"{'type':'content_block_delta','index':0,'delta':#}",
			"{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':#}}",
			"{'type':'content_block_delta','index':0,'delta':{'type':'citations_delta','citation':#}}",
			"{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':#}}",
			"{'type':'content_block_delta','index':0,'delta':{'type':'new_delta','new':#}}",
			"{'type':'message_delta','delta':#}", "{'type':'message_delta','delta':{'stop_details':#}}",
			"{'type':'message_delta','delta':{'container':#}}", "{'type':'message_delta','usage':#}",
			"{'type':'message_delta','usage':{'iterations':#}}", "{'type':'message_delta','context_management':#}",
			"{'type':'ping','new':#}", "{'type':'new','usage':#}", "{'type':'new','stop_details':#}",
			"{'type':'new','new':#}", "{'type':#}", "{'new':#}", "{'type':'error','error':#}",
			"{'type':'error','error':{'message':#}}", "{'type':'error','error':{'details':#}}", "{'error':#}",
			"[{'error':#}]", "#");

	private static Stream<String> messages(String prefix, String suffix) {
		return Stream
			.of(MESSAGE.replace("'1'", "#"), MESSAGE.replace("'m'", "#"), MESSAGE.replace("'end_turn'", "#"),
					MESSAGE.replace("[{'type':'text','text':'Hi'}]", "#"), MESSAGE.replace("'Hi'", "#"),
					MESSAGE.replace("'text':'Hi'", "'text':'Hi','citations':#"),
					MESSAGE.replace("'text':'Hi'", "'text':'Hi','new':#"),
					MESSAGE.replace("{'type':'text','text':'Hi'}", "{'type':'new','new':#}"),
					MESSAGE.replace("{'type':'text','text':'Hi'}", "{'type':#}"),
					MESSAGE.replace("{'type':'text','text':'Hi'}", "{'type':'tool_use','id':#,'name':'f','input':{}}"),
					MESSAGE.replace("{'type':'text','text':'Hi'}", "{'type':'tool_use','id':'a','name':'f','input':#}"),
					MESSAGE.replace("{'type':'text','text':'Hi'}",
							"{'type':'tool_use','id':'a','name':'f','input':{},'new':#}"),
					MESSAGE.replace("{'type':'text','text':'Hi'}",
							"{'type':'thinking','thinking':'a','signature':'s','new':#}"),
					MESSAGE.replace("{'input_tokens':1,'output_tokens':1}", "#"),
					MESSAGE.replace("'input_tokens':1", "'input_tokens':#"),
					MESSAGE.replace("'input_tokens':1", "'iterations':#"),
					MESSAGE.replace("'input_tokens':1", "'new':{'new':#}"),
					MESSAGE.replace("'id':'1'", "'stop_sequence':#"), MESSAGE.replace("'id':'1'", "'stop_details':#"),
					MESSAGE.replace("'id':'1'", "'container':#"), MESSAGE.replace("'id':'1'", "'context_management':#"),
					MESSAGE.replace("'id':'1'", "'new':#"), MESSAGE.replace("'id':'1'", "'error':#"))
			.map((message) -> prefix + message + suffix);
	}

	private static final String RESPONSE = "{'object':'response','id':'1','model':'m','status':'completed','output':["
			+ "{'type':'message','content':[{'type':'output_text','text':'Hi'}]}],'usage':{'input_tokens':1,'output_tokens':1}}";

	static final List<String> RESPONSES = Stream
		.concat(responses("{'type':'response.completed','response':", "}"), responses("", ""))
		.toList();

	private static final List<String> RESPONSE_EVENTS = List.of("{'type':'response.created','response':#}",
			"{'type':'response.created','response':{'tools':#}}", "{'type':'response.output_item.added','item':#}",
			"{'type':'response.output_item.added','output_index':0,'item':{'type':'message','content':#}}",
			"{'type':'response.output_item.done','output_index':0,'item':{'type':'message','content':#}}",
			"{'type':'response.output_item.done','output_index':0,'item':{'type':'reasoning','summary':#}}",
			"{'type':'response.output_item.done','output_index':0,'item':{'type':'new','new':#}}",
			"{'type':'response.output_item.done','item':{'type':'function_call','name':'f','arguments':#}}",
			"{'type':'response.output_item.done','item':{'type':'function_call','id':#,'name':'f'}}",
			"{'type':'response.output_text.delta','output_index':0,'delta':#}",
			"{'type':'response.output_text.delta','item_id':#,'delta':'a'}",
			"{'type':'response.output_text.delta','output_index':#,'delta':'a'}",
			"{'type':'response.output_text.delta','delta':'a','logprobs':#}",
			"{'type':'response.output_text.done','output_index':0,'text':#}",
			"{'type':'response.content_part.done','output_index':0,'part':#}",
			"{'type':'response.content_part.done','output_index':0,'part':{'type':'output_text','text':#}}",
			"{'type':'response.function_call_arguments.delta','output_index':1,'delta':#}",
			"{'type':'response.function_call_arguments.done','output_index':1,'name':#,'arguments':#}",
			"{'type':'response.news','new':#}", "{'type':'new','usage':#}", "{'type':#}", "{'new':#}",
			"{'type':'error','error':#}", "{'type':'error','message':#}", "{'error':#}",
			"{'type':'response.failed','response':{'error':#}}",
			"{'type':'response.failed','response':{'error':{'message':#}}}", "#");

	private static Stream<String> responses(String prefix, String suffix) {
		String item = "{'type':'message','content':[{'type':'output_text','text':'Hi'}]}";
		return Stream
			.of(RESPONSE.replace("'1'", "#"), RESPONSE.replace("'m'", "#"), RESPONSE.replace("'completed'", "#"),
					RESPONSE.replace("[" + item + "]", "#"), RESPONSE.replace(item, "#"),
					RESPONSE.replace("'type':'message'", "'type':'message','new':#"),
					RESPONSE.replace("'type':'message'", "'type':'message','id':#"),
					RESPONSE.replace("[{'type':'output_text','text':'Hi'}]", "#"), RESPONSE.replace("'Hi'", "#"),
					RESPONSE.replace("'text':'Hi'", "'text':'Hi','annotations':#"),
					RESPONSE.replace(item, "{'type':'reasoning','summary':#}"),
					RESPONSE.replace(item, "{'type':'reasoning','content':#}"),
					RESPONSE.replace(item, "{'type':'function_call','call_id':#,'name':'f','arguments':'{}'}"),
					RESPONSE.replace(item, "{'type':'function_call','call_id':'a','name':'f','arguments':#}"),
					RESPONSE.replace(item, "{'type':'new','new':#}"),
					RESPONSE.replace("{'input_tokens':1,'output_tokens':1}", "#"),
					RESPONSE.replace("'input_tokens':1", "'input_tokens':#"),
					RESPONSE.replace("'input_tokens':1", "'input_tokens_details':#"),
					RESPONSE.replace("'input_tokens':1", "'new':{'new':#}"),
					RESPONSE.replace("'id':'1'", "'service_tier':#"), RESPONSE.replace("'id':'1'", "'reasoning':#"),
					RESPONSE.replace("'id':'1'", "'moderation':#"), RESPONSE.replace("'id':'1'", "'tool_usage':#"),
					RESPONSE.replace("'id':'1'", "'incomplete_details':{'reason':#}"),
					RESPONSE.replace("'id':'1'", "'instructions':#"), RESPONSE.replace("'id':'1'", "'error':#"))
			.map((response) -> prefix + response + suffix);
	}

	private static final List<String> ERRORS = List.of("#", "{'error':#}", "{'error':{'message':#}}",
			"{'error':{'metadata':#}}", "{'error':{'metadata':{'raw':#}}}",
			"{'error':{'innererror':{'content_filter_result':#}}}", "{'new':#,'error':{'message':'Slow'}}",
			"{'message':#}", "{'detail':#}", "{'errors':#}", "<#>");

	private final CannedExchange exchange = new CannedExchange();

	private final WireProvider provider;

	private final Model model;

	private final Path file;

	private int count;

	private HostileAnswers(WireProvider provider, Path file) {
		this.provider = provider;
		this.file = file;
		DataSize limit = DataSize.ofBytes(SIZE + SIZE / 2);
		this.model = provider.model(
				provider.settings(URI.create("http://localhost"))
					.limits(Limits.builder().event(limit).response(limit).build()),
				WebClient.builder().exchangeFunction(this.exchange));
	}

	/**
	 * Read the answers of a kind.
	 * @param arguments the name of the provider, that of the kind, and the file that
	 * tells which was read
	 * @throws IOException if the file cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		HostileAnswers answers = new HostileAnswers(WireProvider.valueOf(arguments[0]), Path.of(arguments[2]));
		if (arguments[1].equals("chat")) {
			answers.chat();
			answers.error();
		}
		else {
			answers.stream();
			answers.events();
		}
		answers.tell("Read " + answers.count);
	}

	private void chat() {
		List<String> templates = switch (this.provider) {
			case RESPONSES -> RESPONSES;
			case ANTHROPIC -> MESSAGES;
			default -> COMPLETIONS;
		};
		read(templates, 0, (template, value) -> read(value, template, HttpStatus.OK, value.fill(template, SIZE),
				this.model.chat("Hi")));
	}

	private void stream() {
		read(templates(), 1, (template, value) -> {
			List<byte[]> pieces = value.fill("data: " + template + "\n\n", SIZE);
			pieces.add(rest());
			read(value, template, HttpStatus.OK, pieces, this.model.stream("Hi"));
		});
	}

	// Each event is small, but what is kept of all of them is not
	private void events() {
		read(templates(), 2, (template, value) -> {
			byte[] event = value.fill("data: " + template + "\n\n", SMALL_SIZE).get(0);
			List<byte[]> pieces = new ArrayList<>(Collections.nCopies(SIZE / event.length, event));
			pieces.add(rest());
			read(value, template, HttpStatus.OK, pieces, this.model.stream("Hi"));
		});
	}

	private void error() {
		read(ERRORS, 3, (template, value) -> read(value, template, HttpStatus.BAD_REQUEST, value.fill(template, SIZE),
				this.model.chat("Hi")));
	}

	// All of them would take minutes: half of the places get the worst, the others
	// another
	// one, which are not the same for all that is done with the places
	private static void read(List<String> templates, int start, BiConsumer<String, Value> reader) {
		Value[] values = Value.values();
		for (int i = 0; i < templates.size(); i++) {
			boolean worst = (start + i) % 2 == 0;
			Value other = values[1 + (start + i) / 2 % (values.length - 1)];
			reader.accept(templates.get(i), worst ? Value.EMPTY_OBJECTS : other);
		}
	}

	private void tell(String text) {
		try {
			Files.writeString(this.file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> templates() {
		return switch (this.provider) {
			case RESPONSES -> Stream.concat(RESPONSES.stream(), RESPONSE_EVENTS.stream()).toList();
			case ANTHROPIC -> Stream.concat(MESSAGES.stream(), EVENTS.stream()).toList();
			default -> COMPLETIONS.stream().map((template) -> template.replace("'message':{", "'delta':{")).toList();
		};
	}

	private byte[] rest() {
		return this.provider.stream("Hi").getBytes(StandardCharsets.UTF_8);
	}

	private void read(Value value, String template, HttpStatus status, List<byte[]> pieces, Publisher<?> call) {
		tell(value + " in " + template);
		this.exchange.answer(status, pieces);
		try {
			Flux.from(call).blockLast(TestCalls.LIMIT);
		}
		catch (ModelException ex) {
			// Which answers are one is the business of other tests
		}
		this.count++;
	}

	/**
	 * What takes much more memory than bytes.
	 */
	private enum Value {

		EMPTY_OBJECTS((number) -> "{}", "[", "]"),

		TYPED_OBJECTS((number) -> "{'type':'text','text':'a'}", "[", "]"),

		CALLS((number) -> "{'id':'" + number + "','function':{'name':'f'}}", "[", "]"),

		NESTED((number) -> "[".repeat(300) + "]".repeat(300), "[", "]"),

		NAMES((number) -> "'" + Integer.toString(number, 36) + "':0", "{", "}"),

		LONG_NAMES((number) -> "'" + "n".repeat(60) + number + "':0", "{", "}"),

		WIDE_TEXT((number) -> "\u4e00\u4e01", "'", "'");

		private final IntFunction<String> element;

		private final String start;

		private final String end;

		Value(IntFunction<String> element, String start, String end) {
			this.element = element;
			this.start = start;
			this.end = end;
		}

		/**
		 * Fill a template, without taking much more memory than the answer itself.
		 */
		List<byte[]> fill(String template, int size) {
			Pieces pieces = new Pieces();
			String[] parts = template.split("#", -1);
			int count = size / (bytes(this.element.apply(1000)).length + 1) / (parts.length - 1);
			for (int i = 0; i < parts.length; i++) {
				if (i > 0) {
					fill(pieces, count);
				}
				pieces.add(parts[i]);
			}
			return pieces.end();
		}

		private void fill(Pieces pieces, int count) {
			String separator = this.start.equals("'") ? "" : ",";
			pieces.add(this.start);
			for (int i = 0; i < count; i++) {
				pieces.add((i > 0) ? separator : "");
				pieces.add(this.element.apply(i));
			}
			pieces.add(this.end);
		}

		private static byte[] bytes(String text) {
			return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
		}

	}

	/**
	 * An answer in the pieces that a network delivers.
	 */
	private static final class Pieces {

		private final List<byte[]> pieces = new ArrayList<>();

		private final ByteArrayOutputStream piece = new ByteArrayOutputStream();

		void add(String text) {
			this.piece.writeBytes(Value.bytes(text));
			if (this.piece.size() > PIECE) {
				end();
			}
		}

		List<byte[]> end() {
			this.pieces.add(this.piece.toByteArray());
			this.piece.reset();
			return this.pieces;
		}

	}

}
