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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

import io.routekit.Cost;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.Usage;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.json.JsonAssert;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the actuator's endpoint over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "routekit.provider.model=scripted", "routekit.provider.api-key=" + ActuatorTests.SECRET,
				"routekit.provider.headers.X-Team=" + ActuatorTests.SECRET,
				"routekit.provider.base-url=https://llm.example.com/v1?key=" + ActuatorTests.SECRET })
@AutoConfigureWebTestClient
@ActiveProfiles("test")
class ActuatorTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	static final String SECRET = "secret-0123456789";

	private static final String MODEL = """
			{
				"provider": "fake",
				"name": "scripted",
				"filters": ["DefaultsFilter", "MeteringFilter", "PricingFilter", "RecentCalls", "RetryFilter",
					"RequestLimitFilter"],
				"settings": {
					"apiKey": "******",
					"baseUrl": "https://llm.example.com/v1",
					"headers": { "X-Team": "******" },
					"options": {},
					"timeout": { "connect": "PT10S", "firstEvent": "PT2M", "idle": "PT1M", "subscriber": "PT30S" },
					"limit": { "event": "1MB", "response": "1MB", "toolArguments": "1MB", "messages": 10000,
						"parts": 10000, "toolCalls": 1000, "tools": 1000 },
					"retry": { "maxRetries": 0, "delay": "PT0.5S", "maxDelay": "PT8S", "maxRetryAfter": "PT1M" },
					"fake": { "responses": 1, "rules": 0, "whenExhausted": "repeat-last", "delay": "PT0S" }
				}
			}
			""";

	private static final String CALLED = """
			{
				"models": { "model": %s },
				"catalogue": %s,
				"meters": %s,
				"calls": {
					"since": %s,
					"models": [
						{
							"provider": "fake",
							"requestModel": "scripted",
							"calls": { "success": 0, "error": 1, "cancelled": 0 },
							"tokens": {},
							"costs": [],
							"unpriced": 0
						},
						{
							"provider": "fake",
							"requestModel": "scripted",
							"responseModel": "scripted",
							"calls": { "success": 2, "error": 0, "cancelled": 0 },
							"tokens": { "input": 12, "output": 4 },
							"costs": [{ "amount": "0.0125", "currency": "USD", "source": "reported" }],
							"unpriced": 1
						}
					],
					"lastErrors": {
						"fake": {
							"time": %s,
							"requestModel": "scripted",
							"kind": "RATE_LIMIT",
							"status": 429,
							"retryable": true
						}
					}
				}
			}
			""";

	private static final String CATALOGUE = "\\{\"version\":\"[0-9-]+\",\"date\":\"[0-9-]+\","
			+ "\"ageInDays\":-?[0-9]+,\"models\":[0-9]+,\"sources\":\\[\"routekit-prices [0-9-]+\"],"
			+ "\"priceProviders\":\\{}}";

	private static final String METERS = "\\{\"tagSets\":\\d+,\"maxTagSets\":1000}";

	private static final String TIME = "\"[0-9-]+T[0-9:.]+Z\"";

	@Autowired
	private WebTestClient client;

	@Autowired
	private Model model;

	@Autowired
	private FakeModel fake;

	@Test
	void endpointShowsModelsPricesAndCalls() {
		Cost cost = new Cost(new BigDecimal("0.0125"), Cost.USD, Cost.Source.REPORTED);
		this.fake.respondWith(FakeResponse.text("Hi").withUsage(Usage.of(7, 3).withCost(cost)),
				FakeResponse.text("Ho").withUsage(Usage.of(5, 1)), FakeResponse
					.failure(ModelException.builder(Kind.RATE_LIMIT, "Slow down, " + SECRET).status(429).build()));
		this.model.chat("Hi").block(TIMEOUT);
		this.model.stream("Hi").blockLast(TIMEOUT);
		this.model.chat(SECRET).onErrorComplete().block(TIMEOUT);

		String answer = get("/actuator/routekit");

		assertThat(answer).doesNotContain(SECRET);
		JsonAssert.comparator(JsonCompareMode.STRICT)
			.assertIsMatch(CALLED.formatted(MODEL, part("catalogue", CATALOGUE, answer), part("meters", METERS, answer),
					part("since", TIME, answer), part("time", TIME, answer)), answer);
	}

	// What differs each time, in the form that it must have
	private static String part(String name, String form, String answer) {
		return Pattern.compile("\"%s\":(%s)".formatted(name, form))
			.matcher(answer)
			.results()
			.findFirst()
			.orElseThrow()
			.group(1);
	}

	@Test
	void endpointShowsASingleModel() {
		JsonAssert.comparator(JsonCompareMode.STRICT).assertIsMatch(MODEL, get("/actuator/routekit/model"));
		this.client.get().uri("/actuator/routekit/nothing").exchange().expectStatus().isNotFound();
	}

	@Test
	void endpointCannotBeWrittenTo() {
		this.client.post().uri("/actuator/routekit").exchange().expectStatus().isEqualTo(405);
		this.client.delete().uri("/actuator/routekit/model").exchange().expectStatus().isEqualTo(405);
	}

	private String get(String uri) {
		return this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

}
