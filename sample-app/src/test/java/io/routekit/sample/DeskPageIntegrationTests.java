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

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ToolMessage;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the desk on the page in a headless {@link Chromium}, with the fake model that
 * plays it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "routekit.provider.type=fake", "routekit.provider.fake.delay=0" })
class DeskPageIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static ChromeDriver driver;

	@Autowired
	private FakeModel model;

	@Autowired
	private Orders orders;

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
		driver.get("http://localhost:" + this.port + "/");
		driver.findElement(By.id("talk-desk")).click();
	}

	@Test
	void switchesBetweenChatAndDeskAndKeepsWhatWasSaid() {
		assertThat(driver.findElement(By.id("welcome-desk")).isDisplayed()).isTrue();
		assertThat(driver.findElement(By.id("welcome-chat")).isDisplayed()).isFalse();
		ask("Where is order 7?");

		driver.findElement(By.id("talk-chat")).click();
		assertThat(driver.findElement(By.id("welcome-chat")).isDisplayed()).isTrue();
		assertThat(driver.findElements(By.className("message"))).isEmpty();
		ask("Hello");
		assertThat(driver.findElements(By.className("tool"))).isEmpty();

		driver.findElement(By.id("talk-desk")).click();
		assertThat(driver.findElement(By.id("talk-desk")).getDomAttribute("aria-pressed")).isEqualTo("true");
		assertThat(driver.findElements(By.className("message"))).hasSize(2);
		assertThat(lastAnswer().getText()).contains("Armchair");
	}

	@Test
	void showsToolsWithArgumentsAndResultsThatCanBeOpened() {
		ask("Where is order 3, and what does it cost to ship 2.5 kg to Norway?");

		List<WebElement> tools = tools();
		assertThat(tools).extracting((tool) -> tool.findElement(By.tagName("b")).getText())
			.containsExactly("find_order", "quote_shipping");
		assertThat(tools).extracting((tool) -> tool.getDomAttribute("data-state")).containsOnly("done");
		assertThat(tools.get(0).findElement(By.className("fact")).isDisplayed()).isFalse();

		tools.get(0).findElement(By.tagName("summary")).click();

		assertThat(tools.get(0).findElements(By.tagName("pre"))).extracting(WebElement::getText)
			.satisfiesExactly((arguments) -> assertThat(arguments).isEqualTo("{\n  \"number\": 3\n}"),
					(result) -> assertThat(result).contains("\"item\": \"Desk lamp\""));
		assertThat(lastAnswer().getText()).contains("Order 3, 2 × Desk lamp", "34.90 EUR");
	}

	@Test
	void showsAToolWhileItRuns() {
		driver.executeScript("""
				window.states = [];
				new MutationObserver(() => {
					const tool = document.querySelector(".tool");
					if (tool && states.at(-1) !== tool.dataset.state) {
						states.push(tool.dataset.state);
					}
				}).observe(document.getElementById("log"), { attributes: true, childList: true, subtree: true });""");

		ask("What does it cost to ship 1 kg to France?");

		assertThat(driver.executeScript("return states")).isEqualTo(List.of("running", "done"));
	}

	@Test
	void showsWhatEachRoundTookAndTheSum() {
		ask("Where is order 7?");

		assertThat(lastAnswer().findElements(By.className("round"))).extracting(WebElement::getText)
			.satisfiesExactly((first) -> assertThat(first).startsWith("Round 1 · ").contains(" tokens · $0.000"),
					(second) -> assertThat(second).startsWith("Round 2 · ").contains(" tokens · $0.000"));
		assertThat(lastAnswer().findElement(By.cssSelector(".facts")).getText()).startsWith("$0.000")
			.contains("2 rounds");
		assertThat(driver.findElement(By.id("total-cost")).getText()).startsWith("$0.000");
		assertThat(driver.findElement(By.id("legend")).getText()).startsWith("fake-desk");
	}

	@Test
	void saysNothingOfRoundsIfThereIsOne() {
		ask("Hello");

		assertThat(lastAnswer().findElements(By.className("round"))).isEmpty();
		assertThat(lastAnswer().findElement(By.className("facts")).getText()).doesNotContain("round");
	}

	@Test
	void runsWhatIsApproved() {
		ask("Cancel order 8, it was placed twice");

		assertThat(tools().get(0).getDomAttribute("data-state")).isEqualTo("asking");
		assertThat(tools().get(0).findElement(By.tagName("pre")).getText()).contains("\"number\": 8",
				"it was placed twice");
		assertThat(driver.findElement(By.cssSelector(".approval")).getAccessibleName())
			.isEqualTo("May cancel_order run?");
		assertThat(this.orders.find(8)).extracting(Order::status).isEqualTo(Order.Status.OPEN);

		press("Approve");

		assertThat(lastAnswer().getText()).contains("Order 8 is cancelled: it was placed twice");
		assertThat(tools().get(0).getDomAttribute("data-state")).isEqualTo("done");
		assertThat(driver.findElements(By.className("approval"))).isEmpty();
		assertThat(this.orders.find(8)).extracting(Order::status).isEqualTo(Order.Status.CANCELLED);
	}

	@Test
	void runsNothingThatIsRefused() {
		ask("Cancel order 6");
		driver.findElement(By.cssSelector(".approval input")).sendKeys("It is packed");

		press("Refuse");

		assertThat(lastAnswer().getText()).contains("Nothing was cancelled", "It is packed");
		assertThat(tools().get(0).getDomAttribute("data-state")).isEqualTo("refused");
		assertThat(this.orders.find(6)).extracting(Order::status).isEqualTo(Order.Status.OPEN);
	}

	@Test
	void waitsForEveryDecision() {
		ask("Cancel orders 6 and 7");
		assertThat(driver.findElements(By.className("approval"))).hasSize(2);

		driver.findElement(By.cssSelector(".approval .stop")).click();
		assertThat(driver.findElements(By.className("approval"))).hasSize(1);
		submit("Where is order 7?");
		assertThat(driver.findElements(By.cssSelector(".message.user"))).hasSize(1);
		press("Refuse");

		assertThat(lastAnswer().getText()).contains("Nothing was cancelled");
		assertThat(driver.findElement(By.id("prompt")).getDomProperty("value")).isEqualTo("Where is order 7?");
	}

	@Test
	void isUsedByKeyboardAlone() {
		driver.findElement(By.id("prompt")).sendKeys("Cancel order 6", Keys.ENTER);
		awaitAnswer();
		Awaitility.await().atMost(TIMEOUT).until(() -> focused("className").equals("approval"));

		keys(Keys.ENTER);
		assertThat(driver.findElements(By.className("approval"))).hasSize(1);
		keys(Keys.TAB);
		assertThat(focused("tagName")).isEqualTo("INPUT");
		keys("It is packed", Keys.TAB, Keys.TAB);
		assertThat(focused("textContent")).isEqualTo("Refuse");
		keys(Keys.SPACE);
		awaitAnswers(2);

		assertThat(focused("id")).isEqualTo("prompt");
		assertThat(lastAnswer().getText()).contains("It is packed");
		driver.executeScript("document.querySelector('.tool summary').focus()");
		keys(Keys.ENTER);
		assertThat(tools().get(0).findElement(By.className("fact")).isDisplayed()).isTrue();
	}

	@Test
	void goesOnWithTheConversation() {
		ask("Where is order 7?");

		ask("Cancel it");

		assertThat(tools().get(1).findElement(By.className("brief")).getDomProperty("textContent"))
			.startsWith("number: 7");
		assertThat(this.model.lastRequest().messages()).extracting("class.simpleName")
			.containsExactly("SystemMessage", "UserMessage", "AssistantMessage", "ToolMessage", "AssistantMessage",
					"UserMessage");
	}

	@Test
	void showsAFailureOfTheSecondRoundAfterWhatWasDone() {
		this.model.respondWith(FakeResponse.text("Let me see").thenToolCall("find_order", "{\"number\": 3}"),
				FakeResponse.text("It is").thenFail(ModelException.of(Kind.OVERLOADED, "Try later")));

		ask("Where is order 3?");

		assertThat(lastAnswer().findElement(By.cssSelector(".failure[role=alert]")).getText()).contains("Overloaded",
				"Try later");
		assertThat(lastAnswer().getText()).startsWith("Let me see").contains("It is");
		assertThat(tools().get(0).getDomAttribute("data-state")).isEqualTo("done");
		assertThat(driver.findElement(By.id("total-answers")).getText()).isEqualTo("0");

		ask("Where is order 4?");
		assertThat(lastAnswer().getText()).contains("Kettle");
	}

	@Test
	void doesNotRunAgainWhatHasRunBeforeAFailure() {
		ask("Cancel order 7");
		this.model.respondWith(FakeResponse.failure(Kind.OVERLOADED));

		press("Approve");

		assertThat(lastAnswer().findElements(By.className("failure"))).hasSize(1);
		assertThat(driver.findElements(By.className("approval"))).isEmpty();
		ask("Where is order 4?");
		assertThat(this.model.requests()).last()
			.satisfies((request) -> assertThat(request.messages()).filteredOn(ToolMessage.class::isInstance)
				.extracting(Message::text)
				.hasSize(2));
	}

	@Test
	void showsAToolThatFailed() {
		ask("What does it cost to ship 1 kg to Narnia?");

		assertThat(tools().get(0).getDomAttribute("data-state")).isEqualTo("failed");
		assertThat(tools().get(0).findElement(By.className("state")).getText()).startsWith("failed · ");
	}

	@Test
	void showsNoMarkupOfToolsAndArguments() {
		this.model.respondWith(
				FakeResponse.toolCall("find_order", "{\"number\": \"<img src=x onerror=document.title='hacked'>\"}"),
				FakeResponse.text("Done"));

		ask("Hi");
		tools().get(0).findElement(By.tagName("summary")).click();

		assertThat(tools().get(0).getText()).contains("<img src=x");
		assertThat(driver.findElements(By.cssSelector(".log img"))).isEmpty();
		assertThat(driver.getTitle()).isEqualTo("RouteKit sample");
	}

	@Test
	void stopEndsTheToolThatRuns() {
		submit("What does it cost to ship 1 kg to Norway?");
		Awaitility.await().atMost(TIMEOUT).until(() -> !driver.findElements(By.className("tool")).isEmpty());

		driver.findElement(By.id("stop")).click();
		awaitAnswer();

		assertThat(lastAnswer().findElement(By.className("facts")).getText()).isEqualTo("stopped");
		assertThat(tools().get(0).getDomAttribute("data-state")).isIn("stopped", "done");
	}

	@Test
	void fitsAPhone() {
		driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
		try {
			this.model.respondWith(
					FakeResponse.text("A word of " + "great".repeat(40) + " length")
						.thenToolCall("find_order", "{\"number\": \"%s\"}".formatted("very-long-".repeat(40)))
						.thenToolCall("a_tool_with_a_very_long_name_that_nobody_would_ever_give_to_a_tool", "{}"),
					FakeResponse.text("Done"));

			ask("Where is it?");
			tools().get(0).findElement(By.tagName("summary")).click();
			ask("Cancel order 6, " + "reason".repeat(30));

			assertThat(driver.executeScript("return document.documentElement.scrollWidth")).isEqualTo(360L);
			assertThat(driver.findElements(By.cssSelector(".approval button"))).hasSize(2)
				.allMatch(WebElement::isDisplayed);
			press("Refuse");
			assertThat(driver.executeScript("return document.documentElement.scrollWidth")).isEqualTo(360L);
		}
		finally {
			driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Collections.emptyMap());
		}
	}

	private void ask(String text) {
		int before = driver.findElements(By.cssSelector(".message.assistant")).size();
		submit(text);
		awaitAnswers(before + 1);
	}

	private void submit(String text) {
		driver.findElement(By.id("prompt")).sendKeys(text, Keys.ENTER);
	}

	private void press(String button) {
		int before = driver.findElements(By.cssSelector(".message.assistant")).size();
		driver.findElement(By.xpath("//button[text()='" + button + "']")).click();
		awaitAnswers(before + 1);
	}

	private void awaitAnswers(int number) {
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> driver.findElements(By.cssSelector(".message.assistant")).size() == number);
		awaitAnswer();
	}

	private void awaitAnswer() {
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> driver.findElements(By.cssSelector("[aria-busy=true]")).isEmpty());
	}

	private static void keys(CharSequence... keys) {
		new Actions(driver).sendKeys(keys).perform();
	}

	private static String focused(String property) {
		return (String) driver.executeScript("return document.activeElement." + property);
	}

	private static List<WebElement> tools() {
		return driver.findElements(By.className("tool"));
	}

	private static WebElement lastAnswer() {
		return driver.findElement(By.cssSelector(".message.assistant:last-child"));
	}

}
