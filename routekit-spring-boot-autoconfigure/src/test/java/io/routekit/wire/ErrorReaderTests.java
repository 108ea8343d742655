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

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.routekit.Limits;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.completions.CompletionsProtocol;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorReader}: the reason is in the message wherever it stands.
 */
class ErrorReaderTests {

	private static final String KEY = "sk-of-acme/0123456789";

	private final SecretRedactor secrets = new SecretRedactor();

	private final HttpHeaders headers = new HttpHeaders();

	@ParameterizedTest
	@ValueSource(strings = { "{'error':['No more']}", "{'error':[{'message':'No more','code':7003}]}",
			"{'errors':['No more']}", "{'errors':[{'code':7003,'message':'No more'}],'success':false}", "['No more']",
			"{'message':['No more']}", "{'message':[['No more']]}", "{'error':{'message':['No more','Sorry']}}",
			"{'error':{'message':{'detail':['No more']}}}", "{'errors':{'model':['No more']}}",
			"{'error':{'reason':'No more'}}", "{'fault':{'faultstring':'No more','detail':{'errorcode':'x'}}}",
			"{'error':'{\"error\":{\"message\":\"No more\"}}'}", "{'error':{'message':'{\"message\":\"No more\"}'}}",
			"{'error':{'message':'[{\"error\":{\"message\":\"No more\"}}]'}}",
			"{'error':{'message':'Wrong','metadata':{'raw':'No more'}}}",
			"{'error':{'message':'Wrong','metadata':{'raw':{'error':{'message':'No more'}}}}}",
			"{'error':{'message':'Wrong','metadata':{'raw':'{\"detail\":[{\"msg\":\"No more\"}]}'}}}",
			"{'error':{'message':'Param Incorrect','param':'No more'}}", "{'detail':['No more']}",
			"{'error':{'code':'x','cause':{'message':'No more'}}}",
			"{'error':{'message':'Wrong','metadata':{'raw':'<html><body>No more</body></html>'}}}" })
	void reasonIsInTheMessage(String body) {
		assertThat(failure(400, body)).hasMessageContaining("No more")
			.hasMessageNotContaining("{")
			.hasMessageNotContaining("<");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					400 | {'error':{'message':'Provider returned error','code':400,'metadata':{'raw':'{"error":{"type":"invalid_request_error","message":"prompt is too long: 205351 tokens > 200000 maximum"}}'}}} | CONTEXT_LENGTH
					502 | {'error':{'message':'Provider returned error','metadata':{'raw':'{"error":{"code":"insufficient_quota","message":"m"}}'}}} | QUOTA
					403 | {'error':{'message':'Provider returned error','code':403,'metadata':{'raw':'{"error":{"code":"unsupported_country_region_territory","message":"m"}}'}}} | PERMISSION
					400 | {'error':{'message':'{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}','code':400,'status':'Bad Request'}} | RATE_LIMIT
					500 | {'error':{'message':'AnthropicException - {"type":"error","error":{"type":"overloaded_error","message":"m"}}','code':500}} | OVERLOADED
					400 | {'error':{'code':400,'message':'m','details':[{'reason':'API_KEY_INVALID'}]}} | AUTHENTICATION
					400 | {'error':['Model too busy, unable to get response in less than 60 second(s)']} | OVERLOADED
					400 | {'error':{'message':'Invalid arguments: {"status":401,"city":"Oslo"}'}} | INVALID_REQUEST
					""")
	void nestedErrorDecidesTheKind(int status, String body, Kind kind) {
		assertThat(failure(status, body).getKind()).isEqualTo(kind);
	}

	@Test
	void reasonsAreSaidOnce() {
		assertThat(failure(400,
				"{'error':{'message':'Provider returned error','metadata':{'raw':"
						+ "'{\"error\":{\"message\":\"At most 1 image\"}}'},'details':'At most 1 image'}}"))
			.hasMessageStartingWith("Provider returned error: At most 1 image (provider");
	}

	@Test
	void secretsThatAreNestedAreRemoved() {
		this.secrets.add(KEY);
		String escaped = KEY.replace("/", "\\\\/");
		ModelException failure = failure(400, "{'error':{'message':'{\"error\":{\"message\":\"No " + escaped
				+ "\",\"type\":\"" + escaped + "\"}}'}}");
		assertThat(failure).hasMessageStartingWith("No ***").hasMessageNotContaining("0123456789");
		assertThat(failure.getDetails().toString()).doesNotContain("0123456789");
	}

	@Test
	void whatQuotesTheRequestIsNotSaid() {
		assertThat(failure(400, "{'error':{'input':'private','body':{'messages':['private']},'query':'private'}}"))
			.hasMessageNotContaining("private");
	}

	@Test
	void nestingIsBounded() {
		String body = "{\"message\":\"No more\"}";
		for (int i = 0; i < 6; i++) {
			body = "{\"message\":\"" + body.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
		}
		assertThat(failure(400, body)).hasMessageContaining("No more");
		assertThat(failure(400, "{'error':" + "[".repeat(100) + "'No more'" + "]".repeat(100) + "}"))
			.hasMessageContaining("No more");
	}

	@ParameterizedTest
	@ValueSource(strings = { "details", "detail", "errors", "title", "message", "error" })
	void whatIsNestedWithoutATextIsLookedIntoOnce(String member) {
		String opening = "{'%s':".formatted(member);
		String mixed = opening + "{'errors':{'details':";

		assertThat(failure(400, opening.repeat(200) + "{}" + "}".repeat(200)).getKind())
			.isEqualTo(Kind.INVALID_REQUEST);
		assertThat(failure(400, mixed.repeat(60) + "{}" + "}".repeat(180)).getKind()).isEqualTo(Kind.INVALID_REQUEST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "inputs", "user_prompt", "payload", "arguments", "data", "text", "request_payload",
			"requestBody", "generated_text", "last_message" })
	void whatQuotesTheRequestIsNoReason(String member) {
		assertThat(failure(400, "{'error':{'code':400,'%s':'My secret plan'}}".formatted(member)))
			.hasMessageNotContaining("secret plan");
	}

	@Test
	void anyOtherMemberMayGiveTheReason() {
		assertThat(failure(400, "{'failure':{'errorText':'No more'}}")).hasMessageContaining("No more");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					[{'error':{'code':429,'message':'m','details':[{'@type':'x.QuotaFailure'},{'@type':'x.RetryInfo','retryDelay':'45.837906927s'}]}}] | PT45.837906927S
					{'error':{'code':429,'message':'m','details':[{'retryDelay':{'seconds':3,'nanos':500000000}}]}}                                  | PT3.5S
					{'error':{'message':'{"error":{"code":429,"details":[{"retryDelay":"26s"}],"message":"m"}}','code':429}}                        | PT26S
					{'error':{'message':'Provider returned error','metadata':{'raw':'Please try again in 20s.'}}}                                   | PT20S
					{'error':{'message':'m','metadata':{'retry_after':7}}}                                                                          | PT7S
					{'error':{'message':'m','metadata':{'headers':{'Retry-After':'5'}}}}                                                            | PT5S
					{'error':{'message':'m','retry_after_ms':250}}                                                                                  | PT0.25S
					{'error':{'message':'m','type':'usage_limit_reached','resets_in_seconds':90}}                                                   | PT1M30S
					{'error':'Model m is currently loading','estimated_time':20.5}                                                                  | PT20.5S
					{'error':{'message':'m','retry_after':'soon'}}                                                                                  |
					{'error':{'message':'m','retry_after':-1}}                                                                                      | PT0S
					""")
	void waitIsInAMember(String body, @Nullable Duration wait) {
		assertThat(failure(429, body).getRetryAfter()).isEqualTo(wait);
	}

