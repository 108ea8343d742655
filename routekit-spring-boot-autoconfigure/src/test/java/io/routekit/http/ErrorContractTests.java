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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.http.RawServer.Script;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.routekit.http.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the errors of all providers have in common.
 */
@ParameterizedClass
@EnumSource
class ErrorContractTests {

	private final RawServer server = new RawServer();

	private final WireProvider provider;

	private final Model model;

	ErrorContractTests(WireProvider provider) {
		this.provider = provider;
		this.model = provider.model(this.server);
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private ModelException failure(Script script) {
		this.server.reply(script);
		return failureOf(this.model.chat("Hi"));
	}

	@ParameterizedTest
	@CsvSource({ "400,INVALID_REQUEST,false", "401,AUTHENTICATION,false", "403,PERMISSION,false", "404,NOT_FOUND,false",
			"413,INVALID_REQUEST,false", "422,INVALID_REQUEST,false", "402,QUOTA,false", "409,SERVER,true",
			"408,TIMEOUT,true", "429,RATE_LIMIT,true", "500,SERVER,true", "502,SERVER,true", "503,SERVER,true",
			"504,TIMEOUT,true", "529,OVERLOADED,true" })
	void statusDecidesTheKind(int status, Kind kind, boolean retryable) {
		this.server.reply(Script.json(status, this.provider.error(status, "Störung 世"),
				this.provider.requestIdHeader() + ": req_1"));
		assertFailure(failureOf(this.model.chat("Hi")), status, kind, retryable);
		assertFailure(failureOf(this.model.stream("Hi")), status, kind, retryable);
		assertThat(this.server.requests()).hasSize(2);
	}

	private void assertFailure(ModelException failure, int status, Kind kind, boolean retryable) {
		assertThat(failure.getKind()).as(failure.getMessage()).isEqualTo(kind);
		assertThat(failure.isRetryable()).isEqualTo(retryable);
		assertThat(failure.getMessage()).startsWith("Störung 世");
		assertThat(failure.getStatus()).isEqualTo(status);
		assertThat(failure.getRequestId()).isEqualTo("req_1");
		assertThat(failure.getProvider()).isEqualTo(this.provider.type());
		assertThat(failure.getModel()).isEqualTo("m");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html><style>p{}</style><h1>Bad   Gateway</h1></html>", "upstream connect error",
			"{}", "[]", "null", "{\"error\":null}", "{\"error\":{" })
	void bodyMayBeAnything(String body) {
		ModelException failure = failure(Script.body(502, "text/html", body));
		assertThat(failure.getKind()).isEqualTo(Kind.SERVER);
		assertThat(failure.getStatus()).isEqualTo(502);
		assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(300).doesNotContain("style");
	}

	@Test
	void messageOfAHugeBodyIsShort() {
		ModelException failure = failure(Script.body(502, "text/html", "<p>Störung</p>".repeat(350_000)));
		assertThat(failure.getKind()).isEqualTo(Kind.SERVER);
		assertThat(failure.getMessage()).startsWith("Störung").hasSizeLessThan(400);
	}

	@Test
	void messageThatIsLongIsCut() {
		assertThat(failure(Script.json(400, this.provider.error(400, "ü".repeat(30_000)))).getMessage())
			.startsWith("üüü")
			.hasSizeLessThan(2200);
	}

	@ParameterizedTest
	@EnumSource
	void messageIsReadHoweverItIsCut(Chunking chunking) {
		ModelException failure = failure((connection) -> {
			connection.head(400, "Transfer-Encoding: chunked", "");
			for (byte[] piece : chunking.split(this.provider.error(400, "Größe 世").getBytes(StandardCharsets.UTF_8))) {
				connection.chunk(piece);
			}
			connection.endChunks();
		});
		assertThat(failure.getMessage()).startsWith("Größe 世");
	}

	@Test
	void statusCountsAlthoughTheBodyIsCut() {
		ModelException failure = failure((connection) -> {
			connection.head(429, "Content-Length: 1000", "retry-after: 7", this.provider.requestIdHeader() + ": req_1");
			connection.write("\r\n{\"error\":");
			connection.close();
		});
		assertThat(failure.getKind()).isEqualTo(Kind.RATE_LIMIT);
		assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
		assertThat(failure.getRequestId()).isEqualTo("req_1");
	}

