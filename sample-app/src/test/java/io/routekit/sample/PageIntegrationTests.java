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
import java.util.Collections;
import java.util.Map;

import io.routekit.Cost;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.Usage;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

/**
 * Tests the page in a headless {@link Chromium}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
class PageIntegrationTests {

	private static ChromeDriver driver;

	@Autowired
	private FakeModel model;

	@LocalServerPort
	private int port;

	@BeforeAll
	static void startBrowser() {
		driver = Chromium.start();
	}

	@AfterAll
	static void stopBrowser() {
		if (driver != null) {
			driver.quit();
		}
	}

	@BeforeEach
	void open() {
		this.model.reset();
		driver.get("http://localhost:" + this.port + "/");
	}

	@Test
	void showsTheAnswerWithItsTokens() {
		ask("What is this about?");

		assertThat(lastAnswer().findElement(By.className("body")).getText()).isEqualTo("A short summary.");
		assertThat(lastAnswer().findElement(By.className("tokens")).getText()).isEqualTo("9 tokens");
		assertThat(lastAnswer().findElement(By.className("cost")).getText()).isEqualTo("unpriced");
		assertThat(text("total-cost")).isEqualTo("unpriced");
		assertThat(text("total-tokens")).isEqualTo("9");
		assertThat(text("model")).isEqualTo("fake · fake-model");
	}

	@Test
	void showsTheAnswerWhileItArrives() {
		this.model.respondWith(FakeResponse.text("word ".repeat(20_000).strip()));
		driver.executeScript(
				"""
						window.lengths = new Set();
						new MutationObserver(() => lengths.add(document.querySelector(".message.assistant .body")?.innerText.length))
							.observe(document.getElementById("log"), { childList: true, subtree: true });""");

		ask("Hi");

		assertThat(driver.executeScript("return lengths.size")).asInstanceOf(LONG).isGreaterThan(2);
		assertThat(lastAnswer().findElement(By.className("body")).getText()).hasSize(99_999);
	}

	@Test
	void addsUpCostsExactlyAndPlotsThemByModel() {
		this.model.respondWith(priced("small", "0.1"), priced("large", "0.4"), priced("small", "0.2"),
				FakeResponse.text("free?"));

		ask("one");
		ask("two");
		ask("three");
		ask("four");

		assertThat(text("total-cost")).startsWith("$0.70").contains("and 1 unpriced");
		assertThat(driver.findElement(By.id("total-cost")).getDomAttribute("title")).isEqualTo("$0.7");
		assertThat(plotted()).isEqualTo("small: 0.1, 0.1, 0.3, 0.3; large: 0, 0.4, 0.4, 0.4");
		assertThat(text("legend")).isEqualTo("small\n$0.30\nlarge\n$0.40");
		assertThat(isPlotDrawn()).isTrue();
	}

	@Test
	void plotsTokensByModel() {
		this.model.respondWith(priced("small", "0.1"), FakeResponse.text("unknown").withUsage(null),
				priced("large", "0.4"));

		ask("one");
		ask("two");
		ask("three");
		driver.findElement(By.id("show-tokens")).click();

		assertThat(plotted()).isEqualTo("small: 15, 15, 15; large: 0, 0, 15");
		assertThat(driver.findElement(By.id("plot")).getAccessibleName())
			.isEqualTo("After 3 answers: small 15, large 15");
	}

	@Test
	void plotFollowsTheTheme() {
		ask("one");
		Object before = driver.executeScript("return Chart.getChart('plot').data.datasets[0].borderColor");

		driver.findElement(By.id("theme")).click();

		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> !before
				.equals(driver.executeScript("return Chart.getChart('plot').data.datasets[0].borderColor")));
	}

	@Test
	void fitsAPhone() {
		driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", 375, "height", 740, "deviceScaleFactor", 2, "mobile", true));
		try {
			this.model.respondWith(
					FakeResponse
						.text("A word of " + "great".repeat(40) + " length\n\n```\n" + "code ".repeat(60) + "\n```"),
					priced("a-model-with-a-very-long-name-2026-11-23-preview", "0.00001234"));

			ask("one");
			ask("two");

			assertThat(driver.executeScript("return document.documentElement.scrollWidth")).isEqualTo(375L);
			assertThat(driver.findElement(By.id("prompt")).getSize().getWidth()).isGreaterThan(200);
			assertThat(driver.findElement(By.id("plot")).getSize().getWidth()).isBetween(250, 375);
		}
		finally {
			driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Collections.emptyMap());
		}
	}

	private static Object plotted() {
		return driver.executeScript("return Chart.getChart('plot').data.datasets"
				+ ".map((model) => model.label + ': ' + model.data.map((sum) => +sum.toFixed(9)).join(', ')).join('; ')");
	}

	private static boolean isPlotDrawn() {
		return (boolean) driver.executeScript("const plot = document.getElementById('plot');"
				+ "return plot.getContext('2d').getImageData(0, 0, plot.width, plot.height).data.some((value) => value !== 0)");
	}

	@Test
	void sendsTheWholeConversation() {
		ask("one");
		ask("two");

		assertThat(this.model.lastRequest().messages()).extracting("class.simpleName")
			.containsExactly("UserMessage", "AssistantMessage", "UserMessage");
	}

	@Test
	void rendersMarkdownButNoMarkupOfTheModel() {
		this.model.respondWith("Some **bold** text\n\n- one\n- two\n\n```\n<b>code</b>\n```\n\n"
				+ "<img src=x onerror=\"document.title='hacked'\"> [bad](javascript:alert(1))");

		ask("Hi");

		WebElement body = lastAnswer().findElement(By.className("body"));
		assertThat(body.findElement(By.tagName("strong")).getText()).isEqualTo("bold");
		assertThat(body.findElements(By.tagName("li"))).hasSize(2);
		assertThat(body.findElement(By.tagName("pre")).getText()).isEqualTo("<b>code</b>");
		assertThat(body.getText()).contains("<img src=x");
		assertThat(body.findElements(By.cssSelector("img, a, b"))).isEmpty();
		assertThat(driver.getTitle()).isEqualTo("RouteKit sample");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "]", "[a", "[a](", "[a](https:", "[a](https:b)", "*", "**", "* ", "*a", "**a",
			"**a* ", "`", "` ``", "```\n", "~~~", "a\n", "a\n\n", "- a\n", "- a\n  b\n", "1. ", "> a\n", "# a\n", " ",
			"\n", "a" })
	void markdownTakesStepsAsItIsLong(String text) {
		long steps = stepsOfMarkdown(text, 90_000, 1_000_000);

		assertThat(steps).isGreaterThan(90_000);
		assertThat(stepsOfMarkdown(text, 180_000, 1_000_000)).isLessThan(3 * steps);
		assertThat(stepsOfMarkdown(text, 1_000_000, 1_000_000)).isLessThan(12 * steps);
		assertThat(stepsOfMarkdown(text, 60_000, 1000)).isLessThan(3 * stepsOfMarkdown(text, 30_000, 1000));
	}

	// A character that is looked at or copied is a step
	private static long stepsOfMarkdown(String text, int length, int piece) {
		return (long) driver.executeAsyncScript("""
				const [part, length, piece, done] = arguments;
				const all = part.repeat(Math.ceil(length / part.length));
				const originals = {};
				let steps = 0;
				const count = (name, stepsOf) => {
					const original = originals[name] = String.prototype[name];
					String.prototype[name] = function (...args) {
						const result = original.apply(this, args);
						steps += stepsOf(this, result);
						return result;
					};
				};
				import("/markdown.js").then(({ Markdown }) => {
					["charAt", "startsWith"].forEach((name) => count(name, () => 1));
					["slice", "trim", "trimStart"].forEach((name) => count(name, (_, result) => result.length));
					["split", "indexOf", "lastIndexOf", "match"].forEach((name) => count(name, (text) => text.length));
					const markdown = new Markdown(document.createElement("div"));
					for (let start = 0; start < all.length; start += piece) {
						markdown.append(all.substring(start, start + piece));
						markdown.show(start + piece >= all.length);
					}
				}).finally(() => {
					Object.assign(String.prototype, originals);
					done(steps);
				});""", text, length, piece);
	}

	@Test
	void keepsReasoningFolded() {
		this.model.respondWith(FakeResponse.reasoning("Let me think").thenText("Done"));

		ask("Hi");

		WebElement reasoning = lastAnswer().findElement(By.cssSelector("details.reasoning"));
		assertThat(reasoning.getDomProperty("open")).isEqualTo("false");
		assertThat(reasoning.findElement(By.tagName("p")).getDomProperty("textContent")).isEqualTo("Let me think");
	}

	@Test
	void showsAFailureAfterWhatHadArrived() {
		this.model.respondWith(FakeResponse.text("A short")
			.thenFail(ModelException.builder(Kind.RATE_LIMIT, "Too many calls")
				.retryAfter(Duration.ofSeconds(7))
				.build()));

		ask("Hi");

		assertThat(lastAnswer().findElement(By.className("body")).getText()).isEqualTo("A short");
		assertThat(lastAnswer().findElement(By.cssSelector(".failure[role=alert]")).getText()).contains("Rate limit",
				"Too many calls", "try again in 7 s");
		assertThat(text("total-answers")).isEqualTo("0");
	}

	@Test
	void stopEndsTheAnswer() {
		this.model.respondWith(FakeResponse.text("Too late").withDelay(Duration.ofMinutes(10)));

		submit("Hi");
		driver.findElement(By.id("stop")).click();

		awaitAnswer();
		assertThat(lastAnswer().findElement(By.className("facts")).getText()).isEqualTo("stopped");
		assertThat(driver.findElement(By.id("send")).isDisplayed()).isTrue();
	}

	@Test
	void themeCanBeSwitched() {
		String before = background();

		driver.findElement(By.id("theme")).click();

		assertThat(background()).isNotEqualTo(before);
	}

	private static FakeResponse priced(String model, String amount) {
		return FakeResponse.text("ok")
			.with((response) -> response.model(model))
			.withUsage(Usage.of(10, 5).withCost(new Cost(new BigDecimal(amount), Cost.USD, Cost.Source.CATALOGUE)));
	}

	private void ask(String text) {
		submit(text);
		awaitAnswer();
	}

	private void submit(String text) {
		driver.findElement(By.id("prompt")).sendKeys(text, Keys.ENTER);
	}

	private void awaitAnswer() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> driver.findElements(By.cssSelector("[aria-busy=true]")).isEmpty());
	}

	private static WebElement lastAnswer() {
		return driver.findElement(By.cssSelector(".message.assistant:last-child"));
	}

	private static String text(String id) {
		return driver.findElement(By.id(id)).getText();
	}

	private static String background() {
		return driver.findElement(By.tagName("body")).getCssValue("background-color");
	}

}
