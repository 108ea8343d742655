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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link RequestJudge} finds what is wrong.
 */
class RequestJudgeTests {

	@ParameterizedTest
	@ValueSource(strings = { "{'model':'m','messages':[{'role':'user','content':'Hi'}],'stream':true}",
			"{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'text','text':'Hi'}]}]}" })
	void acceptsWhatIsDocumented(String body) {
		String target = body.contains("max_tokens") ? "/v1/messages?beta=true" : "/v1/chat/completions";
		assertThat(RequestJudge.judge(target, json(body))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{'model':'m','messages':[],'top_k':1} | unknown: top_k
			{'model':'m','messages':[{'role':'user','content':'Hi','x':1}]} | unknown: x
			{'model':'m','messages':[{'role':'user','content':[{'type':'text','text':'Hi','x':1}]}]} | unknown: x
			{'model':'m','messages':[],'temperature':null} | null: .temperature
			{'model':'m','messages':[],'temperature':'hot'} | `temperature` is invalid
			{'model':'m','messages':[{'role':'user'}]} | `content` is not set
			{'model':'m','messages':[{'role':'nobody','content':'Hi'}]} | Unknown ChatCompletionMessageParam
			{'messages':[]} | `model` is not set
			{'model':'m','messages':[],'stream':'yes'} | unknown: stream
			""")
	void complainsOfACompletion(String body, String complaint) {
		assertThat(RequestJudge.judge("/chat/completions", json(body))).singleElement()
			.asString()
			.contains(complaint.strip());
	}

	@Test
	void acceptsAResponseAsDocumented() {
		String body = """
				{'model':'m','store':false,'stream':true,'include':['reasoning.encrypted_content'],'reasoning':{'effort':'low'},
				'input':[{'role':'system','content':'Be terse.'},{'role':'user','content':[{'type':'input_image',
				'image_url':'https://example.org/a.png','detail':'auto'}]},
				{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gAAAA'},
				{'type':'message','id':'msg_1','status':'completed','role':'assistant','phase':'commentary',
				'content':[{'type':'output_text','text':'Looking.','annotations':[]}]},
				{'type':'function_call','id':'fc_1','call_id':'call_1','name':'now','arguments':'{}'},
				{'type':'function_call_output','call_id':'call_1','output':'noon'}],
				'tools':[{'type':'function','name':'now','parameters':{'type':'object'},'strict':false}]}""";
		assertThat(RequestJudge.judge("/v1/responses", json(body))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{'model':'m','input':[],'seed':1} | unknown: seed
			{'model':'m','input':[{'role':'user','content':'Hi','name':'x'}]} | unknown: name
			{'model':'m','input':[],'temperature':null} | null: .temperature
			{'model':'m','input':[{'role':'user','content':[{'type':'input_image'}]}]} | `detail` is not set
			{'model':'m','input':[{'type':'nothing'}]} | Unknown ResponseInputItem
			""")
	void complainsOfAResponse(String body, String complaint) {
		assertThat(RequestJudge.judge("/responses", json(body))).singleElement().asString().contains(complaint.strip());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{'model':'m','max_tokens':9,'messages':[],'seed':1} | unknown: seed
					{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'Hi','name':'x'}]} | unknown: name
					{'model':'m','messages':[]} | `max_tokens` is not set
					{'model':'m','max_tokens':9,'messages':[],'system':[{'type':'image'}]} | `text` is not set
					{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'nothing'}]}]} | Unknown ContentBlockParam
					""")
	void complainsOfAMessage(String body, String complaint) {
		assertThat(RequestJudge.judge("/v1/messages", json(body))).singleElement()
			.asString()
			.contains(complaint.strip());
	}

	private static String json(String text) {
		return text.strip().replace('\'', '"');
	}

}