	@ParameterizedTest
	@CsvSource({ "retry-after-ms: 50,PT0.05S", "retry-after: 2,PT2S", "retry-after: 1.5,PT1.5S",
			"'retry-after: Wed, 21 Oct 2015 07:28:00 GMT',PT0S", "retry-after: -3,PT0S", "retry-after: soon,",
			"retry-after: Infinity,", "retry-after: 10f,", "retry-after: 0x10p0,", "x-other: 1," })
	void tellsWhenToTryAgain(String header, Duration expected) {
		ModelException failure = failure(Script.json(429, this.provider.error(429, "Slow down"), header));
		assertThat(failure.getRetryAfter()).isEqualTo(expected);
		assertThat(failure.isRetryable()).isTrue();
	}

	@Test
	void bodyTellsWhenToTryAgain() {
		ModelException failure = failure(Script.json(429, """
				[{"error":{"code":429,"message":"You exceeded your current quota. Please retry in 45.8s.",
				"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"45.8s"}]}}]"""));
		assertThat(failure.getKind()).isEqualTo(Kind.RATE_LIMIT);
		assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofMillis(45_800));
	}

	@ParameterizedTest
	@CsvSource({ "requests,0,1s,tokens,10,6m0s,PT1S", "requests,5,1s,tokens,0,6m0s,PT6M",
			"requests,0,1s,tokens,0,1h2m3.5s,PT1H2M3.5S", "requests,0,120ms,tokens,10,1s,PT0.12S",
			"requests,0,20µs,tokens,10,1s,PT0.00002S", "requests,0,42,tokens,10,1,PT42S",
			"requests,5,1s,tokens,10,6m0s,", "requests,-1,1s,tokens,10,1s,", "requests,0,soon,tokens,10,1s,",
			"requests,0,1s,other,0,5s,PT1S" })
	void exhaustedRateLimitTellsWhenToTryAgain(String type, String remaining, String reset, String secondType,
			String secondRemaining, String secondReset, @Nullable Duration expected) {
		assertThat(failureOfRateLimit("x-ratelimit-remaining-" + type + ": " + remaining,
				"x-ratelimit-reset-" + type + ": " + reset,
				"x-ratelimit-remaining-" + secondType + ": " + secondRemaining,
				"x-ratelimit-reset-" + secondType + ": " + secondReset)
			.getRetryAfter()).isEqualTo(expected);
	}

	@Test
	void exhaustedRateLimitTellsTheDateWhenToTryAgain() {
		Instant reset = Instant.now().plus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.SECONDS);
		assertThat(failureOfRateLimit("anthropic-ratelimit-requests-remaining: 0",
				"anthropic-ratelimit-requests-reset: 2015-10-21T07:28:00Z",
				"anthropic-ratelimit-output-tokens-remaining: 0", "anthropic-ratelimit-output-tokens-reset: " + reset)
			.getRetryAfter()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
		assertThat(failureOfRateLimit("anthropic-ratelimit-input-tokens-remaining: 0",
				"anthropic-ratelimit-input-tokens-reset: 2015-10-21T07:28:00Z")
			.getRetryAfter()).isZero();
	}

	@Test
	void whatTheServerAsksForCountsBeforeItsRateLimits() {
		assertThat(failureOfRateLimit("retry-after: 2", "x-ratelimit-remaining-requests: 0",
				"x-ratelimit-reset-requests: 6m0s")
			.getRetryAfter()).isEqualTo(Duration.ofSeconds(2));
	}

	private ModelException failureOfRateLimit(String... headers) {
		return failure(Script.json(429, this.provider.error(429, "Slow down"), headers));
	}

	@ParameterizedTest
	@CsvSource({ "500,api_error,false,false", "400,invalid_request_error,true,true",
			"429,insufficient_quota,true,false" })
	void serverSaysWhetherToTryAgain(int status, String type, boolean header, boolean expected) {
		String error = "{\"error\":{\"message\":\"m\",\"type\":\"" + type + "\"}}";
		assertThat(failure(Script.json(status, error, "x-should-retry: " + header)).isRetryable()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					400 | {"error":{"message":"m","type":"invalid_request_error","code":"context_length_exceeded"}} | CONTEXT_LENGTH
					400 | {"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 205351 tokens > 200000 maximum"}} | CONTEXT_LENGTH
					400 | {"object":"error","message":"This model's maximum context length is 4096 tokens","code":400} | CONTEXT_LENGTH
					500 | {"error":{"message":"Context size has been exceeded","code":500}} | CONTEXT_LENGTH
					429 | {"error":{"message":"m","type":"insufficient_quota","code":"insufficient_quota"}} | QUOTA
					400 | {"error":{"message":"Your credit balance is too low","type":"invalid_request_error"}} | QUOTA
					400 | {"error":{"code":"content_filter","message":"m"}} | CONTENT_FILTERED
					401 | {"statusCode":401,"message":"m"} | AUTHENTICATION
					400 | [{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}] | INVALID_REQUEST
					503 | {"error":{"message":"Loading model"}} | OVERLOADED
					429 | {"error":{"message":"Request too large for m: Limit 30000, Requested 45411"}} | RATE_LIMIT
					200 | {"error":{"message":"m","type":"rate_limit_error"}} | RATE_LIMIT
					200 | {"type":"error","error":{"type":"overloaded_error","message":"m"}} | OVERLOADED
					200 | {"error":{"message":"m","code":401}} | AUTHENTICATION
					200 | {"error":"m"} | SERVER
					200 | {"message":"m","request_id":"r"} | SERVER
					200 | {"object":"error","message":"m","type":"BadRequestError","code":400} | INVALID_REQUEST
					200 | {"error":{"message":"m"},"status":429} | RATE_LIMIT
					200 | {"error":{"type":"error","error":{"type":"overloaded_error","message":"m"}}} | OVERLOADED
					200 | {"type":"about:blank","title":"t","status":503,"detail":"overloaded"} | OVERLOADED
					502 | {"error":{"message":"m","code":429}} | RATE_LIMIT
					429 | {"error":{"message":"maximum context length requests per day","code":"rate_limit_exceeded"}} | RATE_LIMIT
					400 | {"error":{"message":"Unknown parameter: 'content_filter'","code":"unknown_parameter"}} | INVALID_REQUEST
					400 | {"error":{"message":"The audience is incorrect","code":"400"}} | AUTHENTICATION
					400 | {"error":{"message":"m","code":"400","innererror":null,"inner_error":{"code":"ResponsibleAIPolicyViolation"}}} | CONTENT_FILTERED
					""")
	void bodyCountsBeforeTheStatus(int status, String body, Kind kind) {
		this.server.reply(Script.json(status, body));
		for (ModelException failure : new ModelException[] { failureOf(this.model.chat("Hi")),
				failureOf(this.model.stream("Hi")) }) {
			assertThat(failure.getKind()).as(failure.getMessage()).isEqualTo(kind);
			assertThat(failure.isRetryable()).isEqualTo(kind.isRetryable() && !body.contains("too large"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "{}", "[]", "\"text\"", "42", "{\"choices\":[]}", "{\"choices\":null}",
			"{\"content\":null}", "{\"id\":\"1\"}", "{\"choices\":[{\"message\":",
			"<html><body>Welcome</body></html>" })
	void answerThatIsNoneIsInvalid(String body) {
		this.server.reply(Script.body(200, "text/html", body, this.provider.requestIdHeader() + ": req_1"));
		for (ModelException failure : new ModelException[] { failureOf(this.model.chat("Hi")),
				failureOf(this.model.stream("Hi")) }) {
			assertThat(failure.getKind()).as(failure.getMessage()).isEqualTo(Kind.INVALID_RESPONSE);
			assertThat(failure.isRetryable()).isFalse();
			assertThat(failure.getStatus()).isEqualTo(200);
			assertThat(failure.getRequestId()).isEqualTo("req_1");
			assertThat(failure.getMessage()).hasSizeLessThan(300);
		}
	}

	@Test
	void pageIsQuoted() {
		assertThat(failure(Script.body(200, "text/html", "<html><body>Welcome</body></html>")))
			.hasMessageContaining("Welcome")
			.hasMessageNotContaining("<body>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<script>var x={\"code\":429,\"message\":\"fake\"}</script>Login",
			"<style>x{}</style><title>Login</title>",
			"<message>Login</message>{\"error\":{\"type\":\"authentication_error\"}}" })
	void pageIsNoErrorWhateverIsOnIt(String page) {
		this.server.reply(Script.body(200, "text/html", page));
		for (ModelException failure : new ModelException[] { failureOf(this.model.chat("Hi")),
				failureOf(this.model.stream("Hi")) }) {
			assertThat(failure.getKind()).as(failure.getMessage()).isEqualTo(Kind.INVALID_RESPONSE);
			assertThat(failure).hasMessageContaining("Login");
		}
	}

	@Test
	void answerThatIsCutIsNotQuoted() {
		assertThat(failure(Script.json(200, this.provider.answer("private").replaceFirst("}$", ""))))
			.hasMessageContaining("cut")
			.hasMessageNotContaining("private");
	}

	@Test
	void answerBehindAPageIsNotQuoted() {
		String stream = this.provider.stream("private").replaceFirst("}\n\n", "\n\n");
		assertThat(failure(Script.body(200, "text/html", "<!-- x -->\n\n" + stream)))
			.hasMessageNotContaining("private");
		this.server.reply(Script.body(200, "text/html", "<!-- x --> " + stream.replace("\n", " ")));
		assertThat(failureOf(this.model.stream("Hi"))).hasMessageNotContaining("private");
	}

	@Test
	void errorMayBeInAnyEncoding() {
		byte[] body = "{\"error\":{\"message\":\"Störung\",\"type\":\"insufficient_quota\"}}"
			.getBytes(StandardCharsets.ISO_8859_1);
		ModelException failure = failure((connection) -> {
			connection.head(429, "Content-Length: " + body.length, "");
			connection.write(body);
		});
		assertThat(failure.getKind()).isEqualTo(Kind.QUOTA);
		assertThat(failure).hasMessageStartingWith("St\uFFFDrung");
	}

	@Test
	void requestIdIsTheFirstThatIsOne() {
		String header = this.provider.requestIdHeader();
		assertThat(failure(Script.json(400, this.provider.error(400, "m"), header + ": ", header + ": req_1"))
			.getRequestId()).isEqualTo("req_1");
	}

	@ParameterizedTest
	@EnumSource
	void errorMayBeFramedAsAnEvent(Chunking chunking) {
		String event = "event: error\ndata: {\"error\":{\"message\":\"Störung\",\"type\":\"insufficient_quota\"}}\n\n";
		ModelException failure = failure((connection) -> {
			connection.head(429, "Content-Type: text/event-stream", "Transfer-Encoding: chunked", "");
			for (byte[] piece : chunking.split(event.getBytes(StandardCharsets.UTF_8))) {
				connection.chunk(piece);
			}
			connection.endChunks();
		});
		assertThat(failure.getKind()).isEqualTo(Kind.QUOTA);
		assertThat(failure).hasMessageStartingWith("Störung");
	}

	@Test
	void codeIsFoundBehindALongMessage() {
		String message = "x".repeat(100_000);
		ModelException failure = failure(
				Script.json(500, "{\"error\":{\"message\":\"" + message + "\",\"type\":\"overloaded_error\"}}"));
		assertThat(failure.getKind()).isEqualTo(Kind.OVERLOADED);
		assertThat(failure.getMessage()).hasSizeLessThan(2200);
	}

	@Test
	void requestThatAnErrorRepeatsIsNotQuoted() {
		ModelException failure = failure(Script.json(422, """
				{"detail":[{"loc":["body","messages",0],"msg":"Field required","input":{"content":"private"}}],
				"metadata":{"flagged_input":"private","provider_name":"p"}}"""));
		assertThat(failure).hasMessageStartingWith("body.messages.0: Field required")
			.hasMessageNotContaining("private");
		assertThat(failure.getDetails().toString()).contains("provider_name").doesNotContain("private");
	}

	@Test
	void cutsNoCharacterInHalf() {
		String message = "x".repeat(2047) + "😀".repeat(10);
		assertThat(failure(Script.json(400, this.provider.error(400, message))).getMessage()).startsWith("xxx")
			.contains("x…");
	}

}