	@ParameterizedTest
	@CsvSource({ "Please retry in 45.837906927s.,PT45.837906927S", "Please retry in 13h20m5.3s.,PT13H20M5.3S",
			"Please try again in 6ms. Contact us,PT0.006S", "Please try again in 1m12.5s. Visit,PT1M12.5S",
			"Please retry after 26 seconds.,PT26S", "Rate limit is exceeded. Try again in 2 seconds.,PT2S",
			"Rate limit of 10 per 60s exceeded. Please wait 42 seconds before retrying.,PT42S",
			"'please try again after 1 seconds',PT1S", "Try again in about 2 hours and 5 minutes,PT2H5M",
			"Limit resets in 3 days,PT72H", "Unable to get a response in less than 60 seconds,",
			"Please try again later,", "Please try again in a moment,", "Please retry,", "Wait 5 apples,",
			"wait for in,", "Try again in 99999999999 days,PT8760H" })
	void waitIsInTheText(String text, @Nullable Duration wait) {
		assertThat(failure(429, "{'error':{'message':'" + text + "'}}").getRetryAfter()).isEqualTo(wait);
	}

	@Test
	void headerCountsBeforeTheBody() {
		this.headers.set("retry-after", "3");
		assertThat(failure(429, "{'error':{'message':'Please retry in 20s'}}").getRetryAfter())
			.isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void quotaThatComesBackIsARateLimit() {
		String message = "You exceeded your current quota, please check your plan and billing details.";
		ModelException failure = failure(429, "[{'error':{'code':429,'message':'" + message
				+ " Please retry in 45.8s.','status':'RESOURCE_EXHAUSTED'}}]");
		assertThat(failure.getKind()).isEqualTo(Kind.RATE_LIMIT);
		assertThat(failure.isRetryable()).isTrue();
		assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofMillis(45_800));
		assertThat(failure(429, "{'error':{'message':'" + message + "'}}").getKind()).isEqualTo(Kind.QUOTA);
	}

	private ModelException failure(int status, String body) {
		byte[] json = (body.startsWith("{\"") ? body : quoted(body)).getBytes(StandardCharsets.UTF_8);
		return new Reply("openai", "m", HttpStatusCode.valueOf(status), this.headers, this.secrets, Limits.defaults(),
				CompletionsProtocol.ERROR_WORDS, RateLimitHeaders.COMMON)
			.failure(json, 0, json.length);
	}

	// Quotation marks stand for those of JSON, and those of JSON for escaped ones
	private static String quoted(String body) {
		return body.replace("\"", "\\\"").replace('\'', '"');
	}

}
