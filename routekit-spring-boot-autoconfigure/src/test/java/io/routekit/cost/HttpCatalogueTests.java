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

package io.routekit.cost;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.routekit.TokenClass;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HttpCatalogue} and what {@link CurrentPriceCatalogue} makes of it.
 */
@ExtendWith(OutputCaptureExtension.class)
class HttpCatalogueTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

	private static final PriceCatalogue BUNDLED = PriceCatalogue.of(List.of(model("1")));

	private static final PriceCatalogue NOTHING = PriceCatalogue.of(Collections.emptyList());

	private final RawServer server = new RawServer();

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final CurrentPriceCatalogue catalogue = catalogue(
			new HttpCatalogue(this.server.url("/prices.json"), Duration.ofSeconds(5), 1000));

	@AfterEach
	void close() {
		this.catalogue.close();
		this.scheduler.dispose();
		this.server.close();
	}

	private static Map<String, Object> model(String input) {
		return Map.of("provider", "openai", "id", "gpt-5-mini", "input", input);
	}

	private CurrentPriceCatalogue catalogue(HttpCatalogue source) {
		return new CurrentPriceCatalogue(() -> BUNDLED, source, NOTHING, () -> this.scheduler,
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

	private static Script prices(String input, String... headers) {
		String body = "{\"models\": [{\"provider\": \"openai\", \"id\": \"gpt-5-mini\", \"input\": \"%s\"}]}"
			.formatted(input);
		return reply(200, body, headers);
	}

	private static Script reply(int status, String body, String... headers) {
		return Script.body(status, "text/plain", body, headers);
	}

	private void assertPrice(String input) {
		Price price = this.catalogue.get().find("openai", "gpt-5-mini", null, NOW);
		assertThat(price).isNotNull();
		assertThat(price.rates().get(TokenClass.INPUT)).isEqualByComparingTo(input);
	}

	@Test
	void asksNobodyUntilItRuns() {
		assertPrice("1");
		assertThat(this.catalogue.isPending()).isTrue();
		assertThat(this.catalogue.lastRefresh()).isNull();
		assertThat(this.server.connectionCount()).isZero();
	}

	@Test
	void asksAtOnceAndThenRegularly() {
		this.server.reply(prices("2")).reply(prices("3"));
		this.catalogue.refreshEvery(HOUR);
		this.scheduler.advanceTime();
		assertPrice("2");
		assertThat(this.catalogue.isPending()).isFalse();
		assertThat(this.catalogue.lastRefresh()).isEqualTo(NOW);
		this.scheduler.advanceTimeBy(HOUR.minusMillis(1));
		assertPrice("2");
		this.scheduler.advanceTimeBy(Duration.ofMillis(1));
		assertPrice("3");
	}

	@Test
	void isASourceOfPricesByItsAddress() {
		this.server.reply(prices("2"));
		this.catalogue.refresh();
		assertThat(this.catalogue.get().sources()).contains(this.server.url("/prices.json").toString());
	}

	@Test
	void asksNobodyOnceItIsClosed() {
		this.server.reply(prices("2"));
		this.catalogue.refreshEvery(HOUR);
		this.scheduler.advanceTime();
		this.catalogue.close();
		this.scheduler.advanceTimeBy(HOUR.multipliedBy(3));
		assertThat(this.server.requests()).hasSize(1);
		assertThat(this.server.connectionCount()).isOne();
	}

	@Test
	void bundledPricesHoldWhileTheServerIsDown(CapturedOutput output) {
		this.server.reply(reply(503, "")).reply(reply(503, "")).reply(prices("2"));
		this.catalogue.refreshEvery(HOUR);
		this.scheduler.advanceTime();
		assertPrice("1");
		assertThat(this.catalogue.error()).contains("status 503");
		assertThat(this.catalogue.lastRefresh()).isNull();
		this.scheduler.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(output).containsOnlyOnce("so the prices stay as they were: the server answered with status 503");
		this.scheduler.advanceTimeBy(Duration.ofMinutes(1));
		assertPrice("2");
		assertThat(this.catalogue.error()).isNull();
	}

	@Test
	void nobodyThereLeavesThePricesAsTheyAre(CapturedOutput output) {
		this.server.close();
		this.catalogue.refresh();
		assertPrice("1");
		assertThat(output).contains("so the prices stay as they were").contains("ConnectException");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "<html>", "{\"models\": [{\"id\": \"a\"}]}",
			"{\"models\": [{\"provider\": \"openai\", \"id\": \"gpt-5-mini\", \"input\": \"cheap\"}]}" })
	void aBadCatalogueLeavesTheLastGoodOne(String body, CapturedOutput output) {
		this.server.reply(prices("2", "ETag: \"1\"")).reply(reply(200, body, "ETag: \"2\""));
		this.server.reply(reply(200, body, "ETag: \"2\"")).reply(prices("3"));
		for (int i = 0; i < 3; i++) {
			this.catalogue.refresh();
			assertPrice("2");
		}
		assertThat(this.catalogue.error()).isNotEmpty();
		assertThat(output).containsOnlyOnce("so the prices stay as they were");
		assertThat(this.server.requests().get(2).header("If-None-Match")).isEqualTo("\"1\"");
		this.catalogue.refresh();
		assertPrice("3");
	}

	@Test
	void whatHasNotChangedIsNotSentAgain() {
		this.server.reply(prices("2", "ETag: \"1\"", "Last-Modified: Tue, 01 Dec 2026 07:00:00 GMT"));
		this.server.reply(reply(304, ""));
		this.catalogue.refresh();
		this.catalogue.refresh();
		assertPrice("2");
		assertThat(this.catalogue.error()).isNull();
		assertThat(this.server.requests().get(0).header("If-None-Match")).isNull();
		assertThat(this.server.requests().get(1).header("If-None-Match")).isEqualTo("\"1\"");
		assertThat(this.server.requests().get(1).header("If-Modified-Since"))
			.isEqualTo("Tue, 01 Dec 2026 07:00:00 GMT");
	}

	@Test
	void readsYamlByItsName() {
		CurrentPriceCatalogue catalogue = catalogue(new HttpCatalogue(this.server.url("/prices.yaml")));
		this.server.reply(reply(200, "models: [{provider: openai, id: gpt-5-mini, input: 4}]"));
		catalogue.refresh();
		assertThat(catalogue.get().find("openai", "gpt-5-mini", null, NOW).rates().get(TokenClass.INPUT))
			.isEqualByComparingTo("4");
	}

	@ParameterizedTest
	@CsvSource({ "301, /other.json", "302, other.json", "303, /a?b=c", "307, /other.json", "308, /other.json" })
	void followsARedirect(int status, String target) {
		this.server.reply(reply(status, "", "Location: " + target)).reply(prices("2"));
		this.catalogue.refresh();
		assertPrice("2");
		assertThat(this.server.requests().get(1).target()).endsWith(target);
	}

	@ParameterizedTest
	@CsvSource({ "file:///etc/passwd, not secure", "ftp://example.com/a, not secure", "http:///a, not secure",
			"'', to nowhere", "'http://a b', no address" })
	void followsNoRedirectElsewhere(String target, String reason) {
		this.server.reply(reply(302, "", "Location: " + target));
		this.catalogue.refresh();
		assertPrice("1");
		assertThat(this.catalogue.error()).contains(reason);
	}

	@Test
	void followsRedirectsOnlySoOften() {
		for (int i = 0; i < 6; i++) {
			this.server.reply(reply(302, "", "Location: /prices.json"));
		}
		this.catalogue.refresh();
		assertThat(this.catalogue.error()).contains("redirects more than 5 times");
	}

	@Test
	void readsNoMoreThanTheLimit() {
		this.server.reply(reply(200, " ".repeat(2000)));
		this.catalogue.refresh();
		assertThat(this.catalogue.error()).contains("larger than 1000 bytes");
	}

	@Test
	void believesNoAnswerThatEndsTooEarly() {
		String whole = "{\"models\": []}";
		this.server.reply((connection) -> {
			connection.head(200, "Content-Length: " + (whole.length() + 10), "");
			connection.write(whole);
			connection.close();
		});
		this.catalogue.refresh();
		assertThat(this.catalogue.error()).isNotNull();
		assertThat(this.catalogue.isPending()).isTrue();
	}

	@Test
	void waitsNoLongerThanTheLimit() {
		CurrentPriceCatalogue catalogue = catalogue(
				new HttpCatalogue(this.server.url("/prices.json"), Duration.ofMillis(50), 1000));
		this.server.reply(RawServer.Connection::stall);
		catalogue.refresh();
		assertThat(catalogue.error()).contains("SocketTimeoutException");
	}

	@Test
	void tellsNoSecretOfItsAddress(CapturedOutput output) {
		URI url = this.server.url("/prices.json?token=secret-1");
		CurrentPriceCatalogue catalogue = catalogue(
				new HttpCatalogue(URI.create(url.toString().replace("http://", "http://user:secret-2@"))));
		this.server.reply(reply(500, ""));
		catalogue.refresh();
		assertThat(catalogue.location()).isEqualTo(this.server.url("/prices.json").toString());
		assertThat(catalogue.error()).isNotNull();
		assertThat(output.getAll() + catalogue.error()).doesNotContain("secret-");
	}

}
